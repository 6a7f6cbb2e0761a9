from __future__ import annotations

from typing import Any

import pytest

from dripdesk.fact_types import DAYS, TYPES, show_list, show_number, show_phone


@pytest.mark.parametrize(
    ("kind", "value", "shown"),
    [
        ("phone", "+19144604891", "914-460-4891"),
        ("text", "  Fuse Infusion ", "Fuse Infusion"),
        ("yes_no", "yes", "yes"),
        ("yes_no", False, "no"),
        ("email", "desk@clinic.example", "desk@clinic.example"),
        ("url", "https://clinic.example/p", "https://clinic.example/p"),
        ("timezone", "America/New_York", "Eastern time"),
        ("timezone", "Europe/Paris", "Europe/Paris"),
        ("list", ["a"], "a"),
        ("list", ["a", "b"], "a and b"),
        ("list", ["a", "b", "c"], "a, b and c"),
        ("number", 30, "30"),
    ],
)
def test_a_value_is_shown(kind: str, value: Any, shown: str) -> None:
    assert TYPES[kind].show(TYPES[kind].parse(value)) == shown


@pytest.mark.parametrize(
    ("value", "unit", "shown"),
    [
        (30, "minutes", "30 minutes"),
        (1, "days", "1 day"),
        ([2, 4], "hours", "2 to 4 hours"),
        (2.5, "hours", "2.5 hours"),
        (664, "USD", "$664"),
        (10600, "USD", "$10,600"),
        (133.5, "USD", "$133.50"),
        (20, "percent", "20%"),
        (2017, "year", "2017"),
        (100, "", "100"),
    ],
)
def test_a_number_is_shown_with_its_unit(value: Any, unit: str, shown: str) -> None:
    assert show_number(TYPES["number"].parse(value), unit) == shown


def test_a_phone_number_is_shown_as_people_write_it() -> None:
    assert show_phone("+19145550133") == "914-555-0133"
    assert show_phone("+442079460958") == "+44 20 7946 0958"


def test_items_with_commas_are_joined_by_semicolons() -> None:
    assert show_list(("IV, slow", "IM", "SC")) == "IV, slow; IM; and SC"


def test_opening_hours_join_days_that_are_alike() -> None:
    week = dict.fromkeys(DAYS, "08:00-17:00") | {
        "wednesday": "08:30-12:00, 13:00-20:00",
        "saturday": "closed",
        "sunday": "closed",
    }
    assert TYPES["opening_hours"].show(TYPES["opening_hours"].parse(week)) == (
        "Monday to Tuesday 8 am to 5 pm, Wednesday 8:30 am to noon and 1 pm to 8 pm, "
        "Thursday to Friday 8 am to 5 pm, Saturday to Sunday closed"
    )


@pytest.mark.parametrize(
    ("kind", "value", "mend"),
    [
        ("phone", "914 460 4891", '"+1" and ten digits'),
        ("phone", 19144604891, '"+1" and ten digits'),
        ("phone", "+11234567890", '"+1" and ten digits'),
        ("text", "TBD", "write null"),
        ("text", "n/a", "write null"),
        ("text", " ", "write null"),
        ("yes_no", "maybe", "yes, no, or null"),
        ("email", "desk at clinic", "not an e-mail"),
        ("url", "http://clinic.example", "https://"),
        ("timezone", "EST5", "America/New_York"),
        ("list", [], "write null"),
        ("list", ["?"], "write null"),
        ("number", "30", "must be a number"),
        ("number", -1, "must not be negative"),
        ("number", [4, 2], "lower number comes first"),
        ("opening_hours", {"monday": "08:00-17:00"}, "all seven days"),
        ("opening_hours", dict.fromkeys(DAYS, 570), "in quotes"),
        ("opening_hours", dict.fromkeys(DAYS, "17:00-08:00"), "24-hour clock"),
        ("opening_hours", dict.fromkeys(DAYS, "25:00-26:00"), "24-hour clock"),
        ("opening_hours", dict.fromkeys(DAYS, "08:00-12:00, 11:00-13:00"), "overlaps"),
        ("notices", "snow", "list of notices"),
        ("notices", [{"text": "Snow"}], "text, from and until"),
        ("notices", [{"text": "Snow", "from": "2026-12-02", "until": "2026-12-01"}], "before it"),
        ("notices", [{"text": "Snow", "from": "Dec 2", "until": "2026-12-03"}], "not a date"),
    ],
)
def test_a_wrong_value_is_refused_with_the_mend(kind: str, value: Any, mend: str) -> None:
    with pytest.raises(ValueError, match=mend.replace("+", r"\+")):
        TYPES[kind].parse(value)
