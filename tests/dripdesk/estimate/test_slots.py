from __future__ import annotations

from decimal import Decimal

from dripdesk.estimate.share import Plan
from dripdesk.estimate.slots import plan_of


def test_a_plan_from_what_was_told() -> None:
    told = {
        "estimate_deductible": "100",
        "estimate_share": "$40",
        "estimate_limit": "unknown",
    }
    assert plan_of(told) == Plan(Decimal(100), copay=Decimal(40))
