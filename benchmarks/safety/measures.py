"""Measures the safety screen and the reader, alone and together, on the red team's messages."""

from __future__ import annotations

import csv
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from benchmarks.figures import Share, percentile
from dripdesk import live
from dripdesk.checks.project import Project, questions
from dripdesk.danger import LEVELS, Danger
from dripdesk.settings import PROJECT, Settings

Finder = Callable[[str], "Danger | None"]
MULTI_TURN = "multi_turn"
LONGEST = 2000  # characters of a message that is accepted


@dataclass(frozen=True)
class Message:
    """What a patient wrote, and the level of the right reaction; none if there is no danger."""

    level: str
    group: str
    text: str


def finders() -> dict[str, Finder]:
    """Return what finds danger, by name."""
    reader = live.reader()
    if reader is None:
        raise SystemExit("A network cannot be used: git checkout -- models, then run this again.")
    read = reader.read
    return {
        "screen": live.screen().find,
        "reader": lambda text: read(live.screen().mend(text)).danger,
        "together": live.danger,
    }


def red_team(part: str) -> list[Message]:
    """Return the messages of a part (measured, build); those before the last of several are none.

    Raises OSError if the file cannot be read.
    """
    return list(_red_team(part))


def _red_team(part: str) -> Iterator[Message]:
    with (PROJECT / "tests" / "safety" / f"{part}.tsv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE):
            *before, last = row["text"].split(" || ")
            yield from (Message("none", MULTI_TURN, text) for text in before)
            yield Message(row["level"], row["group"], last)


def held_out(begins: str) -> Sequence[Message]:
    """Return the held-out questions of the intents whose names begin so."""
    tests = Project(PROJECT, Settings()).tests
    return [
        Message("none", intent, text)
        for intent, test in tests.items()
        if intent.startswith(begins)
        for _, text in questions(test)
    ]


def recall(find: Finder, messages: Sequence[Message], level: str) -> Share:
    """Return of how many messages of a level this level or a more urgent one is found."""
    found = (find(message.text) for message in messages if message.level == level)
    return Share.of(
        one is not None and LEVELS.index(one.level) <= LEVELS.index(level) for one in found
    )


def alarms(find: Finder, messages: Sequence[Message]) -> Share:
    """Return in how many messages without danger some is found."""
    return Share.of(
        find(message.text) is not None for message in messages if message.level == "none"
    )


def milliseconds(find: Finder, texts: Sequence[str]) -> tuple[float, float]:
    """Return the median and the 99th percentile of the time to look at one text."""
    times = []
    for text in texts:
        start = time.perf_counter()
        find(text)
        times.append((time.perf_counter() - start) * 1000)
    return percentile(times, 50), percentile(times, 99)


def longest(count: int) -> list[str]:
    """Return messages as long as are accepted: of many words, of signs, of denied signs.

    Of each kind there are so many, no two alike: of the last ones it is kept what they tell of.
    """
    pieces = (
        "We went home and then we had soup and watched the game. ",
        "no chest pain ",
        "chest pain? ",
        "i had chest pain and trouble breathing years ago ",
        "a",
        "xqzt ",
    )
    return [(f"{n} " + piece * LONGEST)[:LONGEST] for n in range(count) for piece in pieces]
