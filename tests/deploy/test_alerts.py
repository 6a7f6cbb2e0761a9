"""The example alerts are well formed, ask for figures that exist, and wake somebody when they must.

What wakes whom stands in alerts_test.yml, which promtool reads.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML

from addons import metrics
from dripdesk.settings import PROJECT

FILE = PROJECT / "deploy" / "prometheus" / "alerts.yml"
CASES = Path(__file__).with_name("alerts_test.yml")
PROMTOOL = PROJECT / ".promtool" / "promtool"
RULES: list[dict[str, Any]] = YAML(typ="safe").load(FILE)["groups"][0]["rules"]
NAME = re.compile(r"\b(dripdesk_\w+|up)\b(?!\")")
LABEL = re.compile(r'(\w+)="([^"]*)"')

needs_promtool = pytest.mark.skipif(
    not (PROMTOOL.exists() or os.environ.get("CI")),
    reason="promtool is not there: `make .promtool/ready` fetches it",
)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The alerts beside their cases."""
    shutil.copy(FILE, tmp_path)
    shutil.copy(CASES, tmp_path)
    return tmp_path


def promtool(*arguments: str, cwd: Path) -> tuple[int, str]:
    done = subprocess.run(
        [PROMTOOL, *arguments], cwd=cwd, capture_output=True, text=True, check=False, timeout=300
    )
    return done.returncode, done.stdout + done.stderr


def samples() -> dict[str, list[dict[str, str]]]:
    """Return the labels of every line of the metrics, by name."""
    told: dict[str, list[dict[str, str]]] = {"up": [{"job": "dripdesk"}]}  # Prometheus's own
    for family in metrics.registry.collect():
        for sample in family.samples:
            told.setdefault(sample.name, []).append(sample.labels)
    told.setdefault("dripdesk_callbacks_oldest_seconds", [{}])  # without tables it is not told
    return told


@pytest.mark.parametrize("rule", RULES, ids=[rule["alert"] for rule in RULES])
def test_an_alert_asks_for_what_is_told(rule: dict[str, Any]) -> None:
    told = samples()
    names = NAME.findall(rule["expr"])
    assert names
    assert [name for name in names if name not in told] == []
    for label, value in LABEL.findall(rule["expr"]):
        assert any(value == one.get(label) for name in names for one in told[name])
    assert rule["labels"]["severity"] in {"page", "ticket"}
    assert set(rule["annotations"]) <= {"summary", "description"}
    assert rule["annotations"]["summary"]


def test_what_goes_wrong_most_has_an_alert() -> None:
    asked = " ".join(rule["expr"] for rule in RULES)
    for name in (
        'dripdesk_turns_total{outcome="failed"}',
        "dripdesk_store_errors_total",
        "dripdesk_turn_seconds_bucket",
        "dripdesk_dangers_total",
        "dripdesk_callbacks_oldest_seconds",
        "dripdesk_screen_errors_total",
    ):
        assert name in asked


@needs_promtool
def test_prometheus_takes_the_alerts(folder: Path) -> None:
    code, said = promtool("check", "rules", FILE.name, cwd=folder)
    assert (code, f"{len(RULES)} rules found" in said) == (0, True), said


@needs_promtool
def test_each_alert_wakes_somebody_when_it_must_and_else_nobody(folder: Path) -> None:
    code, said = promtool("test", "rules", CASES.name, cwd=folder)
    assert code == 0, said


def test_each_alert_has_a_case() -> None:
    cases = CASES.read_text()
    assert [rule["alert"] for rule in RULES if f'"{rule["alert"]}"' not in cases] == []


@needs_promtool
def test_a_case_that_does_not_hold_would_be_seen(folder: Path) -> None:
    weaker = FILE.read_text().replace("> 8 * 3600", "> 80 * 3600")
    (folder / FILE.name).write_text(weaker)
    code, said = promtool("test", "rules", CASES.name, cwd=folder)
    assert code == 1
    assert "DripdeskCallbacksWait" in said
