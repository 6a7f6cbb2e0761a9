"""Finds which figures of a plan a message names, clause by clause: "$500 deductible, then 20%"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from dripdesk.estimate.figures import (
    DOLLAR,
    clear_figures,
    plain,
    without_percentages,
    without_sums,
)
from dripdesk.estimate.money import LEFT, PAID, left_of_whole
from dripdesk.estimate.slots import ALLOWED, DEDUCTIBLE, LIMIT, SHARE
from dripdesk.estimate.terms import READ, is_met, named

CLAUSES = re.compile(
    r"[;?!\n]|,(?!\d)|\.(?!\d)|/|\s-\s|\b(?:and|after|with|but|then|plus|n|w)\b", re.IGNORECASE
)
"""What stands between clauses."""
IN_PLACE = re.compile(
    r"\b(?:not|instead of|rather than) \$? ?(?P<old>\d(?:[\d,]*\d)?(?:\.\d+)?)"
    r"\s?(?:k\b|%|percent\b)?"
)
"""A figure that another takes the place of: "700 not 500"."""
VISIT_IS = re.compile(
    r"\b(?:visit|treatment|infusion|drip|price|bill)\b(?: \w+)? ?"
    r"\b(?:is|was|costs?|should be)\b(?: \w+)? \$? ?\d"
)
OF_SUM = re.compile(
    r"(\b(share|part|portion|percent|pct)|%) of (an? |the |my )?\$?\s?\d[\d,]{2}|\bprice\b"
)
OF_VISIT = re.compile(r"\b(visit|treatment|infusion|drip|drug|medicine|shot|costs?)\b")
BARE_YEAR = re.compile(r"(?<![$\d,])(19|20)\d\d(?![\d,])")
SMALLEST = 100  # dollars; in a first message a bare number below is one of weeks or visits


def named_figures(text: str, is_first: bool = False) -> dict[str, str]:
    """Return the figures that a text names, by slot; what can be read in two ways is left out.

    In a first message only what is left of a yearly limit counts, and a deductible does not where
    the text also tells what was paid.
    """
    found: dict[str, set[str]] = {}
    bare = IN_PLACE.sub(" ", plain(text))
    names = named(bare)
    is_whole = not is_first and len(names) == 1 and names <= {DEDUCTIBLE, LIMIT}
    if is_whole and left_of_whole(bare) is not None:
        name = names.pop()
        value = READ[name](bare)
        return {name: value} if value else {}
    for clause in CLAUSES.split(bare):
        if is_first and BARE_YEAR.search(clause):
            continue
        for field, value in _of_clause(clause, is_first):
            is_left = bool(LEFT.search(clause)) or value == "0"
            told_paid = field == DEDUCTIBLE and PAID.search(bare)
            if not is_first or is_left or not (field == LIMIT or told_paid):
                found.setdefault(field, set()).add(value)
    return {field: values.pop() for field, values in found.items() if len(values) == 1}


def _of_clause(clause: str, is_first: bool) -> Iterator[tuple[str, str]]:
    figures = clear_figures(clause)
    percentages = [one for one in figures if one.is_percent]
    sums = [one for one in figures if not one.is_percent]
    names = named(clause)
    if len(percentages) == 1 and (SHARE in names or not names & {DEDUCTIBLE, LIMIT}):
        if value := READ[SHARE](without_sums(clause).replace("$", "")):
            yield SHARE, value
        names.discard(SHARE)
    if not sums and is_met(clause):
        yield DEDUCTIBLE, "0"
    if len(sums) != 1:
        return
    if not names and not is_first and VISIT_IS.search(clause) and sums[0].number >= SMALLEST:
        names = {ALLOWED}
    elif not names and is_first:
        is_visit = OF_VISIT.search(clause) and (DOLLAR.search(clause) or sums[0].has_k)
        names = {ALLOWED} if OF_SUM.search(clause) or is_visit else names
    if len(names) == 1:
        name = names.pop()
        own = without_percentages(clause)
        value = READ[name](own)
        is_bare = is_first and name == ALLOWED and not DOLLAR.search(own)
        if value and not (is_bare and Decimal(value) < SMALLEST):
            yield name, value
