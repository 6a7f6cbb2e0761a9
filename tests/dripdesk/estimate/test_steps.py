from __future__ import annotations

from decimal import Decimal

import pytest

from dripdesk.estimate.share import Plan, share
from dripdesk.estimate.steps import show, steps


@pytest.mark.parametrize(
    ("allowed", "deductible", "rate", "limit", "endings"),
    [
        (3140, 283, 20, None, ["deductible", "coinsurance", "sum"]),
        (3140, 0, 20, None, ["deductible_paid", "coinsurance"]),
        (150, 283, 20, None, ["deductible_all"]),
        (150, 150, 20, None, ["deductible_all"]),
        (6000, 1500, 20, 4000, ["deductible", "coinsurance", "sum", "within_limit"]),
        (6000, 0, 20, 400, ["deductible_paid", "coinsurance", "limit"]),
    ],
)
def test_the_steps_of_a_sum(
    allowed: int, deductible: int, rate: int, limit: int | None, endings: list[str]
) -> None:
    left = None if limit is None else Decimal(limit)
    plan = Plan(Decimal(deductible), Decimal(rate), limit_left=left)
    found = steps(share(Decimal(allowed), plan), plan)
    assert [ending for ending, _ in found] == endings


def test_an_unknown_limit_is_said_to_be_left_out() -> None:
    plan = Plan(Decimal(0), copay=Decimal(40))
    *_, copay, last = steps(share(Decimal(500), plan), plan, is_limit_unknown=True)
    assert copay == ("copay", {"rest": "$500", "part": "$40"})
    assert last == ("limit_unknown", {})


def test_a_sum_as_people_write_it() -> None:
    assert [show(Decimal(one)) for one in ("2857", "854.4")] == ["$2,857", "$854.40"]
