"""What patients type for an estimate: what is surely meant, and what may be either."""

from __future__ import annotations

import pytest

from dripdesk.estimate.answers import answer, changed, first, is_unknown
from dripdesk.estimate.slots import ALLOWED, DEDUCTIBLE, FIELDS, INSURER, LIMIT, SHARE

TOLD = dict(zip(FIELDS, ("private", "4000", "400", "20%", None), strict=True))


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        (
            "my deductible is $500 and I pay 20%, what's my share of 3000?",
            {DEDUCTIBLE: "500", SHARE: "20%", ALLOWED: "3000"},
        ),
        (
            "With $400 left on my deductible and a $6,000 charge, work out my portion.",
            {DEDUCTIBLE: "400", ALLOWED: "6000"},
        ),
        (
            "$250 of deductible remaining, then fifteen percent of $3,800",
            {DEDUCTIBLE: "250", SHARE: "15%", ALLOWED: "3800"},
        ),
        ("I have Medicare and met my deductible", {INSURER: "medicare", DEDUCTIBLE: "0"}),
        ("My plan covers 80 percent, what's mine?", {SHARE: "20%"}),
        (
            "calc my share, $40 copay, 600 left to my out-of-pocket max",
            {SHARE: "$40", LIMIT: "600"},
        ),
        # What is left is not told.
        ("My deductible is $1,500, I've met $900; work out my share", {}),
        ("my maximum is 6,000, estimate it", {}),
        ("once I've met my deductible, what do I pay?", {}),
        # Not sums of money.
        ("what do I owe for 2 infusions in 2026", {}),
        ("work out my share for B12 every 8 weeks", {}),
        ("I've met 50% of my deductible", {}),
        ("I have medicare and medicaid", {}),
    ],
)
def test_a_first_message(typed: str, found: dict[str, str]) -> None:
    assert first(typed) == found


@pytest.mark.parametrize(
    ("field", "typed", "filled"),
    [
        (INSURER, "no, through work", {INSURER: "private"}),
        (INSURER, "idk", {INSURER: "unknown"}),
        (INSURER, "Medicare, deductible is met", {INSURER: "medicare", DEDUCTIBLE: "0"}),
        (INSURER, "purple", None),
        (INSURER, "aetna ppo, deductible 2000, i paid 500 so far", {INSURER: "private"}),
        (ALLOWED, "5-10k", None),
        (ALLOWED, "3000 and my out of pocket max is 5000, i spent 4800", None),
        (ALLOWED, "fifteen hundred", {ALLOWED: "1500"}),
        (ALLOWED, "3 thousand", {ALLOWED: "3000"}),
        (ALLOWED, "0", None),
        (ALLOWED, "-500", None),
        (ALLOWED, "1.500", None),  # a thousand and a half, or one and a half?
        (DEDUCTIBLE, "about 283 dollars", {DEDUCTIBLE: "283"}),
        (DEDUCTIBLE, "it is met", {DEDUCTIBLE: "0"}),
        (DEDUCTIBLE, "I haven't met it", None),
        (DEDUCTIBLE, "none yet", None),
        (DEDUCTIBLE, "we don't have a deductible", {DEDUCTIBLE: "0"}),
        (DEDUCTIBLE, "they pay 80", None),
        (DEDUCTIBLE, "i don't have a deductible number in front of me", None),
        (DEDUCTIBLE, "i have to pay 800 more before insurance pays", {DEDUCTIBLE: "800"}),
        (DEDUCTIBLE, "I paid 500 so far", None),
        (DEDUCTIBLE, "500 of 1500", None),
        (DEDUCTIBLE, "sorry, I meant 3000", {ALLOWED: "3000"}),
        (SHARE, "20", None),
        (SHARE, "150%", None),
        (SHARE, "twenty percent", {SHARE: "20%"}),
        (SHARE, "my plan pays 80%", {SHARE: "20%"}),
        (SHARE, "$40 or 20%", None),
        (SHARE, "$40 copay after a deductible of 500", {SHARE: "$40", DEDUCTIBLE: "500"}),
        (SHARE, "no, the deductible was 500", {DEDUCTIBLE: "500"}),
        (SHARE, "no deductible", {DEDUCTIBLE: "0"}),
        (SHARE, "actually I have medicare", {INSURER: "medicare"}),
        (SHARE, "my insurance is wrong", {INSURER: None}),
        (LIMIT, "none", None),  # no limit, or nothing left to it?
        (LIMIT, "my plan has no limit", {LIMIT: "does not apply"}),
        (LIMIT, "my plan doesn't have a limit", {LIMIT: "does not apply"}),
        (LIMIT, "it doesnt have one", {LIMIT: "does not apply"}),
        (LIMIT, "yes it has a limit", None),
        (LIMIT, "it has one", None),
        (LIMIT, "$3,400 is the max and shes paid 900", {LIMIT: "2500"}),
        (LIMIT, "my deductible is 3000 and ive met 1200 of it", None),
        (DEDUCTIBLE, "my deductible is 3000 and ive met 1200 of it", {DEDUCTIBLE: "1800"}),
        (LIMIT, "I hit it", {LIMIT: "0"}),
        (LIMIT, "I haven't hit it", None),
        (LIMIT, "they pay 80", None),  # nobody says that of what is left to a limit
        (LIMIT, "flat 60 dollars per visit", None),
        (LIMIT, "not sure", {LIMIT: "unknown"}),
        (LIMIT, "sorry I meant 30%", {SHARE: "30%"}),
        (LIMIT, "the deductible is wrong", {DEDUCTIBLE: None}),
        (LIMIT, "I don't know the deductible", {DEDUCTIBLE: "unknown"}),
    ],
)
def test_an_answer_or_a_correction(
    field: str, typed: str, filled: dict[str, str | None] | None
) -> None:
    assert answer(field, typed, TOLD) == filled


