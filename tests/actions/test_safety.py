from __future__ import annotations

import pytest
from rasa_sdk import Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions.safety import ActionAfterDanger, ActionSafety


def said(level: str, text: str, channel: str) -> tuple[list[str], list[dict[str, object]]]:
    """Return what is said to a message that Rasa takes for a level of danger, and the events."""
    message = {"intent": {"name": level}, "text": text}
    spoken = {"event": "user", "input_channel": channel}
    tracker = Tracker("me", {}, message, [spoken], False, None, {}, "action_listen")
    dispatcher = CollectingDispatcher()
    done = ActionSafety().run(dispatcher, tracker, {})
    return [one["text"] for one in dispatcher.messages], done


@pytest.mark.parametrize(
    ("level", "begins"),
    [
        ("emergency", "Call 911 now."),
        ("crisis", "I am sorry it is so hard; call or text 988 now"),
        ("poison", "Call Poison Help now at 1-800-222-1222"),
        ("urgent_today", "Call 914-460-4891 today and ask for a nurse"),
    ],
)
def test_each_level_has_its_text(level: str, begins: str) -> None:
    (text,), events = said(level, "help", "web")
    assert text.startswith(begins)
    assert events == [{"event": "slot", "timestamp": None, "name": "offer", "value": "none"}]


def test_sms_and_spanish() -> None:
    (spanish, english), _ = said("emergency", "no puedo respirar", "sms")
    assert spanish.startswith("Llame al 911 ahora.")
    assert "No nurse reads" in english


@pytest.mark.parametrize(
    ("group", "number"),
    [("active_harm", "988"), ("allergic", "on the line or with you")],
)
def test_what_follows_is_about_the_danger_that_was_told_of(group: str, number: str) -> None:
    told = {"intent": {"name": "emergency"}}
    events = [
        {"event": "user", "input_channel": "web", "parse_data": told},
        {"event": "bot", "metadata": {"danger": "emergency", "group": group}},
        {"event": "user", "input_channel": "web", "parse_data": {"intent": {"name": "thanks"}}},
    ]
    message = {"intent": {"name": "after_danger"}, "text": "that was a joke"}
    tracker = Tracker("me", {}, message, events, False, None, {}, "action_listen")
    dispatcher = CollectingDispatcher()
    ActionAfterDanger().run(dispatcher, tracker, {})
    (text,) = (one["text"] for one in dispatcher.messages)
    assert number in text
    assert "911" in text
