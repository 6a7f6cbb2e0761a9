"""The sums are worked by hand; the first six are those by which the formula was agreed."""

from __future__ import annotations

from decimal import Decimal

import pytest

from dripdesk.estimate.share import Plan, share


def plan(deductible: str, rate: str = "0", **more: Decimal) -> Plan:
    return Plan(Decimal(deductible), Decimal(rate), **more)


@pytest.mark.parametrize(
    ("allowed", "the_plan", "total"),
    [
        ("3140", plan("283", "20"), "854.40"),  # 283 + 20 % of 2,857
        ("3140", plan("0", "20"), "628.00"),
        ("133", plan("0", "20"), "26.60"),
        ("337", plan("0", "20"), "67.40"),
        ("150", plan("0", "20"), "30.00"),
        ("150", plan("283", "20"), "150"),
        ("3000", plan("0", "15"), "450.00"),
        ("140", plan("0", "20"), "28.00"),
        ("500", plan("100", copay=Decimal(40)), "140"),
        ("120", plan("100", copay=Decimal(40)), "120"),  # a copay is never more than the rest
        ("0.33", plan("0", "50"), "0.17"),  # half a cent goes up
    ],
)
def test_a_share(allowed: str, the_plan: Plan, total: str) -> None:
    assert share(Decimal(allowed), the_plan).total == Decimal(total)


def test_visits_of_one_year_use_up_deductible_and_limit() -> None:
    start = plan("1500", "20", limit_left=Decimal(4000))
    assert share(Decimal(6000), start).total == 2400  # 1,500 and 20 % of 4,500
    second = plan("0", "20", limit_left=Decimal(1600))
    assert share(Decimal(6000), second).total == 1200
    third = plan("0", "20", limit_left=Decimal(400))
    assert share(Decimal(6000), third).total == 400
    assert share(Decimal(6000), third).is_limited
    assert share(Decimal(6000), plan("0", "20", limit_left=Decimal(0))).total == 0
