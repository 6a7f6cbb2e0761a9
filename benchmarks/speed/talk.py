"""What patients write in this benchmark: talks of ten messages, the same in each run."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from random import Random

from dripdesk.checks.project import Project, questions
from dripdesk.settings import PROJECT, Settings

TURNS = 10
"""Messages of a talk."""
SEED = 11
FOLLOW_UPS = ("yes", "more", "no", "thanks")
LONGEST = 2000
"""Characters of the longest message that we take."""


def talks() -> Iterator[list[str]]:
    """Yield talks without end: questions that no model has learned, follow-ups among them."""
    random = Random(SEED)  # noqa: S311 (the same each time)
    tests = Project(PROJECT, Settings()).tests
    asked = [
        text
        for intent, test in tests.items()
        if intent.startswith("faq_")
        for _, text in questions(test)
    ]
    while True:
        texts = random.sample(asked, TURNS)
        for place in random.sample(range(1, TURNS), 3):
            texts[place] = random.choice(FOLLOW_UPS)
        yield texts


def endless() -> Iterator[str]:
    """Yield the messages of one talk that never ends."""
    for talk in talks():
        yield from talk


def some(count: int) -> list[list[str]]:
    """Return the first talks."""
    return list(islice(talks(), count))


def garbled(length: int) -> str:
    """Return a text of so many characters, of words that nobody knows: the slowest to read."""
    random = Random(SEED)  # noqa: S311
    words = ("".join(random.choices("abcdefghijklmnopqrstuvwxyz", k=8)) for _ in range(length))
    return " ".join(islice(words, length // 9 + 1))[:length]
