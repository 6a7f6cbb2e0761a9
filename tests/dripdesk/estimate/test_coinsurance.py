from __future__ import annotations

from decimal import Decimal

import pytest

from dripdesk.estimate.coinsurance import percent_or_copay


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("20%", (Decimal(20), None)),
        ("twenty? no, 20 percent", (Decimal(20), None)),
        ("$40", (Decimal(0), Decimal(40))),
        ("40 dollar copay", (Decimal(0), Decimal(40))),
        ("twenty per cent", (Decimal(20), None)),
        ("it's an 80/20 plan", (Decimal(20), None)),
        ("90 / 10", (Decimal(10), None)),
        ("80/30", None),
        ("80/20 with a $40 copay", None),
        ("my visit was 03/97", None),
        ("6/10/20", None),  # a date
        ("20", None),  # percent or dollars?
        ("it covers 80%", (Decimal(20), None)),
        ("i think they pay 80%", (Decimal(20), None)),
        ("i think i pay 20%", (Decimal(20), None)),
        ("my plan makes me pay 20%", (Decimal(20), None)),
        ("80 percent is covered by them", (Decimal(20), None)),
        ("my plan covers infusions at 20% coinsurance", (Decimal(20), None)),
        ("20% coinsurance, it's covered", (Decimal(20), None)),
        ("i pay 20%, insurance covers the rest", (Decimal(20), None)),
        ("covered, 20%", None),  # whose part?
        ("20% or $40", None),
        ("I met my deductible", None),
        ("150%", None),
    ],
)
def test_coinsurance_or_copay(typed: str, found: tuple[Decimal, Decimal | None] | None) -> None:
    assert percent_or_copay(typed) == found
