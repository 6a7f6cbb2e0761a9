"""Reads what patients say of a call that they have asked for: when is it, change it, cancel it."""

from __future__ import annotations

import re

WAITING = re.compile(
    r"^\W*(?:(?:so|and|ok|well) )*(?:when|what time|how (?:long|soon)|who|did (?:you|they)"
    r"|(?:will|are|have|do) (?:you|they|it)|(?:will|is) (?:it|somebody|someone))\b",
    re.IGNORECASE,
)
OF_CALL = re.compile(
    r"\bcall(?:ing)?[ -]?backs?\b|\b(?:the|that|this|my|a) (?:phone )?(?:call|request)\b"
    r"|\b(?:they|you|u|someone|somebody|clinic|nurse) (?:\w+ ){0,2}?call(?:ing)?"
    r"(?: (?:me|us|back|today|tomorrow|tonight|soon|yet|then))*\W*(?:$|[.,!?])"
    r"|\bnot (?:to )?call\b",
    re.IGNORECASE,
)
"""What speaks of the call that was asked for."""
OF_FIELDS = re.compile(
    r"\b(?:change|fix|correct|wrong|meant?)\b.*\b(?:name|number|time|day|subject|it)\b"
    r"|\b(?:name|number|time|day|subject)\b.*\b(?:wrong|change|should be)\b"
    r"|\b(?:cancel|change|send|sent|withdraw)\b.*\b(?:it|that)\b|^\W*(?:so )?did (?:it|that)\b",
    re.IGNORECASE,
)
CALL_CHANGES = re.compile(
    r"\b(?:change|move|cancel(?:led)?|take back|withdraw|undo|delete|stop|fix|correct|instead|wrong"
    r"|not|don'?t|should be|meant?|no need|no longer|never ?mind|forget|tell them|let them know)\b",
    re.IGNORECASE,
)
OF_VISIT = re.compile(
    r"\b(?:visit|infusion|appointment|bill|insurance|copay|drip|treatment)\b", re.I
)
WISH = re.compile(
    r"\b(?:please|pls|(?:can|could|would|have|get|let) (?:someone|somebody|you|u|them|a nurse"
    r"|the nurse)|want|need|like) (?:\w+ ){0,3}?(?:call|phone|ring) (?:me|us|my|back)\b",
    re.IGNORECASE,
)
"""What asks for a call, the first or another."""
TAKES_BACK = re.compile(
    r"\b(?:cancel\w*|instead|take back|withdraw|not (?:to )?call|don'?t call|change the)\b", re.I
)
ASKS_STATE = re.compile(
    r"^\W*(?:(?:so|and|ok|well|wait|hey|but) )*(?:is|did|was|has) (?:my|the|that|it|you)\b",
    re.IGNORECASE,
)
OTHER_CALL = re.compile(
    r"\d|\b(?:about|too|instead|another|other|else|also|for|arrange|(?:my|our) \w+)\b",
    re.IGNORECASE,
)
"""What asks for a further call."""


def is_of_sent(text: str, is_new: bool = False) -> bool:
    """Whether a text that follows a request asks about it, or wants it changed or taken back.

    Right behind it (`is_new`) "change the time" means it, too.
    """
    if OF_VISIT.search(text) or (WISH.search(text) and not TAKES_BACK.search(text)):
        return False
    speaks_of_it = OF_CALL.search(text) or (is_new and OF_FIELDS.search(text))
    return bool(speaks_of_it) and (is_waiting(text) or changes_sent(text))


def changes_sent(text: str) -> bool:
    """Whether a text wants a request changed or taken back: "cancel the call, my son will come"."""
    said = text.replace("\u2019", "'")
    return bool(CALL_CHANGES.search(said)) and not ASKS_STATE.match(said)


def is_waiting(text: str) -> bool:
    """Whether somebody asks about a call that was asked for: "so when will they call"."""
    return bool(ASKS_STATE.match(text) or (WAITING.search(text) and not OTHER_CALL.search(text)))
