"""Says that a message was not understood, and offers a way on."""

from __future__ import annotations

from collections.abc import Callable
from itertools import islice, takewhile
from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import FollowupAction, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from dripdesk import live
from dripdesk.language import is_spanish
from dripdesk.render import NO_OFFER, Responses, metadata

MOST_READINGS = 3
QUIET_ACTIONS = {"action_listen", "action_session_start"}


class ActionUnsure(Action):
    """Offers the likeliest topics; after a second miss in a row a call back."""

    def __init__(self, responses: Callable[[], Responses] = live.responses) -> None:
        self._responses = responses

    def name(self) -> str:
        """Return the name by which config.yml and rules call it."""
        return "action_unsure"

    def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]
    ) -> list[dict[str, Any]]:
        """Name the response, then wait: as the core fallback it would else run ten times."""
        readings, offer = self._readings(tracker), NO_OFFER
        if is_spanish(tracker.latest_message.get("text") or ""):
            dispatcher.utter_message(response="utter_spanish")
        elif misses_in_a_row(tracker) % 2:
            dispatcher.utter_message(response="utter_unsure_again")
            offer = "callback"
        elif tracker.latest_message["intent"]["name"] in ("affirm", "deny") or not readings:
            dispatcher.utter_message(response="utter_nothing_offered")
        else:
            dispatcher.utter_message(response="utter_unsure", buttons=readings)
        return [SlotSet("offer", offer), FollowupAction("action_listen")]

    def _readings(self, tracker: Tracker) -> list[dict[str, str]]:
        """Return the likeliest topics as buttons."""
        ranking = tracker.latest_message.get("intent_ranking") or []
        responses = self._responses()
        topics = (entry["name"] for entry in ranking if f"utter_{entry['name']}" in responses)
        faqs = (topic for topic in topics if topic.startswith("faq_"))
        return [
            {"title": metadata(responses[f"utter_{topic}"][0])["title"], "payload": f"/{topic}"}
            for topic in islice(faqs, MOST_READINGS)
        ]


def misses_in_a_row(tracker: Tracker) -> int:
    """Return how many turns just before this one ended in this action."""
    actions = [event["name"] for event in tracker.events if event.get("event") == "action"]
    spoken = [name for name in reversed(actions) if name not in QUIET_ACTIONS]
    return len(list(takewhile(lambda name: name == "action_unsure", spoken)))
