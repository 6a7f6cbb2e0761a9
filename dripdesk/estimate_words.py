"""Reads what a patient types for an estimate: an answer, a correction, or several figures."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from decimal import Decimal

from dripdesk import estimate
from dripdesk.estimate import DENIED, DOES_NOT_APPLY, DOLLAR, FIGURE, LEFT, PAID, UNKNOWN, plain

INSURER = "estimate_insurer"
ALLOWED = "estimate_allowed"
DEDUCTIBLE = "estimate_deductible"
SHARE = "estimate_share"
LIMIT = "estimate_limit"
FIELDS = (INSURER, ALLOWED, DEDUCTIBLE, SHARE, LIMIT)
"""The slots, in the order in which they are asked for."""

NAMED = {
    ALLOWED: re.compile(r"\ballow(s|ed|ance)?\b|\bapproved\b|\bcharged?\b|\bcharges\b|\bbill\b"),
    DEDUCTIBLE: re.compile(r"\bded\b|\bdeduct"),
    SHARE: re.compile(r"\bco-?ins|\bco-?pay"),
    LIMIT: re.compile(r"\bout[- ]of[- ]pocket\b|\boop\b|\bmax(imum)?\b|\blimit\b|\bcap\b"),
}
"""By which words a patient means a figure."""
OF_SUM = re.compile(
    r"(\b(share|part|portion|percent|pct)|%) of (an? |the |my )?\$?\s?\d[\d,]{2}|\bprice\b"
)
OF_VISIT = re.compile(r"\b(visit|treatment|infusion|drip|drug|medicine|shot|costs?)\b")
BARE_YEAR = re.compile(r"(?<![$\d,])(19|20)\d\d(?![\d,])")
SMALLEST = 100  # dollars; in a first message a bare number below is one of weeks or visits
CLAUSES = re.compile(
    r"[;?!\n]|,(?!\d)|\.(?!\d)|/|\s-\s|\b(?:and|after|with|but|then|plus|n|w)\b", re.IGNORECASE
)
MET = re.compile(
    r"\b(met|hit|reached|paid off|finished) (my|our|his|her|the) (whole |yearly |annual )?ded"
    r"|\bded\w*('s| is| was| has been)?( already| all| fully)? (met|paid|reached|done)\b|\bno ded"
)
NOT_SAID = re.compile(rf"{DENIED.pattern}|\b(if|once|when|until|till|before)\b")
NO_LIMIT = re.compile(
    r"\b(no|without|any|have a|has a) (yearly |annual |such )?(limit|max(imum)?|cap)\b"
    r"|\bno out[- ]of[- ]pocket|\b(have|has) (one|none)\b|\bthere is(n't one| none)\b|\bunlimited\b"
)
REACHED = re.compile(r"\b(met|reached|hit)\b")
SURELY_NOTHING = re.compile(r"\b(left|zero|all paid|paid off)\b")
CHANGES = re.compile(r"\b(change|fix|correct|wrong|mistake|redo|edit)\b")
MEANT = re.compile(r"\b(i )?(meant?|mistyped|typo)\b|\bmake (it|that)\b|\bshould (be|have been)\b")
KINDS = {
    "medicare_advantage": re.compile(r"\badvantage\b|\bpart c\b|\bmedicare (hmo|ppo)\b"),
    "medicaid": re.compile(r"\bmedicaid\b|\bmedi-?cal\b"),
    "medicare": re.compile(r"\bmedicare\b(?! (advantage|hmo|ppo))|\bpart b\b"),
    "none": re.compile(
        r"\b(no|without|not have|don't have|haven't got)( any| health)? insurance\b"
        r"|\b(un|not )insured\b|\bself[- ]?pay(ing)?\b"
    ),
    "private": re.compile(
        r"\b(through|thru|from|by|via|with) (my |his |her |our |the )?"
        r"(work|job|employer|husband|wife|spouse|company|union|parents?|market ?place|exchange)"
        r"|\b(employer|market ?place|private|commercial|work|job|group) (plan|insurance)\b"
        r"|\bobamacare\b"
    ),
}
"""By which words a patient surely names a kind of insurance."""


def kind(text: str) -> str | None:
    """Return the one kind of insurance that a text surely names, or None."""
    bare = estimate.mine(plain(text))
    found = [name for name, words in KINDS.items() if words.search(bare)]
    return found[0] if len(found) == 1 else None


def figures(text: str, is_first: bool = False) -> dict[str, str]:
    """Return the figures that a text names, by slot; what can be read in two ways is left out.

    In a first message only what is left of a yearly limit counts, and a deductible does not where
    the text also tells what was paid.
    """
    found: dict[str, set[str]] = {}
    bare = plain(text)
    for clause in CLAUSES.split(bare):
        if is_first and BARE_YEAR.search(clause):
            continue
        for field, value in _of_clause(clause, is_first):
            is_left = bool(LEFT.search(clause)) or value == "0"
            told_paid = field == DEDUCTIBLE and PAID.search(bare)
            if not is_first or is_left or not (field == LIMIT or told_paid):
                found.setdefault(field, set()).add(value)
    return {field: values.pop() for field, values in found.items() if len(values) == 1}


def first(text: str) -> dict[str, str]:
    """Return what the message that begins an estimate clearly tells, by slot."""
    insurer = kind(text)
    return {**({INSURER: insurer} if insurer else {}), **figures(text, is_first=True)}


def answer(
    field: str, text: str, told: Mapping[str, str | None], has_missed: bool = False
) -> dict[str, str | None] | None:
    """Return the slots that a text fills while a field is asked for; None if it is no answer.

    A correction fills the field that it corrects, or empties it if it brings no figure: then that
    one is asked for again.
    """
    bare = plain(text)
    sure = figures(bare, is_first=True)  # as in a first message: nobody asked for the others
    named = figures(bare).items()
    found: dict[str, str | None] = {n: value for n, value in named if n == field or n in sure}
    names = [name for name, words in NAMED.items() if words.search(bare)]
    insurer = kind(bare)
    if field == INSURER:
        kind_of = insurer or (UNKNOWN if estimate.is_unknown(bare) else None)
        kind_of = kind_of or (None if found else estimate.insurer(bare))
        return {**found, **({INSURER: kind_of} if kind_of else {})} or None
    if any(name != field for name in found):
        return found
    if len(names) == 1 and names[0] != field and not found:
        if estimate.is_unknown(bare):
            return {names[0]: UNKNOWN}
        if CHANGES.search(bare):
            return {names[0]: None}
    if not re.search(r"\d", bare):
        if CHANGES.search(bare) and re.search(r"\binsurance\b", bare):
            return {INSURER: insurer}
        if insurer and insurer != told[INSURER]:
            return {INSURER: insurer}
        if estimate.is_unknown(bare):
            return {field: UNKNOWN}
    before = _before(field, told)
    if MEANT.search(bare) and before and not has_missed:
        value = READ[before](bare)
        return None if value is None else {before: value}
    value = READ[field](bare)
    return None if value is None else {field: value}


def _before(field: str, told: Mapping[str, str | None]) -> str | None:
    """Return the figure that was told last before a field, or None."""
    earlier = FIELDS[1 : FIELDS.index(field)]
    return next((name for name in reversed(earlier) if told[name] != DOES_NOT_APPLY), None)


def _of_clause(clause: str, is_first: bool) -> Iterator[tuple[str, str]]:
    all_figures = estimate.figures(clause)
    percents = [one for one in all_figures if one[4]]
    sums = [one for one in all_figures if not one[4]]
    names = {name for name, words in NAMED.items() if words.search(clause)}
    if len(percents) == 1 and (SHARE in names or not names & {DEDUCTIBLE, LIMIT}):
        alone = FIGURE.sub(lambda one: one.group() if one[4] else "", clause)
        if value := _share(alone.replace("$", "")):
            yield SHARE, value
        names.discard(SHARE)
    if not sums and MET.search(clause) and not NOT_SAID.search(clause):
        yield DEDUCTIBLE, "0"
    if len(sums) != 1:
        return
    if not names and is_first:
        is_visit = OF_VISIT.search(clause) and (DOLLAR.search(clause) or sums[0][3])
        names = {ALLOWED} if OF_SUM.search(clause) or is_visit else names
    if len(names) == 1:
        name = names.pop()
        own = "".join(FIGURE.sub(lambda one: "" if one[4] else one.group(), clause))
        value = READ[name](own)
        is_bare = is_first and name == ALLOWED and not DOLLAR.search(own)
        if value and not (is_bare and Decimal(value) < SMALLEST):
            yield name, value


def _allowed(text: str) -> str | None:
    amount = estimate.dollars(text)
    return _shown(amount) if amount else None  # nothing is not a price


def _deductible(text: str) -> str | None:
    if MET.search(text) and not NOT_SAID.search(text) and not re.search(r"\d", text):
        return "0"
    amount = estimate.dollars_left(text)
    return None if amount is None else _shown(amount)


def _share(text: str) -> str | None:
    found = estimate.percent_or_copay(text)
    if found is None:
        return None
    rate, copay = found
    return f"{_shown(rate)}%" if copay is None else f"${_shown(copay)}"


def _limit(text: str) -> str | None:
    if not re.search(r"\d", text):
        if NO_LIMIT.search(text):
            return DOES_NOT_APPLY
        if REACHED.search(text) and not NOT_SAID.search(text):
            return "0"
        if not SURELY_NOTHING.search(text):
            return None  # "none" may be no limit, or nothing left to it
    amount = estimate.dollars_left(text)
    return None if amount is None else _shown(amount)


def _shown(amount: Decimal) -> str:
    return format(amount, "f")


READ: Mapping[str, Callable[[str], str | None]] = {
    ALLOWED: _allowed,
    DEDUCTIBLE: _deductible,
    SHARE: _share,
    LIMIT: _limit,
}
"""How the text for each figure is read: plain decimals, a percentage with %, a copay with $."""
