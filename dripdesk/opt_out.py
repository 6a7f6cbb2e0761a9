"""Whether a text message asks for no more texts, for texts again, or how that is done."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from enum import Enum
from functools import lru_cache

from dripdesk.lined_yaml import LinedDict, load
from dripdesk.settings import PROJECT

WORD = re.compile(r"\w+")
SENTENCE = re.compile(r"[.!?;,\n]+")
FIRST = re.compile(r"[.!\n]+|,(?=\s*(?:wrong number|who is this))", re.IGNORECASE)


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
    sentences = [" ".join(_words(sentence)) for sentence in SENTENCE.split(text)]
    wishes = (
        wish
        for place, sentence in enumerate(sentences)
        for wish in _wishes(sentence, " ".join(sentences[place + 1 :]))
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


@lru_cache(maxsize=1)
def _wants_out() -> re.Pattern[str]:
    """Return what finds a wish in plain language: a phrase of each list, fillers between them."""
    lists = words()
    gap = rf" ?(?:(?:{_any(lists['fillers'])}) ?)*?"
    wishes = (gap.join(f"(?:{_any(step)})" for step in steps) for steps in lists["plain"])
    return re.compile(rf"\b(?:{'|'.join(wishes)})")


def _any(phrases: Sequence[str]) -> str:
    """Return a pattern of phrases, the longest first; $ is the end of the sentence."""
    ordered = sorted(phrases, key=len, reverse=True)
    return "|".join("$" if one == "$" else rf"{re.escape(one)}\b" for one in ordered)


def _wishes(said: str, after: str) -> Iterator[Request]:
    """Yield what a sentence asks for at each place where a wish for no more texts begins.

    `after` are the words of the sentences behind it.
    """
    lists = words()
    for wish in _wants_out().finditer(said):
        before, rest = said[: wish.start()], said[wish.end() :]
        if _has(before, lists["asked"]):
            yield Request.HELP
        elif not (
            _has(before, lists["unless"])
            or _has(rest, lists["limits"])
            or _has(f"{rest} {after}", lists["instead"])
        ):
            yield Request.STOP


def _has(said: str, phrases: Sequence[str]) -> bool:
    return any(f" {phrase} " in f" {said} " for phrase in phrases)
