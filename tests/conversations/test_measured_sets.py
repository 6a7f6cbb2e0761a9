"""The messages by which conversations are measured are as they were written."""

from __future__ import annotations

import csv
import hashlib
import re
from pathlib import Path

import pytest

from dripdesk.content import load_content
from dripdesk.settings import PROJECT

FOLDER = Path(__file__).with_name("measured")
SHA256 = {
    "follow_ups.tsv": "3929d69ff9e848de9179e5ed2f786d8be0881f07ae2f3a9fa5f272bd3d545811",
    "single.tsv": "a076f9b8873376a534d4403b95d34d9fb78feb33e44a3aa48aa2aab1ff30a6fb",
    "two_questions.tsv": "a619342b97dc7367c0baa2807894f5b1e3b6da1e3fa172f57fe31f17f9602834",
}
LEAST = {"follow_ups.tsv": 150, "single.tsv": 300, "two_questions.tsv": 150}
OTHERS = {"more", "clinical_advice", "estimate_cost", "out_of_scope", "request_callback"}


def rows(name: str, folder: Path = FOLDER) -> list[dict[str, str]]:
    with (folder / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))


@pytest.mark.parametrize("name", SHA256)
def test_they_are_those_first_committed(name: str) -> None:
    assert hashlib.sha256((FOLDER / name).read_bytes()).hexdigest() == SHA256[name]


@pytest.mark.parametrize("name", SHA256)
def test_there_are_enough_and_their_topics_exist(name: str) -> None:
    topics = {intent for file in load_content(PROJECT / "data") for intent in file.examples}
    found = rows(name)
    assert len(found) >= LEAST[name]
    named = {
        topic.strip()
        for row in found
        for column in ("first", "second", "expected", "topic")
        for part in (row.get(column) or "").split("|")
        for topic in part.split(",")
        if topic
    }
    assert named <= topics | OTHERS
    assert all(value is not None for row in found for value in row.values())


def said(row: dict[str, str]) -> str:
    """Return the words of what a patient wrote, and of the question before it."""
    texts = (row.get(column) or "" for column in ("before", "follow_up", "text"))
    # " || " shows where a question ends.
    return " ".join(re.findall(r"\w+", " ".join(texts).lower()))


def test_nothing_is_built_from_them() -> None:
    folders = (PROJECT / "data" / "conversations", PROJECT / "models" / "reader")
    built = {
        said(row)
        for folder in folders
        for path in folder.glob("*.tsv")
        for row in rows(path.name, folder)
    }
    assert len(built) > 5000
    assert built.isdisjoint(said(row) for name in SHA256 for row in rows(name))
