"""The estimate on days, and at clinics, where public figures are not known."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from rasa_sdk import Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions.estimate_cost import ActionEstimateCost, ValidateEstimateCost
from actions.estimate_done import ActionEstimateDone
from dripdesk.estimate.slots import FIELDS
from dripdesk.render import Responses
from tests.conftest import TODAY, BookOf

NEXT_YEAR = date(2027, 1, 2)


def tracker(text: str, slots: dict[str, Any], channel: str = "web") -> Tracker:
    message = {"text": text, "intent": {"name": "estimate_cost", "confidence": 0.5}}
    heard = [{"event": "user", "input_channel": channel}]
    empty = dict.fromkeys(FIELDS)
    return Tracker("me", {**empty, **slots}, message, heard, False, None, {}, "action_listen")


def done(responses: Responses, book: Any, *values: str | None) -> tuple[list[str], list[Any]]:
    dispatcher = CollectingDispatcher()
    told = dict(zip(FIELDS, values, strict=True))
    events = ActionEstimateDone(lambda: book, lambda: responses).run(
        dispatcher, tracker("", told), {}
    )
    return [message["response"] for message in dispatcher.messages], events


@pytest.mark.parametrize(
    ("day", "asked"),
    [(TODAY, "does not apply"), (NEXT_YEAR, None)],  # in a new year its share is asked for
)
def test_the_public_share_is_taken_in_its_year_only(
    book_of: BookOf, responses: Responses, day: date, asked: str | None
) -> None:
    action = ValidateEstimateCost(lambda: book_of("fuse", day), lambda: responses)
    told = tracker("Medicare", {"requested_slot": "estimate_insurer"})
    events = action.run(CollectingDispatcher(), told, {})
    filled = {event["name"]: event["value"] for event in events}
    assert filled["estimate_insurer"] == "medicare"
    assert filled.get("estimate_share") == asked
    assert filled["estimate_limit"] == "does not apply"


def test_without_the_public_deductible_it_is_missing(book_of: BookOf, responses: Responses) -> None:
    medicare = ("medicare", "3140", "unknown", "20%", "does not apply")
    said, _ = done(responses, book_of("fuse", NEXT_YEAR), *medicare)
    assert said == ["utter_estimate_missing"]
    said, _ = done(responses, book_of("fuse"), *medicare)
    assert said[:2] == ["utter_estimate_if_paid", "utter_estimate_if_unpaid"]
    assert "utter_estimate_public_share" not in said  # the patient told the share


@pytest.mark.parametrize(
    ("require_review", "said"),
    [(False, "utter_estimate_uninsured"), (True, "utter_estimate_uninsured_unknown")],
)
def test_rights_without_insurance_do_not_need_the_figures(
    book_of: BookOf, responses: Responses, require_review: bool, said: str
) -> None:
    book = book_of("fuse", require_review=require_review)
    assert done(responses, book, "none", *["does not apply"] * 4)[0] == [said]


def test_a_call_back_is_offered_and_the_figures_stay_for_a_change(
    book_of: BookOf, responses: Responses
) -> None:
    private = ("private", "500", "0", "$40", "unknown")
    _, events = done(responses, book_of("fuse"), *private)
    slots = {event["name"]: event["value"] for event in events if event["event"] == "slot"}
    assert slots["offer"] == "callback"
    assert not slots.keys() & {*FIELDS}


@pytest.mark.parametrize(
    ("channel", "said", "next_action"),
    [("web", "utter_estimate_begin", "estimate_cost_form"), ("sms", "utter_estimate_by_phone", "")],
)
def test_the_form_begins_on_the_web_only(
    book_of: BookOf, responses: Responses, channel: str, said: str, next_action: str
) -> None:
    dispatcher = CollectingDispatcher()
    action = ActionEstimateCost(lambda: book_of("fuse"), lambda: responses)
    events = action.run(dispatcher, tracker("my share please", {}, channel), {})
    assert [message["response"] for message in dispatcher.messages] == [said]
    followed = [event["name"] for event in events if event["event"] == "followup"]
    assert followed == ([next_action] if next_action else [])


def test_an_estimate_for_another_begins_with_no_figures_of_the_first(
    book_of: BookOf, responses: Responses
) -> None:
    action = ActionEstimateCost(lambda: book_of("fuse"), lambda: responses)
    made = dict(zip(FIELDS, ("private", "1200", "300", "20%", "4000"), strict=True))

    def slots(text: str) -> dict[str, Any]:
        events = action.run(CollectingDispatcher(), tracker(text, made), {})
        found = {event["name"]: event["value"] for event in events if event["event"] == "slot"}
        return {field: found[field] for field in FIELDS}

    assert slots("what if the allowed amount is 900") == {**made, "estimate_allowed": "900"}
    other = slots("please work it out for my mom, the plan allows 3000")
    assert other == {**dict.fromkeys(FIELDS), "estimate_allowed": "3000"}
