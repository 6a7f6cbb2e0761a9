"""Says the safety text of a danger intent, where a message reaches Rasa with one."""

from __future__ import annotations

from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.answer import NO_OFFER
from dripdesk import live, safety_texts
from dripdesk.language import is_spanish


class ActionSafety(Action):
    """The last of three nets: the safety screen and the reader see every message before Rasa."""

    def name(self) -> str:
        """Return the name by which rules call it."""
        return "action_safety"

    def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]
    ) -> list[dict[str, Any]]:
        """Say the text of the intent's level, and withdraw what was offered."""
        level = tracker.latest_message["intent"]["name"]
        in_spanish = is_spanish(tracker.latest_message.get("text") or "")
        channel = tracker.get_latest_input_channel() or "web"
        for text in safety_texts.danger(level, level, channel, live.facts(), in_spanish):
            dispatcher.utter_message(text=text)
        return [SlotSet("offer", NO_OFFER)]
