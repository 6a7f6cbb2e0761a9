from __future__ import annotations

import pytest

from dripdesk.estimate.insurance import answered


@pytest.mark.parametrize(
    ("typed", "kind"),
    [
        ("Medicare", "medicare"),
        ("medicare advantage hmo", "medicare_advantage"),
        ("medi-cal", "medicaid"),
        ("thru my husbands job", "private"),
        ("i dont have any", "none"),
        ("no", "none"),
        ("i don't have medicare, i have aetna", "private"),
        ("no, i have aetna", "private"),
        ("i have aetna, no referral needed", "private"),
        ("not medicare", None),
        ("i lost my job", None),
        ("I'm unemployed", None),
        ("purple", None),
    ],
)
def test_kinds_of_insurance(typed: str, kind: str | None) -> None:
    assert answered(typed) == kind
