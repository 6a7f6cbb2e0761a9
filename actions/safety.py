"""Says the safety text of a danger intent that reaches Rasa, and what follows when it is over."""

from __future__ import annotations

from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import SlotSet
from rasa_sdk.executor import CollectingDispatcher

from dripdesk import live, safety_texts
from dripdesk.danger import LEVELS
from dripdesk.intents import AFTER_DANGER
from dripdesk.language import is_spanish
from dripdesk.render import NO_OFFER


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


class ActionAfterDanger(Action):
    """Speaks to somebody who says after a safety text that help has come, or that it is over."""

    def name(self) -> str:
        """Return the name by which a rule calls it."""
        return "action_after_danger"

    def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]
    ) -> list[dict[str, Any]]:
        """Say what is still to be watched, by what was told of."""
        told = (event.get("metadata") or {} for event in reversed(tracker.events))
        named = (
            ((event.get("parse_data") or {}).get("intent") or {}).get("name")
            for event in reversed(tracker.events)
        )
        level = next((name for name in named if name in LEVELS), LEVELS[0])
        group = next((about["group"] for about in told if about.get("danger") == level), level)
        channel = tracker.get_latest_input_channel() or "web"
        dispatcher.utter_message(text=safety_texts.after(level, group, channel, live.facts()))
        return [SlotSet("offer", NO_OFFER)]


def _told_of(tracker: Tracker, level: str) -> str | None:
    """Return the group of signs that was last told of, if all since was of its level, or over."""
    for event in reversed(tracker.events):
        about: dict[str, Any] = event.get("metadata") or {}
        if event["event"] == "bot" and about.get("danger") == level:
            return str(about["group"])
        intent = (event.get("parse_data") or {}).get("intent") or {}
        if event["event"] == "user" and intent.get("name") not in (level, AFTER_DANGER):
            break
    return None
