"""Reads a sum of money in a text for one: what it comes to, and what is left of it."""

from __future__ import annotations

import re
from decimal import Decimal

from dripdesk.estimate.figures import FIGURE, clear_figures, figures, has_digit, plain

MOST = Decimal(1_000_000)  # dollars; a larger figure is a slip
BELOW_ZERO = re.compile(r"(?<![\w,.])-\s?\$?\s?\d|\$\s?-\s?\d")
NOTHING = re.compile(
    r"\b(none|nothing|zero|no (copay|coinsurance|deductible)|met|all paid|paid off)\b"
)
DENIED = re.compile(r"\b(yet|not|never|unmet|(none|nothing|all) of|full)\b|n't\b")
"""What makes "met" or "none" mean the opposite: "none of it yet"."""
PAID = re.compile(r"\b(paid|payed|spent|used|met|reached|hit|so far)\b")
LEFT = re.compile(r"\b(left|remain(s|ing)?|to go|still|more (before|until|till?))\b")
WHOLE = re.compile(r"\b(deductible|limit|max(imum)?|cap|of (it|that|my|the|a|\$?\d[\d,.k]*))\b")
"""What tells that one of two figures is the whole of a year."""
BEHIND_PAID = re.compile(PAID.pattern + r"(?: [a-z']+){0,2} ?$")
BEFORE_PAID = re.compile(r" ?(?:is |of it |already |has been )*" + PAID.pattern)


def dollars(text: str) -> Decimal | None:
    """Return the sum that a text names: "$1,500", "3k", "none left"; None if it names none.

    Of several figures none is taken: nobody knows which one was meant.
    """
    bare = plain(text)
    found = clear_figures(bare)
    if len(found) == 1 and not found[0].is_percent:
        amount = found[0].number
        return amount if amount <= MOST else None
    is_none = not has_digit(bare) and NOTHING.search(bare) and not DENIED.search(bare)
    return Decimal(0) if is_none else None


def dollars_left(text: str) -> Decimal | None:
    """Return the sum that a text says is left; what was paid so far is none: "I paid $500".

    Of a whole and what is paid of it, it is the difference: "3000, and I have met 1200 of it".
    """
    bare = plain(text)
    if (left := left_of_whole(bare)) is not None:
        return left
    if has_digit(bare) and PAID.search(bare) and not LEFT.search(bare):
        return None
    return dollars(bare)


def left_of_whole(bare: str) -> Decimal | None:
    """Return the difference of the two sums of a plain text, if one is paid of the other."""
    found = clear_figures(bare)
    is_told = WHOLE.search(bare) and not LEFT.search(bare) and not DENIED.search(bare)
    if len(found) != 2 or not is_told or any(one.is_percent for one in found):
        return None
    places = [match.span() for match in FIGURE.finditer(bare)]
    is_paid = [
        bool(BEHIND_PAID.search(bare[:start]) or BEFORE_PAID.match(bare[end:]))
        for start, end in places
    ]
    if sum(is_paid) != 1:
        return None
    first, second = (one.number for one in found)
    left = second - first if is_paid[0] else first - second
    return left if 0 <= left <= MOST else None


def is_impossible(text: str) -> bool:
    """Whether a text names one figure that cannot be right: a million, or 150%, or less than 0."""
    bare = plain(text)
    found = figures(bare)
    if len(found) != 1:
        return bool(BELOW_ZERO.search(bare))
    return found[0].number > (100 if found[0].is_percent else MOST)
