"""Whether a text message asks for no more texts, for texts again, or how that is done."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from enum import Enum
from functools import lru_cache
from itertools import chain

from dripdesk.lined_yaml import LinedDict, load
from dripdesk.settings import PROJECT

WORD = re.compile(r"\w+")
SENTENCE = re.compile(r"[.!?;,\n]+")
FIRST = re.compile(r"[.!\n]+|,(?=\s*(?:wrong number|who is this))", re.IGNORECASE)
END = ("$",)
"""The phrase of sms.yml that stands for the end of a sentence."""


class Request(Enum):
    """What a patient wants of the texts themselves."""

    STOP = "stop"
    START = "start"
    HELP = "help"


@lru_cache(maxsize=1)
def words() -> LinedDict:
    """Return the lists of words and the texts. Raises FileError if they cannot be read."""
    return load(PROJECT / "data" / "general" / "sms.yml")


def find(text: str, is_out: bool) -> Request | None:
    """Return what a message asks for, as a single word or in plain words (47 CFR 64.1200(a)(10)).

    Some words ask for texts again only of somebody who has stopped them.
    """
    said, lists = " ".join(_words(text)), words()
    bare = _bare(said.split())
    if bare in lists["stop"] and bare not in lists["alone"]:
        return Request.STOP
    starts = lists["start"] + (lists["start_after_stop"] if is_out else [])
    for request, phrases in (
        (Request.STOP, lists["stop"]),
        (Request.START, starts),
        (Request.HELP, lists["help"]),
    ):
        if said in phrases:
            return request
    if " ".join(_words(FIRST.split(text)[0])) in lists["first"]:
        return Request.STOP
    # A complaint before it takes no wish back: "why are you texting me? stop texting me".
    sentences = [*map(_words, SENTENCE.split(text))]
    wishes = (
        wish
        for place, sentence in enumerate(sentences)
        for wish in _wishes(sentence, [*chain.from_iterable(sentences[place + 1 :])])
    )
    return next(wishes, None)


def is_for_gateway(text: str) -> bool:
    """Whether Twilio answers this word itself, unless it is told not to: the bare word only."""
    said = text.strip().lower()
    return any(said in phrases for phrases in words()["gateway"].values())


def _words(text: str) -> list[str]:
    return WORD.findall(text.lower().replace("'", "").replace("\u2019", "").replace("-", " "))


def _bare(said: Sequence[str]) -> str:
    """Return words without politeness, and each once: "stop stop please" is "stop"."""
    left = [word for word in said if word not in words()["polite"]]
    return " ".join(word for place, word in enumerate(left) if word not in left[:place])


Step = tuple[tuple[str, ...], ...]
"""Phrases one of which has to stand there, each as its words."""


@lru_cache(maxsize=1)
def _patterns() -> dict[str, list[tuple[Step, ...]]]:
    """Return the wishes in plain language, by each first word with which one may begin."""
    patterns: dict[str, list[tuple[Step, ...]]] = {}
    for lists in words()["plain"]:
        steps = tuple(tuple(tuple(phrase.split()) for phrase in step) for step in lists)
        for first in {phrase[0] for phrase in steps[0]}:
            patterns.setdefault(first, []).append(steps)
    return patterns


def _wishes(said: Sequence[str], after: Sequence[str]) -> Iterator[Request]:
    """Yield what a sentence asks for at each place where a wish for no more texts begins.

    `after` are the words of the sentences behind it.
    """
    lists = words()
    for start, word in enumerate(said):
        ends = (_follows(said, start, steps) for steps in _patterns().get(word, ()))
        end = max((one for one in ends if one is not None), default=None)
        if end is None:
            continue
        before, rest = set(said[:start]), said[end:]
        if before & set(lists["asked"]):
            yield Request.HELP
        elif not (
            before & set(lists["unless"])
            or _has(rest, lists["limits"])
            or _has([*rest, *after], lists["instead"])
        ):
            yield Request.STOP


def _has(said: Sequence[str], phrases: Sequence[str]) -> bool:
    return any(f" {phrase} " in f" {' '.join(said)} " for phrase in phrases)


def _follows(said: Sequence[str], start: int, steps: Sequence[Step]) -> int | None:
    """Return where a phrase of each step has ended, with nothing but fillers between, or None."""
    fillers = words()["fillers"]
    for number, step in enumerate(steps):
        while (end := _match(said, start, step)) is None:
            if number == 0 or start >= len(said) or said[start] not in fillers:
                return None
            start += 1
        start = end
    return start


def _match(said: Sequence[str], start: int, step: Step) -> int | None:
    """Return where the longest of the phrases ends that stands at a place, or None."""
    if END in step and start == len(said):
        return start
    ends = [start + len(one) for one in step if tuple(said[start : start + len(one)]) == one]
    return max(ends, default=None)