def test_after_a_miss_what_is_meant_is_the_field_that_is_asked_for() -> None:
    assert answer(DEDUCTIBLE, "I meant 300", TOLD, has_missed=True) == {DEDUCTIBLE: "300"}


@pytest.mark.parametrize("typed", ["idk", "I don't know", "not sure", "??", "no clue"])
def test_not_to_know_is_an_answer(typed: str) -> None:
    assert is_unknown(typed)


@pytest.mark.parametrize("typed", ["what does that mean?", "why?", "is it 500?"])
def test_a_question_is_not(typed: str) -> None:
    assert not is_unknown(typed)


MADE = {
    "estimate_insurer": "private",
    "estimate_allowed": "1200",
    "estimate_deductible": "283",
    "estimate_share": "20%",
    "estimate_limit": "does not apply",
}


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("what if the allowed amount is 1300", {"estimate_allowed": "1300"}),
        ("go back, deductible left is 700 not 500", {"estimate_deductible": "700"}),
        ("so if the coinsurance is 30 instead?", {"estimate_share": "30%"}),
        ("ok what if the copay is $50", {"estimate_share": "$50"}),
        ("sorry, the yearly limit is 5000", {"estimate_limit": "5000"}),
        ("what if it is 1300 instead of 1200", {"estimate_allowed": "1300"}),
        ("i have paid the 283 already", {"estimate_deductible": "0"}),
        ("and the infusion costs 2400", {"estimate_allowed": "2400"}),
        ("if the plan is medicaid instead?", {"estimate_insurer": "medicaid"}),
        ("are you in network with medicare", {}),
        ("so I pay 900 not 1200?", {"estimate_allowed": "900"}),
        ("15 instead of 20", {"estimate_share": "15%"}),
        ("are you 100% sure", {}),
        ("do you charge $50 for a no-show", {}),
        ("i want another estimate, my mom has medicare", {}),
        ("what if it is 1300", {}),
        ("what if my deductible is paid", {"estimate_deductible": "0"}),
        (
            "actually visit is 5000 and deductible is 0",
            {"estimate_allowed": "5000", "estimate_deductible": "0"},
        ),
        ("the allowed amount is 1200", {}),
        ("thanks a lot", {}),
    ],
)
def test_what_is_changed_of_an_estimate(text: str, found: dict[str, str]) -> None:
    assert changed(text, MADE) == found


def test_one_question_back_empties_the_field_before() -> None:
    told = {**MADE, "estimate_share": None}
    assert answer("estimate_share", "go back please", told) == {"estimate_deductible": None}
    assert answer("estimate_allowed", "can i go back", told) == {"estimate_insurer": None}
    assert answer("estimate_insurer", "go back", dict.fromkeys(MADE)) is None


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("500 left and i pay 20%", {"estimate_deductible": "500", "estimate_share": "20%"}),
        ("my coinsurance is 20% after 3 visits", {"estimate_share": "20%"}),
        ("20% coinsurance, i turned 65", {"estimate_share": "20%"}),
    ],
)
def test_a_figure_that_stands_alone_beside_another(text: str, found: dict[str, str]) -> None:
    assert answer("estimate_deductible", text, {**MADE, "estimate_share": None}) == found


def test_the_kind_of_insurance_stands_before_the_figures() -> None:
    found = answer("estimate_insurer", "employer, 2500 allowed", dict.fromkeys(MADE))
    assert found == {"estimate_insurer": "private", "estimate_allowed": "2500"}


@pytest.mark.parametrize("text", ["it is paid, i met it in January", "already paid", "she met it"])
def test_a_deductible_that_is_paid(text: str) -> None:
    assert answer("estimate_deductible", text.split(",")[0], MADE) == {"estimate_deductible": "0"}


@pytest.mark.parametrize(
    "text", ["is it paid by my plan", "not paid yet", "who pays it", "we pay all", "paid in part"]
)
def test_a_deductible_that_may_not_be_paid(text: str) -> None:
    assert answer("estimate_deductible", text, MADE) is None
