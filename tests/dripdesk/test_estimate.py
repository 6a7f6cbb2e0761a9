"""The sums are worked by hand; the first six are those by which the formula was agreed."""

from __future__ import annotations

from decimal import Decimal

import pytest

from dripdesk.estimate import (
    Plan,
    dollars,
    insurer,
    is_unknown,
    percent_or_copay,
    plan_of,
    share,
    show,
)


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
    ("typed", "found"),
    [
        ("20%", (Decimal(20), None)),
        ("twenty? no, 20 percent", (Decimal(20), None)),
        ("$40", (Decimal(0), Decimal(40))),
        ("40 dollar copay", (Decimal(0), Decimal(40))),
        ("20", None),  # percent or dollars?
        ("it covers 80%", (Decimal(20), None)),
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
    assert insurer(typed) == kind


@pytest.mark.parametrize("typed", ["idk", "I don't know", "not sure", "??", "no clue"])
def test_not_to_know_is_an_answer(typed: str) -> None:
    assert is_unknown(typed)


@pytest.mark.parametrize("typed", ["what does that mean?", "why?", "is it 500?"])
def test_a_question_is_not(typed: str) -> None:
    assert not is_unknown(typed)


def test_a_plan_from_what_was_told() -> None:
    told = {
        "estimate_deductible": "100",
        "estimate_share": "$40",
        "estimate_limit": "unknown",
    }
    assert plan_of(told) == plan("100", copay=Decimal(40))


def test_a_sum_as_people_write_it() -> None:
    assert [show(Decimal(one)) for one in ("2857", "854.4")] == ["$2,857", "$854.40"]
