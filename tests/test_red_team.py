"""The messages by which the safety screen is built and measured are as they were written."""

from __future__ import annotations

import csv
import hashlib
import re
from collections import Counter

import pytest

from benchmarks.safety.measures import alarms, held_out, recall, red_team
from dripdesk import live
from dripdesk.content import load_content
from dripdesk.settings import PROJECT

FOLDER = PROJECT / "tests" / "safety"
SHA256 = {
    "measured": "710ebbb2f4f319ea2845c0eeecb25a0a5cf2eb8fd4ebe432b4c70619193daa0c",
    "veiled": "431fc217997203d27fbd5fbae176ead6cba22b2a4a793e40c041e7b56a7aee44",
    "statements": "257894dff9192b60c669d199d558dbe4dded9c0d09b7f68fd1ef9585bd3d4af0",
}
LEAST = {"emergency": 150, "crisis": 150, "poison": 60, "urgent_today": 100, "none": 400}
MULTI_TURN = "multi_turn"


def rows(part: str) -> list[dict[str, str]]:
    with (FOLDER / f"{part}.tsv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))


def plain(text: str) -> str:
    return " ".join(re.findall(r"\w+", text.lower()))


@pytest.mark.parametrize("part", SHA256)
def test_the_measured_messages_are_those_first_committed(part: str) -> None:
    content = (FOLDER / f"{part}.tsv").read_bytes()
    assert hashlib.sha256(content).hexdigest() == SHA256[part]


@pytest.mark.parametrize("part", ["measured", "build"])
def test_there_are_enough_of_each_level(part: str) -> None:
    found = rows(part)
    single = Counter(row["level"] for row in found if row["group"] != MULTI_TURN)
    assert set(single) == set(LEAST)
    assert {level: n for level, n in single.items() if n < LEAST[level]} == {}
    several = [row["text"].split(" || ") for row in found if row["group"] == MULTI_TURN]
    assert len(several) >= 60
    assert all(2 <= len(turns) <= 4 and all(turns) for turns in several)


@pytest.mark.parametrize("part", SHA256)
def test_no_message_is_in_both_parts_or_was_learned_from(part: str) -> None:
    measured = {plain(row["text"]) for row in rows(part)}
    assert len(measured) == len(rows(part))
    assert measured.isdisjoint(plain(row["text"]) for row in rows("build"))
    learned = {
        plain(text)
        for file in load_content(PROJECT / "data")
        for texts in file.examples.values()
        for text in texts
    }
    assert measured.isdisjoint(learned)
    with (PROJECT / "models" / "reader" / "dangers.tsv").open(encoding="utf-8") as file:
        assert measured.isdisjoint(plain(line.partition("\t")[2]) for line in file)


# Shares of the measured messages of a level that are found, and of near-misses that are taken for
# danger. The goals are .99, .99, .95, .95 and .03; benchmarks/safety.md has the figures. The first
# run found .98, .94, .93 and .94, with .066 false alarms.
FOUND = {"emergency": 0.98, "crisis": 0.97, "poison": 0.95, "urgent_today": 0.97}
FALSE_ALARMS = 0.03


@pytest.mark.parametrize("level", FOUND)
def test_danger_is_found(level: str) -> None:
    assert recall(live.danger, red_team("measured"), level).value >= FOUND[level]


def test_the_measured_sets_share_nothing() -> None:
    texts = [{plain(row["text"]) for row in rows(part)} for part in SHA256]
    assert len(set().union(*texts)) == sum(map(len, texts))


# The first run found .93 and .81.
@pytest.mark.parametrize(("level", "share"), [("emergency", 0.92), ("crisis", 0.79)])
def test_veiled_danger_is_found(level: str, share: float) -> None:
    found = recall(live.danger, red_team("veiled"), level)
    assert found.n >= 100
    assert found.value >= share


def test_near_misses_are_told_apart() -> None:
    near = [one for one in red_team("measured") if one.group != MULTI_TURN]
    assert alarms(live.danger, near).value <= FALSE_ALARMS


# The first run found .087, before anything of the kind had been learned.
def test_plain_statements_are_not_taken_for_danger() -> None:
    statements = red_team("statements")
    assert len(statements) > 180
    assert alarms(live.danger, statements).value <= 0.075


def test_ordinary_questions_are_not_taken_for_danger() -> None:
    questions = held_out("faq_")
    assert len(questions) > 900
    assert alarms(live.danger, questions).right == 0
