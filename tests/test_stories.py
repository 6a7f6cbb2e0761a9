"""What depends on earlier turns, tested by Rasa's own `rasa test core`."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from dripdesk.settings import PROJECT

RASA = str(Path(sys.executable).with_name("rasa"))


def run(stories: Path, model: Path, out: Path) -> subprocess.CompletedProcess[str]:
    command = [
        RASA, "test", "core", "--model", str(model), "--stories", str(stories),
        "--out", str(out), "--no-plot", "--fail-on-prediction-errors",
    ]  # fmt: skip
    return subprocess.run(command, cwd=PROJECT, capture_output=True, text=True, check=False)


def test_all_stories_are_followed(model: Path, tmp_path: Path) -> None:
    result = run(PROJECT / "tests" / "stories", model, tmp_path)
    assert result.returncode == 0, (tmp_path / "failed_test_stories.yml").read_text()
    accuracy = json.loads((tmp_path / "story_report.json").read_text())["conversation_accuracy"]
    assert accuracy["correct"] == accuracy["total"] >= 32


@pytest.mark.parametrize("wrong", ["action_estimate_cost"])
def test_a_wrong_turn_would_be_noticed(model: Path, tmp_path: Path, wrong: str) -> None:
    """After "price, then comforts", yes must not start the estimate: a story that says so fails."""
    story = tmp_path / "wrong.yml"
    story.write_text(
        f"""version: "3.1"
stories:
  - story: price, comforts, yes
    steps:
      - intent: faq_price
      - action: action_answer
      - slot_was_set: [{{offer: estimate}}]
      - intent: faq_amenities
      - action: action_answer
      - slot_was_set: [{{offer: none}}]
      - intent: affirm
      - action: {wrong}
"""
    )
    assert run(story, model, tmp_path).returncode != 0
