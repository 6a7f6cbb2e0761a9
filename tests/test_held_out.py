"""The held-out questions: written before any training sentence, and never changed since."""

from __future__ import annotations

import csv
import hashlib
import json

from dripdesk.checks.project import Project, normalised, questions
from dripdesk.settings import PROJECT, Settings

# If this fails, a held-out question was changed. A question that is plainly wrong may be mended
# in a commit of its own that says why, with the figures before and after.
SHA256 = "5dbe95732546331e68e02971b8583f899df4d6dc049b440dd1abfc7a3681f9b8"


def test_the_held_out_questions_are_those_first_committed() -> None:
    project = Project(PROJECT, Settings())
    held_out = {intent: list(questions(test)) for intent, test in sorted(project.tests.items())}
    content = json.dumps(held_out, sort_keys=True).encode()
    assert hashlib.sha256(content).hexdigest() == SHA256


def test_there_are_enough_of_them_in_every_style() -> None:
    project = Project(PROJECT, Settings())
    styles = [style for test in project.tests.values() for style, _ in questions(test)]
    assert {style: styles.count(style) >= 150 for style in set(styles)} == dict.fromkeys(
        ("tidy", "rambling", "indirect", "typo", "sms"), True
    )


def test_no_network_learns_from_them() -> None:
    learned = set()
    for path in (PROJECT / "models" / "reader").glob("*.tsv"):
        with path.open(encoding="utf-8", newline="") as file:
            for row in csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE):
                text = row.get("text") or row["follow_up"]
                learned.add(normalised(text))
    assert len(learned) > 10_000
    tests = Project(PROJECT, Settings()).tests.values()
    held_out = {normalised(question) for test in tests for _, question in questions(test)}
    assert learned.isdisjoint(held_out)
