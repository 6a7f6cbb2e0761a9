from __future__ import annotations

from typing import Any

import pytest
from rasa_sdk import Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions.unsure import ActionUnsure
from dripdesk.render import Responses

RANKING = ["nlu_fallback", "faq_price", "thanks", "faq_hours", "faq_phone", "faq_amenities"]


def run(
    responses: Responses,
    intent: str = "nlu_fallback",
    before: tuple[str, ...] = (),
    names: list[str] = RANKING,
) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    """Return the message named and the events, after these earlier actions."""
    message = {"intent": {"name": intent}, "intent_ranking": [{"name": name} for name in names]}
    events = [{"event": "action", "name": name} for name in before]
    tracker = Tracker("me", {}, message, events, False, None, {}, "action_listen")
    dispatcher = CollectingDispatcher()
    done = ActionUnsure(lambda: responses).run(dispatcher, tracker, {})
    return dispatcher.messages[0], done


def test_the_three_likeliest_topics_are_offered(responses: Responses) -> None:
    message, _ = run(responses)
    assert message["response"] == "utter_unsure"
    assert message["buttons"] == [
        {"title": "What it costs", "payload": "/faq_price"},
        {"title": "Opening hours", "payload": "/faq_hours"},
        {"title": "Our phone number", "payload": "/faq_phone"},
    ]


@pytest.mark.parametrize(
    ("before", "said"),
    [
        (("action_unsure", "action_listen"), "utter_unsure_again"),
        (("action_unsure", "action_listen", "action_answer", "action_listen"), "utter_unsure"),
        (("action_unsure", "action_listen", "action_unsure", "action_listen"), "utter_unsure"),
        (("action_session_start", "action_listen"), "utter_unsure"),
    ],
)
def test_never_the_same_twice_in_a_row(
    responses: Responses, before: tuple[str, ...], said: str
) -> None:
    assert run(responses, before=before)[0]["response"] == said


@pytest.mark.parametrize("intent", ["affirm", "deny"])
def test_yes_or_no_to_nothing_is_asked_back_once(responses: Responses, intent: str) -> None:
    assert run(responses, intent)[0]["response"] == "utter_nothing_offered"
    before = ("action_unsure", "action_listen")
    assert run(responses, intent, before)[0]["response"] == "utter_unsure_again"


def test_without_a_likely_topic_it_asks_openly(responses: Responses) -> None:
    message, _ = run(responses, names=["nlu_fallback"])
    assert message["response"] == "utter_nothing_offered"
    assert not message["buttons"]


def test_it_ends_the_turn_and_takes_the_offer_away(responses: Responses) -> None:
    events = run(responses)[1]
    assert {"event": "followup", "timestamp": None, "name": "action_listen"} in events
    assert any(event.get("name") == "offer" and event["value"] == "none" for event in events)


def test_after_a_second_miss_a_call_back_is_offered(responses: Responses) -> None:
    events = run(responses, before=("action_unsure", "action_listen"))[1]
    assert any(one.get("name") == "offer" and one["value"] == "callback" for one in events)
