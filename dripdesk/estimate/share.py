"""Works out the patient's share of a sum, by what the patient's plan still asks for this year."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

CENT = Decimal("0.01")


@dataclass(frozen=True)
class Plan:
    """What a plan still asks of a patient this year; sums in US dollars."""

    deductible_left: Decimal
    rate: Decimal = Decimal(0)
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


def share(allowed: Decimal, plan: Plan) -> Share:
    """Return the patient's share of an allowed amount, as plans define it (S89 of sources.yml).

    The deductible comes first, then coinsurance or a copay on the rest, then the yearly limit.
    """
    deductible = min(allowed, plan.deductible_left)
    rest = allowed - deductible
    part = _cents(rest * plan.rate / 100) if plan.copay is None else min(plan.copay, rest)
    whole = deductible + part
    total = whole if plan.limit_left is None else min(whole, plan.limit_left)
    return Share(allowed, deductible, rest, part, total, total < whole)


def _cents(amount: Decimal) -> Decimal:
    return amount.quantize(CENT, ROUND_HALF_UP)
