"""The slots of an estimate: their names, what may stand in them, and the plan they tell of."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from decimal import Decimal

from dripdesk.estimate.share import Plan

INSURER = "estimate_insurer"
ALLOWED = "estimate_allowed"
DEDUCTIBLE = "estimate_deductible"
SHARE = "estimate_share"
LIMIT = "estimate_limit"
FIELDS = (INSURER, ALLOWED, DEDUCTIBLE, SHARE, LIMIT)
"""The slots, in the order in which they are asked for."""
UNKNOWN = "unknown"
"""What stands in a slot for a figure that the patient does not know."""
DOES_NOT_APPLY = "does not apply"
"""What stands in a slot for a figure that this kind of insurance does not need, or has not."""


def is_made(slot: Callable[[str], str | None]) -> bool:
    """Return whether the slots hold the figures of an estimate: they do until a topic follows."""
    return None not in map(slot, FIELDS)


def plan_of(told: Mapping[str, str | None]) -> Plan:
    """Return the plan that the slots of the form tell of, with 0 for an unknown deductible."""
    share = told[SHARE] or "0%"
    figure = Decimal(share.strip("$%"))
    is_copay = share.startswith("$")
    return Plan(
        _known(told[DEDUCTIBLE]) or Decimal(0),
        Decimal(0) if is_copay else figure,
        figure if is_copay else None,
        _known(told[LIMIT]),
    )


def _known(figure: str | None) -> Decimal | None:
    return None if figure in (None, UNKNOWN, DOES_NOT_APPLY) else Decimal(figure)
