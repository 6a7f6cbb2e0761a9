"""The figures of a plan: by which words a patient means each, and how the text for it is read."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from decimal import Decimal

from dripdesk.estimate.coinsurance import percent_or_copay
from dripdesk.estimate.figures import has_digit
from dripdesk.estimate.money import DENIED, dollars, dollars_left
from dripdesk.estimate.slots import ALLOWED, DEDUCTIBLE, DOES_NOT_APPLY, LIMIT, SHARE

NAMED = {
    ALLOWED: re.compile(r"\ballow(s|ed|ance)?\b|\bapproved\b|\bcharged?\b|\bcharges\b|\bbill\b"),
    DEDUCTIBLE: re.compile(r"\bded\b|\bdeduct"),
    SHARE: re.compile(r"\bco-?ins|\bco-?pay"),
    LIMIT: re.compile(r"\bout[- ]of[- ]pocket\b|\boop\b|\bmax(imum)?\b|\blimit\b|\bcap\b"),
}
MET = re.compile(
    r"\b(met|hit|reached|paid off|finished) (my|our|his|her|the) (whole |yearly |annual )?ded"
    r"|\bded\w*('s| is| was| has been)?( already| all| fully)? (met|paid|reached|done)\b|\bno ded"
)
NO_DEDUCTIBLE = re.compile(
    r"(n't|nt| not) (have|has|got) (a |any )?ded\w*(?! (info|number|amount|card|paper))\b"
)
ALL_PAID = re.compile(
    r"^\W*(?:(?:yes|it|i|we|she|he|that|was|is|has|have|'s|did)\b\W*)*(?:all |already )*"
    r"(?:paid|met)(?: (?:it|that|already|all|off|in full|this year"
    r"|in (?:jan|feb|march|april|may|june|july|aug|sept|oct|nov|dec)\w*))*\W*$"
)
OF_A_VISIT = re.compile(
    r"^\W*(i think |so |well )*(they|(my |the )?(plan|insurance|insurer)|it) (only |just )?pays?\b"
    r"|\b(per|each|every) visit\b"
)
"""What makes a sum another than one that is left to pay this year."""
SUPPOSED = re.compile(r"\b(if|once|when|until|till|before)\b")
NO_LIMIT = re.compile(
    r"(\b(no|without|any)|(n't|nt| not|never) (have|has|had) a) (yearly |annual |such |oop )?"
    r"(limit|max(imum)?|cap)\b"
    r"|\bno out[- ]of[- ]pocket|(n't|nt| not|never) (have|has|had) one\b|\b(have|has) none\b"
    r"|\bthere is(n't one| none)\b|\bunlimited\b"
)
REACHED = re.compile(r"\b(met|reached|hit)\b")
SURELY_NOTHING = re.compile(r"\b(left|zero|all paid|paid off)\b")


def named(bare: str) -> set[str]:
    """Return the slots of the figures that a plain text means, with or without a number."""
    return {field for field, words in NAMED.items() if words.search(bare)}


def is_met(bare: str) -> bool:
    """Whether a plain text says that nothing is left of the deductible: "i met my deductible"."""
    return bool(MET.search(bare)) and _is_so(bare)


def _is_so(bare: str) -> bool:
    return not DENIED.search(bare) and not SUPPOSED.search(bare)


def _allowed(bare: str) -> str | None:
    amount = dollars(bare)
    return _shown(amount) if amount else None  # nothing is not a price


def _deductible(bare: str) -> str | None:
    is_paid = is_met(bare) or NO_DEDUCTIBLE.search(bare) or (ALL_PAID.match(bare) and _is_so(bare))
    if is_paid and not has_digit(bare):
        return "0"
    amount = None if OF_A_VISIT.search(bare) else dollars_left(bare)
    return None if amount is None else _shown(amount)


def _share(bare: str) -> str | None:
    found = percent_or_copay(bare)
    if found is None:
        return None
    rate, copay = found
    return f"{_shown(rate)}%" if copay is None else f"${_shown(copay)}"


def _limit(bare: str) -> str | None:
    if not has_digit(bare):
        if NO_LIMIT.search(bare):
            return DOES_NOT_APPLY
        if REACHED.search(bare) and _is_so(bare):
            return "0"
        if not SURELY_NOTHING.search(bare):
            return None  # "none" may be no limit, or nothing left to it
    amount = None if OF_A_VISIT.search(bare) else dollars_left(bare)
    return None if amount is None else _shown(amount)


def _shown(amount: Decimal) -> str:
    return format(amount, "f")


READ: Mapping[str, Callable[[str], str | None]] = {
    ALLOWED: _allowed,
    DEDUCTIBLE: _deductible,
    SHARE: _share,
    LIMIT: _limit,
}
"""How a plain text for each is read: plain decimals, a percentage with %, a copay with $."""
