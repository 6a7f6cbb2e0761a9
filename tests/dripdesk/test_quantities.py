from __future__ import annotations

import pytest

from dripdesk.quantities import quantities


@pytest.mark.parametrize(
    ("text", "duration"),
    [
        ("does it take 30 minutes", "PT30M"),
        ("I have 45min for lunch", "PT45M"),
        ("a 2-hour drip", "PT2H"),
        ("4hrs is too long", "PT4H"),
        ("only an hour", "PT1H"),
        ("half an hour or so", "PT0.5H"),
        ("two and a half hours", "PT2.5H"),
        ("an hour and a half", "PT1.5H"),
        ("1 1/2 hours", "PT1.5H"),
        ("1.5 hrs", "PT1.5H"),
        ("forty five minutes", "PT45M"),
        ("a couple of hours", "PT2H"),
        ("in three days", "P3D"),
        ("every 6 weeks", "P6W"),
        ("for a week", "P1W"),
        ("eighteen months ago", "P18M"),
        ("half a year", "P0.5Y"),
        ("TWO  HOURS", "PT2H"),
    ],
)
def test_duration(text: str, duration: str) -> None:
    assert [(q.kind, q.value) for q in quantities(text)] == [("duration", duration)]


@pytest.mark.parametrize(
    ("text", "money"),
    [
        ("is $250 normal", "250"),
        ("they said $1,200.50", "1200.5"),
        ("a $4k bill", "4000"),
        ("300 dollars", "300"),
        ("two hundred and fifty bucks", "250"),
        ("1,500 usd", "1500"),
        ("5 k dollars", "5000"),
        ("Twelve Hundred Dollars", "1200"),
    ],
)
def test_money(text: str, money: str) -> None:
    assert [(q.kind, q.value) for q in quantities(text)] == [("money", money)]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "twice a day",
        "once a week",
        "3 times a month",
        "every day",
        "call 914-555-0142",
        "I am 72",
        "one of the nurses",
        "the day of my visit",
        "room 12",
        "20 percent",
        "five six hours",
        "four and sixty seven dollars",
        "0 minutes",
        "$",
    ],
)
def test_neither(text: str) -> None:
    assert list(quantities(text)) == []


def test_each_is_found_where_it_stands() -> None:
    text = "they want $300 for two hours, or 90 dollars for 20 min"
    found = [(text[q.start : q.end], q.value) for q in quantities(text)]
    assert found == [
        ("two hours", "PT2H"),
        ("20 min", "PT20M"),
        ("$300", "300"),
        ("90 dollars", "90"),
    ]
