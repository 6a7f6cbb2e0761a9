from __future__ import annotations

from typing import Any

import pytest
from rasa_sdk import Action, Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions.offers import ActionDecline, ActionMore, ActionNeverMind
from dripdesk.render import Responses
from tests.conftest import BookOf


def run(action: Action, topic: str | None = None) -> tuple[str, Any]:
    """Return the response named, and the slot `offer` afterwards."""
    message = {"intent": {"name": "affirm"}}
    tracker = Tracker("me", {"topic": topic}, message, [], False, None, {}, "action_listen")
    dispatcher = CollectingDispatcher()
    events = action.run(dispatcher, tracker, {})
    return dispatcher.messages[0]["response"], events[0]["value"]


@pytest.mark.parametrize(
    ("action", "said"),
    [
        (ActionNeverMind(), "utter_never_mind"),
        (ActionDecline(), "utter_deny"),
    ],
)
def test_an_offer_is_done_once(action: Action, said: str) -> None:
    assert run(action) == (said, "none")


@pytest.mark.parametrize(
    ("topic", "require_review", "said"),
    [
        ("faq_infusion_duration", False, "utter_faq_infusion_duration_more"),
        ("faq_infusion_duration", True, "utter_no_more"),  # its figures await a nurse
        ("faq_bot_help", False, "utter_no_more"),
        (None, False, "utter_no_more"),
    ],
)
def test_more(
    topic: str | None, require_review: bool, said: str, book_of: BookOf, responses: Responses
) -> None:
    book = book_of("fuse", require_review=require_review)
    assert run(ActionMore(lambda: book, lambda: responses), topic) == (said, "none")
