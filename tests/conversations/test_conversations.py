"""Conversations in full words, on the web and by text message."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from dripdesk.lined_yaml import load
from tests.patients import Clinic

FOLDER = Path(__file__).parent
FILES = sorted(FOLDER.glob("*/user_*.yml"))
CHANNELS = ("web", "sms")


def runs() -> list[Any]:
    """Return each file with each channel that it is for."""
    return [
        pytest.param(path, channel, id=f"{path.parent.name}/{path.stem}-{channel}")
        for path in FILES
        for channel in load(path).get("channels", CHANNELS)
    ]


@pytest.mark.parametrize(("path", "channel"), runs())
def test_the_patient_reads_what_was_written_by_hand(
    clinic: Clinic, path: Path, channel: str
) -> None:
    for turn in load(path)["turns"]:
        said = " ".join(clinic.says(turn["user"], channel=channel))
        wanted = [*turn.get("bot", ()), *turn.get(channel, ())]
        assert wanted, f"{turn['user']!r}: the file says nothing of the answer"
        missing = [words for words in wanted if words not in said]
        assert not missing, f"{turn['user']!r} got {said!r}"
        wrong = [words for words in turn.get("not", ()) if words in said]
        assert not wrong, f"{turn['user']!r} got {said!r}"
