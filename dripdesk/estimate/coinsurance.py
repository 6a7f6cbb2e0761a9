"""Reads what a patient pays after the deductible: a percentage (coinsurance) or a flat copay."""

from __future__ import annotations

import re
from decimal import Decimal

from dripdesk.estimate.figures import DOLLAR, clear_figures, has_digit, plain
from dripdesk.estimate.money import DENIED, MOST

NOTHING_TO_PAY = re.compile(r"\b(none|nothing|zero|free|no (copay|coinsurance))\b")
PERCENT = r"\d[\d.]*\s?(?:%|percent\b|pct\b)"
PERCENT_SIGN = re.compile(PERCENT)
OWN = re.compile(
    rf"{PERCENT} (in |of )?co-?ins|\bco-?ins\w*( is| of| at|:| =)* ?{PERCENT}"
    rf"|\bi ((?!they|it|plan|insur|medic)\w+ ){{0,2}}?(pay|owe)( \w+)? {PERCENT}"
    rf"|\bmy (share|part|portion)( is| of)* {PERCENT}"
)
"""What makes a percentage the patient's part."""
BY_PLAN = re.compile(
    rf"\bcover(s|ed|age|ing)?( \w+){{0,4}} {PERCENT}"
    rf"|\b(plan|insurance|insurer|they|medicare|it)( \w+)? pays?( \w+){{0,2}} {PERCENT}"
    rf"|{PERCENT} (is |are |gets |of it )*(covered|coverage|paid by)\b"
)
"""What makes a percentage the part that the plan pays."""
PARTS = re.compile(r"(?<![\d/.])(\d\d)\s?/\s?(\d\d)(?![\d/.])")
"""What a plan and a patient pay, as plans are called: "80/20"."""
COVERS = re.compile(r"\bcover|\b(plan|insurance|insurer|they|medicare)( only| just)? pays?\b")
"""What leaves open whose part a percentage is."""


def percent_or_copay(text: str) -> tuple[Decimal, Decimal | None] | None:
    """Return (percent, None) or (0, copay in dollars), whichever a text names, else None.

    A bare number up to 100 is a percentage only if it is said to be one: "20" may be either. Of
    what the plan pays, the rest is the patient's: "it covers 80%" is 20. Where it may be either's
    part, none is taken.
    """
    bare = plain(text)
    found = clear_figures(bare)
    parts = [[Decimal(part) for part in one] for one in PARTS.findall(bare)]
    is_alone = len(parts) == 1 and not has_digit(PARTS.sub("", bare))
    if is_alone and sum(parts[0]) == 100 and parts[0][0] % 5 == 0:
        return min(parts[0]), None
    if not found:
        is_none = NOTHING_TO_PAY.search(bare) and not DENIED.search(bare)
        return (Decimal(0), None) if is_none and not has_digit(bare) else None
    values = {one.number for one in found}
    has_percent, has_dollar = any(one.is_percent for one in found), bool(DOLLAR.search(bare))
    if len(values) > 1 or (has_percent and has_dollar):
        return None
    number = values.pop()
    if has_dollar or (not has_percent and re.search(r"\bco-?pay", bare)):
        return (Decimal(0), number) if number <= MOST else None
    if number > 100 or not (has_percent or re.search(r"\bco-?ins", bare)):
        return None
    if OWN.search(bare):
        return number, None
    if BY_PLAN.search(bare):
        return 100 - number, None
    return None if COVERS.search(bare) else (number, None)
