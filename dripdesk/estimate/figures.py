"""Finds the figures in a text, in digits or in words: "$1,500", "3k", "twenty percent"."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from text_to_num import alpha2digit

FIGURE = re.compile(
    r"(?<![\w.,-])\$?\s?(?P<whole>\d{1,3}(?:,\d{3})+|\d+)(?P<decimals>\.\d{1,2})?(?![\d.,]*\d)"
    r"\s?(?P<k>k\b)?(?P<percent>\s?(?:%|percent\b|pct\b))?"
)
UNCLEAR = re.compile(
    r"\d\s?(?:k|%|percent|pct)?\s?[-\u2013]\s?\$?\d|\d\s?(?:m|mil|mill|million)\b|\bhalf\b"
)
"""What makes a figure another than it looks: "5-10k", "1.2m", "two and a half thousand"."""
DOLLAR = re.compile(r"\$|dollar|\bbucks?\b")
"""What makes a figure a sum of money."""


@dataclass(frozen=True)
class Figure:
    """A figure in a text."""

    number: Decimal
    """3000 for "3k", 20 for "20%"."""
    is_percent: bool
    has_k: bool
    """Whether k for thousands was written: then it is no number of visits or weeks."""


def plain(text: str) -> str:
    """Return a text in small letters, with numbers in digits: "fifteen hundred" as "1500"."""
    lower = text.lower().replace("\u2019", "'").replace("per cent", "percent")
    return str(alpha2digit(re.sub(r"(?<=\d) ?(thousand|grand)\b", "k", lower), "en"))


def figures(bare: str) -> list[Figure]:
    """Return the figures in a plain text, as they look."""
    return [_figure(found) for found in FIGURE.finditer(bare)]


def clear_figures(bare: str) -> list[Figure]:
    """Return the figures in a plain text; none where one may be another than it looks."""
    return [] if UNCLEAR.search(bare) else figures(bare)


def without_sums(bare: str) -> str:
    """Return a plain text without its figures other than percentages."""
    return FIGURE.sub(lambda found: found.group() if found["percent"] else "", bare)


def without_percentages(bare: str) -> str:
    """Return a plain text without its percentages."""
    return FIGURE.sub(lambda found: "" if found["percent"] else found.group(), bare)


def has_digit(text: str) -> bool:
    """Whether any digit is in a text, also one that makes no figure: "1.500", "b12"."""
    return bool(re.search(r"\d", text))


def _figure(found: re.Match[str]) -> Figure:
    number = Decimal(found["whole"].replace(",", "") + (found["decimals"] or ""))
    has_k = bool(found["k"])
    return Figure(number * 1000 if has_k else number, bool(found["percent"]), has_k)
