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
MUCH = "a bunch|a lot|a million|kindly|so much|very much|okay|great|oh|so|and|but|by the way"
BEGINNING = re.compile(rf"(?:(?:{'|'.join((*PHRASES, OTHERS, MUCH))})\b(?: [^\w\s])*(?: |$))+")
FEWEST = 2  # words behind a greeting that may ask something


def behind(mended: str) -> str | None:
    """Return what a mended text asks behind a greeting, thanks or a farewell; None if nothing."""
    begins = BEGINNING.match(mended)
    rest = mended[begins.end() :] if begins else ""
    is_asked = is_question(rest) and len(re.findall(r"\w+", rest)) >= FEWEST
    return rest if is_asked else None
