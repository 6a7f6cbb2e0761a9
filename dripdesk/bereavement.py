"""Tells when somebody writes of a death, so that a word of sympathy comes first."""

from __future__ import annotations

import re

_WHO = (
    r"(?:husband|wife|spouse|partner|fianc\wee?|mom|mum|mother|mama|dad|father|papa|parents?|son"
    r"|daughter|child|baby|brother|sister|grand(?:ma|pa|mother|father|son|daughter|parents?|child)"
    r"|aunt|uncle|cousin|friend|he|she|they)"
)
_DAY = (
    r"(?:last|this (?:week|month|morning|year|past|spring|summer|fall|winter)|yesterday|today"
    r"|on (?:\w+day)|in (?:\d|jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec|the ))"
)
_DIED = rf"(?:died|passed away|passed on(?=\W*$|[.,;!?]| {_DAY})|passed(?= {_DAY}))"
LOSS = re.compile(
    rf"\b{_WHO}(?:'s)? (?:(?:has|have|just|sadly|who|recently|suddenly|had) )*{_DIED}\b"
    rf"|\b(?:lost|buried|burying) (?:my|our|her|his) {_WHO}\b(?!'|\w| \w*(?:card|file|record|plan"
    r"|paper|number|phone|bill|letter|insur|appoint|spot|chair))"
    r"|\b(?:\w+'s|the|a|his|her|their) funeral\b|\b(?:his|her|their) death\b",
    re.IGNORECASE,
)
NEVER = re.compile(
    r"\b(?:almost|nearly|could have|thought|would have|if|laughing|of laughter|not) (?:\w+ )?"
    r"(?:passed|died|lost)\b|\bdied (?:laughing|of (?:laughter|embarrassment|shame|boredom))\b",
    re.IGNORECASE,
)


def is_bereaved(text: str) -> bool:
    """Return whether a text tells of somebody's death: "my husband passed away on Sunday"."""
    return bool(LOSS.search(text)) and not NEVER.search(text)
