"""Finds what is asked behind a greeting or thanks, which drown a short question."""

from __future__ import annotations

import re

from dripdesk.language import is_question

SAID = frozenset(["deny", "goodbye", "greet", "thanks"])
"""What a message that begins so is taken for."""
PHRASES = (
    "hi+",
    "hi(?:ya)?",
    "hey+a?",
    "hell?o+",
    "howdy",
    "yo",
    "greetings",
    "(?:good )?(?:morning|afternoon|evening)",
    "good day",
    "(?:many |no )?thanks",
    "(?:no )?thank you",
    "bye",
    "goodbye",
    "(?:i (?:have|got) )?(?:a |an? quick |one |another |1 )?(?:quick |more |last |other )*question",
    "(?:one|1) (?:more|last|other)(?: thing)?",
)
OTHERS = "again|all|anyone|dear|doctor|everyone|folks|friends?|guys|hello|nurse|sir|team|there"
MUCH = "a bunch|a lot|a million|kindly|so much|very much|okay|great|oh|wait|so|and|but|by the way"
BEGINNING = re.compile(rf"(?:(?:{'|'.join((*PHRASES, OTHERS, MUCH))})\b(?: [^\w\s])*(?: |$))+")
MARK, WORD = re.compile(r"[^\w\s'] "), re.compile(r"\w+")
FEWEST = 2  # words behind a greeting that may ask something


def behind(mended: str) -> str | None:
    """Return what a mended text asks behind a greeting, thanks or a farewell; None if nothing."""
    begins = BEGINNING.match(mended)
    rest = mended[begins.end() :] if begins else ""
    # "thanks , that helps . do i need an order": not all that follows asks.
    tails = (rest, *(rest[mark.end() :] for mark in MARK.finditer(rest)))
    asked = (tail for tail in tails if len(WORD.findall(tail)) >= FEWEST and is_question(tail))
    return next(asked, None)
