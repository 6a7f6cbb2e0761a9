from __future__ import annotations

from decimal import Decimal

import pytest

from dripdesk.estimate.money import dollars


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
