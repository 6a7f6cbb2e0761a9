from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from dripdesk.fact_types import Notice
from dripdesk.facts import Fact, FactBook, Field, Source
from dripdesk.render import about, choose, fill, pick, render, turn

DAY = date(2026, 11, 22)
WIFI = Fact("wifi", Field("yes_no", "amenity"), True, "S01", DAY)
PHONE = Fact("phone", Field("phone", "contact", when_unknown="the number on your card"))


def book(*facts: Fact, today: date = DAY) -> FactBook:
    sources = {"S01": Source("S01", "the web page", "us"), "S02": Source("S02", "a study", "x")}
    return FactBook({fact.name: fact for fact in (PHONE, *facts)}, sources, today=lambda: today)


def response(text: str, **metadata: Any) -> list[dict[str, Any]]:
    return [{"text": text, "metadata": metadata}, {"text": f"sms {text}", "channel": "sms"}]


RESPONSES = {
    "utter_wifi": response("Yes.", needs=["wifi"]),
    "utter_wifi_no": response("No."),
    "utter_wifi_unknown": response("I do not know. Call {phone}."),
    "utter_wifi_expired": response("From {checked_on}.", needs=["wifi"]),
}


@pytest.mark.parametrize(
    ("wifi", "today", "name"),
    [
        (WIFI, DAY, "utter_wifi"),
        (replace(WIFI, value=False), DAY, "utter_wifi_no"),
        (replace(WIFI, value=None), DAY, "utter_wifi_unknown"),
        (replace(WIFI, conflict=True), DAY, "utter_wifi_unknown"),
        (WIFI, date(2028, 1, 1), "utter_wifi_expired"),
    ],
)
def test_the_state_chooses_the_variant(wifi: Fact, today: date, name: str) -> None:
    assert choose(RESPONSES, "utter_wifi", book(wifi, today=today)) == name


def test_an_unknown_phone_silences_nothing() -> None:
    responses = {"utter_x": response("Call {phone}.")}
    assert render(responses, "utter_x", "web", book()) == ["Call the number on your card."]
    assert render(responses, "utter_x", "sms", book()) == ["sms Call the number on your card."]


def test_otherwise_says_less_where_something_is_unknown() -> None:
    responses = {
        "utter_x": response("{a} and {b}", otherwise="utter_x_less"),
        "utter_x_less": response("{a}", otherwise="utter_x_unknown"),
        "utter_x_unknown": response("nothing"),
    }
    a = Fact("a", Field("text", "drug"), "A", "S01", DAY)
    b = replace(a, name="b", value="B")
    nothing = replace(a, value=None)
    assert choose(responses, "utter_x", book(a, b)) == "utter_x"
    assert choose(responses, "utter_x", book(a, replace(b, value=None))) == "utter_x_less"
    assert choose(responses, "utter_x", book(nothing, b)) == "utter_x_unknown"


def test_a_notice_comes_first_and_what_follows_comes_last() -> None:
    notice = Fact("notice", Field("notices", "notice"), (Notice("Snow.", DAY, DAY),), "S01", DAY)
    responses = RESPONSES | {
        "utter_notice": response("Please note: {notice}"),
        "utter_hours": response("Nine.", notice=True, then="utter_wifi"),
    }
    assert turn(responses, "utter_hours", book(WIFI, notice)) == [
        "utter_notice",
        "utter_hours",
        "utter_wifi",
    ]
    assert turn(responses, "utter_hours", book(WIFI, replace(notice, value=None))) == [
        "utter_hours",
        "utter_wifi",
    ]


def test_only_the_facts_told_are_recorded() -> None:
    name = Fact("name", Field("text", "identity"), "Fuse", "S01", DAY)
    text, told = fill({"text": "{name}: {phone} {slot}"}, book(name, WIFI), {"slot": "x"})
    assert text == "Fuse: the number on your card x"
    assert told == {
        "name": {
            "value": "Fuse",
            "state": "unreviewed",
            "source": "S01",
            "as_of": "2026-11-22",
        }
    }


def test_where_it_comes_from_is_told_by_name_and_oldest_day() -> None:
    old = Fact("old", Field("text", "education"), "x", "S02", date(2026, 1, 5))
    variation = {
        "text": "{old}. From {sources}, {as_of}.",
        "metadata": {"source": "S01", "as_of": "2026-11-22"},
    }
    text, _ = fill(variation, book(old))
    assert text == "x. From the web page and a study, January 5, 2026."


SIGNED: dict[str, Any] = {"reviewed_on": date(2026, 11, 23), "reviewed_by": "Ann"}


@pytest.mark.parametrize(
    ("facts", "metadata", "reviewed_on"),
    [
        ([replace(WIFI, **SIGNED)], {}, "November 23, 2026"),
        ([WIFI], {}, None),
        ([replace(WIFI, **SIGNED), Fact("tv", WIFI.field, True, "S01", DAY)], {}, None),
        # The text says something of its own, which nobody signed.
        ([replace(WIFI, **SIGNED)], {"source": "S02"}, None),
    ],
)
def test_reviewed_is_said_only_where_somebody_signed_all_of_it(
    facts: list[Fact], metadata: dict[str, Any], reviewed_on: str | None
) -> None:
    needs = [fact.name for fact in facts]
    variation = {"text": "Yes.", "metadata": {**metadata, "needs": needs}}
    told = about(variation, book(*facts))
    assert told.get("reviewed_on") == reviewed_on
    assert told["as_of"] == "November 22, 2026"


def test_where_nobody_knows_nothing_is_said_of_it() -> None:
    assert about({"text": "Hello."}, book()) == {}
    variation = {"text": "I do not know.", "metadata": {"needs": ["wifi"]}}
    assert about(variation, book(replace(WIFI, value=None))) == {}


def test_a_channel_without_a_text_of_its_own_gets_the_common_one() -> None:
    assert pick(RESPONSES, "utter_wifi", "sms")["text"] == "sms Yes."
    assert pick(RESPONSES, "utter_wifi", "collector")["text"] == "Yes."
