"""Works out what a patient may pay for visits, from the figures of the patient's own plan."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from decimal import ROUND_HALF_UP, Decimal

CENT = Decimal("0.01")
ZERO = Decimal(0)
MOST = Decimal(1_000_000)  # dollars; a larger figure is a slip
FIGURE = re.compile(
    r"\$?\s?(\d{1,3}(?:,\d{3})+|\d+)(\.\d{1,2})?\s?(k\b)?(\s?(?:%|percent\b|pct\b))?"
)
INSURERS = {
    "medicare_advantage": re.compile(r"advantage|part c\b|medicare (hmo|ppo)", re.IGNORECASE),
    "medicaid": re.compile(r"medicaid|medi-?cal\b|\bchip\b", re.IGNORECASE),
    "medicare": re.compile(r"medicare|part b\b", re.IGNORECASE),
    "none": re.compile(
        r"\b(none|no|nothing|uninsured|self[ -]?pay|cash|out of pocket|without|don'?t have"
        r"|not insured|no insurance|nope|nada)\b",
        re.IGNORECASE,
    ),
    "private": re.compile(
        r"work|job|employ|market ?place|private|obama|exchange|group|company|commercial|union|ppo"
        r"|hmo|blue|cross|bcbs|aetna|cigna|united|uhc|humana|anthem|kaiser|oscar|ambetter|parent|husband"
        r"|wife|spouse|school|college|insurance",
        re.IGNORECASE,
    ),
}
"""Kinds of insurance, the surest words first."""
NOTHING = re.compile(
    r"\b(none|nothing|zero|no (copay|coinsurance|deductible)|met|all paid|paid off)\b"
)
UNKNOWN = "unknown"
"""What stands in a slot for a figure that the patient does not know."""
KNOWS_NOT = re.compile(
    r"\b(idk|dunno|don'?t know|do not know|not sure|no (idea|clue)|unsure|unknown|skip|pass"
    r"|beats me|can'?t (find|tell|say)|haven'?t got|who knows|not certain|\?+)|^\W*\?+\W*$"
)


@dataclass(frozen=True)
class Plan:
    """What a plan still asks of a patient this year; sums in US dollars."""

    deductible_left: Decimal
    rate: Decimal = ZERO
    """Coinsurance in percent of what remains after the deductible."""
    copay: Decimal | None = None
    """A flat sum in place of the coinsurance."""
    limit_left: Decimal | None = None
    """What is left to the yearly limit; None where the plan has none, or nobody knows it."""


@dataclass(frozen=True)
class Share:
    """The parts of a sum, in the order in which they are worked out; US dollars, whole cents."""

    allowed: Decimal
    deductible: Decimal
    rest: Decimal
    part: Decimal
    """The coinsurance or copay on the rest."""
    total: Decimal
    is_limited: bool
    """Whether the yearly limit lowered the total."""
    plan: Plan
    """What the plan asks for after this."""


def share(allowed: Decimal, plan: Plan) -> Share:
    """Return the patient's share of an allowed amount, as plans define it (S89 of sources.yml).

    The deductible comes first, then coinsurance or a copay on the rest, then the yearly limit.
    """
    deductible = min(allowed, plan.deductible_left)
    rest = allowed - deductible
    part = _cents(rest * plan.rate / 100) if plan.copay is None else min(plan.copay, rest)
    whole = deductible + part
    total = whole if plan.limit_left is None else min(whole, plan.limit_left)
    left = replace(
        plan,
        deductible_left=plan.deductible_left - deductible,
        limit_left=None if plan.limit_left is None else plan.limit_left - total,
    )
    return Share(allowed, deductible, rest, part, total, total < whole, left)


def shares(amounts: Iterable[Decimal], plan: Plan) -> Iterator[Share]:
    """Yield the shares of visits one after the other in one plan year."""
    for allowed in amounts:
        one = share(allowed, plan)
        plan = one.plan
        yield one


def plan_of(told: Mapping[str, str | None]) -> Plan:
    """Return the plan that the slots of the form tell of, with 0 for an unknown deductible."""
    share_told = told["estimate_share"] or "0%"
    figure = Decimal(share_told.strip("$%"))
    is_copay = share_told.startswith("$")
    return Plan(
        _known(told["estimate_deductible"]) or ZERO,
        ZERO if is_copay else figure,
        figure if is_copay else None,
        _known(told["estimate_limit"]),
    )


def _known(figure: str | None) -> Decimal | None:
    return None if figure in (None, UNKNOWN) else Decimal(figure)


def insurer(text: str) -> str | None:
    """Return the kind of insurance that a text names: a key of INSURERS, or None."""
    return next((kind for kind, words in INSURERS.items() if words.search(text)), None)


def is_unknown(text: str) -> bool:
    """Whether a patient says not to know: "idk", "not sure"."""
    return bool(KNOWS_NOT.search(text.lower().replace("\u2019", "'")))


def dollars(text: str) -> Decimal | None:
    """Return the sum that a text names: "$1,500", "3k", "none left"; None if it names none.

    Of several figures none is taken: nobody knows which one was meant.
    """
    found = [one for one in FIGURE.finditer(text.lower()) if not one[4]]
    if len(found) == 1:
        amount = _number(found[0])
        return amount if amount <= MOST else None
    return ZERO if not found and NOTHING.search(text.lower()) else None


def percent_or_copay(text: str) -> tuple[Decimal, Decimal | None] | None:
    """Return (percent, None) or (0, copay in dollars), whichever a text names, else None.

    A bare number up to 100 is a percentage only if it is said to be one: "20" may be either.
    """
    figures = list(FIGURE.finditer(text.lower()))
    if len(figures) != 1:
        return (ZERO, None) if not figures and NOTHING.search(text.lower()) else None
    number, marked = _number(figures[0]), text[figures[0].start() : figures[0].end()]
    if figures[0][4] or "coinsurance" in text.lower():
        return (number, None) if number <= 100 else None
    if "$" in marked or re.search(r"dollar|buck|copay", text.lower()):
        return ZERO, number
    return None


def show(amount: Decimal) -> str:
    """Return a sum as a patient reads it: "$2,857", "$854.40"."""
    return f"${amount:,.2f}".removesuffix(".00")


def _number(found: re.Match[str]) -> Decimal:
    number = Decimal(found[1].replace(",", "") + (found[2] or ""))
    return number * 1000 if found[3] else number


def _cents(amount: Decimal) -> Decimal:
    return amount.quantize(CENT, ROUND_HALF_UP)
