"""Finds phone numbers in what a patient types, in digits or in words."""

from __future__ import annotations

import re
from itertools import pairwise

import phonenumbers

REGION = "US"
DENIED = re.compile(r"\bnot\W*$", re.IGNORECASE)
DIGITS = {
    word: str(n)
    for n, word in enumerate("zero one two three four five six seven eight nine".split())
}
DIGITS["oh"] = "0"
SPOKEN = re.compile(rf"(?:\b(?:{'|'.join(DIGITS)})\b[\s,-]*){{10,}}", re.IGNORECASE)
"""A number in words: "nine one four five five five oh one three three"."""
CHOICE = re.compile(r"[,;/]? ?(?:or|and|also)\b[^\d]{0,40}", re.IGNORECASE)
LABEL = re.compile(
    r"(?:\b(?:my|the|cell|phone|mobile|number|no|is|at|it'?s|call|me|to|on|use|best|and|here)\b\W*)+$",
    re.IGNORECASE,
)
"""What stands before a number: "my cell is"."""
SPACED = re.compile(r"[A-Za-z' ]*[:,]?[\d\s().+,_-]+[.!]?")
"""A number in any groups, alone or after words: "9 1 4 5 5 5 0 1 3 3". Times and dates are none."""


def phone(text: str) -> str | None:
    """Return the valid phone number in a text in E.164 form; the last one, if there are several.

    An extension stands behind it: "+19145550133 ext. 204". A number without an area code is none,
    and neither is one after "not". Digits may be words.
    """
    text = with_digits(text)
    matches = list(phonenumbers.PhoneNumberMatcher(text, REGION))
    found = [one.number for one in matches if not DENIED.search(text[: one.start])]
    if not matches and SPACED.fullmatch(text):
        try:
            found = [phonenumbers.parse(re.sub(r"[^+\d]", "", text), REGION)]
        except phonenumbers.NumberParseException:
            return None
    if not found:
        return None
    if not phonenumbers.is_valid_number(found[-1]):
        return None
    number = phonenumbers.format_number(found[-1], phonenumbers.PhoneNumberFormat.E164)
    return f"{number} ext. {found[-1].extension}" if found[-1].extension else number


def has_choice_of_phones(text: str) -> bool:
    """Return whether a text leaves open which of two numbers is meant: "… or my wife's, …"."""
    text = with_digits(text)
    spans = phone_spans(text)
    pairs = pairwise(spans)
    return any(CHOICE.fullmatch(text[one[1] : two[0]].strip()) for one, two in pairs)


def is_unassigned(text: str) -> bool:
    """Return whether a text has as many digits as a US number, and is none: "555-201-3344"."""
    digits = re.sub(r"\D", "", with_digits(text))
    has_as_many = len(digits) == 10 or (len(digits) == 11 and digits[0] == "1")
    return has_as_many and phone(text) is None and not re.search(r"\bnot\b", text)


def phone_spans(text: str) -> list[tuple[int, int]]:
    """Return where the phone numbers in a text begin and end, those in words left out."""
    return [(one.start, one.end) for one in phonenumbers.PhoneNumberMatcher(text, REGION)]


def without_label(text: str) -> str:
    """Return a text without what introduces the number behind it: "Ann, my cell is" as "Ann"."""
    return LABEL.sub("", text).strip(" ,.;:-")


def before_phones(text: str) -> str:
    """Return what stands before the phone numbers of a text, without what introduces them."""
    text = with_digits(text)
    spans = phone_spans(text)
    return without_label(text[: spans[0][0]]) if spans else text


def without_phone(text: str) -> str:
    """Return a text without the phone numbers in it: "Ann, 914-555-0133" as "Ann"."""
    text = with_digits(text)
    for start, end in reversed(phone_spans(text)):
        text = f"{text[:start]} {text[end:]}"
    return text.strip(" ,.;:-")


def with_digits(text: str) -> str:
    """Return a text in which a number in words has digits: "nine one four …" as "914…"."""
    return SPOKEN.sub(_in_digits, text)


def _in_digits(found: re.Match[str]) -> str:
    return "".join(DIGITS[word] for word in re.findall(r"[a-z]+", found.group().lower())) + " "
