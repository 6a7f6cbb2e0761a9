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
        """Say the text of the intent's level, or the one just said; withdraw what was offered."""
        level = tracker.latest_message["intent"]["name"]
        group = _told_of(tracker, level) or level
        in_spanish = is_spanish(tracker.latest_message.get("text") or "")
        channel = tracker.get_latest_input_channel() or "web"
        for text in safety_texts.danger(level, group, channel, live.facts(), in_spanish):
            dispatcher.utter_message(text=text)
        return [SlotSet("offer", NO_OFFER)]


def _told_of(tracker: Tracker, level: str) -> str | None:
    """Return the group of signs that the message before told of, if it was of this level."""
    said = [event for event in tracker.events if event["event"] == "bot"]
    about: dict[str, Any] = (said[-1].get("metadata") or {}) if said else {}
    return about.get("group") if about.get("danger") == level else None
