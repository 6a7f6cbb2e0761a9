"""Reads what a patient corrects of what was told before: "no, 914-555-0133", "make it friday"."""

from __future__ import annotations

import re

from dripdesk.callback.fields import CALLED, READ, TIMES, name, subject, time
from dripdesk.callback.phones import phone
from dripdesk.callback.several import BEFORE_WHEN, WHEN

OF_FIELD = {
    "callback_name": re.compile(r"\b(name|spell(ed|ing)?|call me|i'?m called)\b", re.IGNORECASE),
    "callback_phone": re.compile(r"\b(number|phone|cell|mobile|digits?)\b", re.IGNORECASE),
    "callback_time": re.compile(r"\b(time|day|when|hour)\b", re.IGNORECASE),
    "callback_subject": re.compile(
        r"\b(subject|reason|topic|it'?s about|its about|about|question)\b", re.IGNORECASE
    ),
}
BEFORE_NAME = re.compile(r"^.*\bname\b\s*(?:is|to|:)?\s*", re.IGNORECASE)
BEFORE_SUBJECT = re.compile(
    r"^.*?\b(?:about|subject|reason|topic)\b\s*(?:should be|is|to|:)?\s*", re.IGNORECASE
)
NAMED = re.compile(
    r"\b(?:(?P<callback_name>name)|(?P<callback_time>time|day)|(?P<callback_subject>subject|reason"
    r"|topic))\b\s*(?:should (?:be|say)|is now|is|to|:|=)\s*"
    r"(?!(?:wrong|not|incorrect|too|right|fine|correct|good|ok|okay|missing|off|still)\b)"
    r"(?:just )?(?P<value>(?:(?! but | and (?:the|my|it'?s) )[^.;!?])+)",
    re.IGNORECASE,
)
"""A field with its value: "the subject is the long wait. change it"."""
DENIES = re.compile(r"\bno calls?\b|\bnot\b|\bdon'?t\b|\bnever\b|\bbut\b|\bexcept\b", re.I)
INSTEAD_OF = re.compile(r",? not (?:on )?(?:today|tomorrow|\w+day)\W*", re.IGNORECASE)
HOUR = re.compile(r"\W*\d{1,2}(?::\d\d)?(?: (?:instead|please))*\W*", re.IGNORECASE)
REWORDED = re.compile(r"\bjust (?:say|put|write)\b:?\s*(?P<value>.+)", re.IGNORECASE)
CUES = re.compile(
    r"^\W*(?:(?:no|nope|nah|wait|actually|sorry|oops|change|fix|correction|hold on|i mean|i meant"
    r"|make it|make that|please|oh|wrong|it should be|should be|it's|its|rather|better|can you"
    r"|could you|the|my|time|day|subject|reason|to|is|about|instead)\b[\s,.:!-]*)+",
    re.IGNORECASE,
)
PIECES = re.compile(r"[.;]\s+|,?\s+and\s+", re.IGNORECASE)
FIELD_NAMES = re.compile(
    r"\b(?:time|number|phone|name|about|reason|subject|topic|make it)\b|\d{3}\D?\d{4}",
    re.IGNORECASE,
)


def first(text: str) -> tuple[str, str | None] | None:
    """Return the field that a text corrects, with its new value if the text has one.

    "no, 914-555-0133" and "make it friday" have one; "the number is wrong" has none. None if the
    text corrects nothing that can be told.
    """
    if number := phone(text):
        return "callback_phone", number
    if said := NAMED.search(text):
        field = next(one for one in OF_FIELD if said.groupdict().get(one))
        if value := READ[field](said["value"]):
            return field, value
    if said := REWORDED.search(text):
        field = "callback_time" if WHEN.search(said["value"]) else "callback_subject"
        return field, READ[field](said["value"])
    named = [field for field, words in OF_FIELD.items() if words.search(text)]
    rest = CUES.sub("", text).strip()
    if CALLED.match(rest) or named[:1] == ["callback_name"]:
        return "callback_name", name(BEFORE_NAME.sub("my name is ", rest))
    if named[:1] == ["callback_phone"]:
        return "callback_phone", None
    if named[:1] == ["callback_subject"]:
        behind = BEFORE_SUBJECT.sub("", text)
        return "callback_subject", subject(behind) if behind != text else None
    if when := WHEN.search(rest):
        if when.start() == 0 and INSTEAD_OF.fullmatch(rest[when.end() :]):
            return "callback_time", time(when.group())  # "wednesday not tuesday"
        if DENIES.search(text):  # "no calls before 10": all of it counts
            return "callback_time", time(re.sub(r"^\W*no\b[,.! ]+(?=not|don|never)", "", text))
        is_all = BEFORE_WHEN.match(rest[: when.start()]) or re.search(r"\d", rest[: when.start()])
        return "callback_time", time(rest if is_all else when.group())
    if HOUR.fullmatch(rest):
        return "callback_time", time(rest)
    if TIMES.search(re.sub(r"\d", "", rest)):  # a bare figure may be part of a number
        return "callback_time", time(rest)
    return (named[0], None) if named else None


def every(text: str) -> dict[str, str | None]:
    """Return all that a text corrects, as `first` does of each of its pieces.

    "The time should be noon and it's about my bill" corrects two fields.
    """
    pieces = [(one, found) for one in PIECES.split(text) if (found := first(one))]
    known = {field: value for _, (field, value) in pieces if value}
    # "About my bill and my visit on friday" is one subject: each has to be named.
    if len(known) > 1 and all(FIELD_NAMES.search(one) for one, _ in pieces):
        return dict(known)
    found = first(text)
    return {found[0]: found[1]} if found else {}
