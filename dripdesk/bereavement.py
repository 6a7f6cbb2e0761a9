"""Tells when somebody writes of a death, so that a word of sympathy comes first."""

from __future__ import annotations

import re

_WHO = (
    r"(?:husband|wife|spouse|partner|fianc\wee?|mom|mum|mother|mama|dad|father|papa|parents?|son"
    r"|daughter|child|baby|brother|sister|grand\w+|aunt|uncle|cousin|friend|he|she|they)"
)
_DIED = r"(?:passed (?:away|on)|passed(?= (?:on|last|this|in)\b)|died|has died|is gone now)"
LOSS = re.compile(
    rf"\b{_WHO}(?:'s)? (?:(?:has|have|just|sadly|who|recently|suddenly|had) )*{_DIED}\b"
    rf"|\b(?:lost|buried|burying) (?:my|our|her|his) {_WHO}\b"
    r"|\b(?:\w+'s|the|a|his|her|their) funeral\b|\b(?:his|her|their|the) death\b",
    re.IGNORECASE,
)
NEVER = re.compile(
    r"\b(?:almost|nearly|could have|thought|would have|if|laughing|of laughter|not) (?:\w+ )?"
    r"(?:passed|died)\b|\bdied (?:laughing|of (?:laughter|embarrassment|shame|boredom))\b",
    re.IGNORECASE,
)


def is_bereaved(text: str) -> bool:
    """Return whether a text tells of somebody's death: "my husband passed away on Sunday"."""
    return bool(LOSS.search(text)) and not NEVER.search(text)
