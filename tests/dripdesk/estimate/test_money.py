from __future__ import annotations

from decimal import Decimal

import pytest

from dripdesk.estimate.money import dollars, dollars_left


@pytest.mark.parametrize(
    ("typed", "sum_"),
    [
        ("$1,500", "1500"),
        ("3k", "3000"),
        ("about 1500.50 dollars", "1500.50"),
        ("none left", "0"),
        ("2 or 3", None),
        ("20%", None),
        ("99999999", None),
        ("-500", None),
        ("1.500", None),
        ("my B12 shot", None),
        ("fifteen hundred", "1500"),
        ("5 thousand", "5000"),
        ("none yet", None),
        ("it is not met", None),
        ("no idea", None),
        ("5-10k", None),
        ("between 500-600", None),
        ("$1.2m", None),
        ("2 million", None),
        ("two and a half thousand", None),
        ("$1,500 or so", "1500"),
    ],
)
def test_sums(typed: str, sum_: str | None) -> None:
    assert dollars(typed) == (None if sum_ is None else Decimal(sum_))


@pytest.mark.parametrize(
    ("typed", "left"),
    [
        ("500 left", "500"),
        ("I paid $500", None),
        ("i have to pay 2500 more before i hit the max", "2500"),
        ("my deductible is 3000 and ive met 1200 of it", "1800"),
        ("$3,400 is the max and shes paid 900", "2500"),
        ("met 1200 of 3000", "1800"),
        ("paid already 500 of my 2000", "1500"),
        ("2000 deductible, 450 met", "1550"),
        ("deductible 3k, 3k paid", "0"),
        ("I paid 40 last time, it's 60 now", None),
        ("paid 3000 of the 1200", None),
        ("paid 500, met 300 of it", None),
        ("deductible 3000, 20% paid", None),
        ("3000 deductible and not met 1200", None),
        ("1000 of 3000", None),
    ],
)
def test_what_is_left(typed: str, left: str | None) -> None:
    assert dollars_left(typed) == (None if left is None else Decimal(left))
