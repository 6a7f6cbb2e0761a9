"""What all forms have in common: what counts as an answer, and when to give up."""

from __future__ import annotations

from abc import ABC, abstractmethod
from typing import Any

from rasa_sdk import Tracker
from rasa_sdk.events import ActiveLoop, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from dripdesk import intents
from dripdesk.danger import LEVELS
from dripdesk.render import NO_OFFER

Events = list[dict[str, Any]]

MISSES = 3
"""So many times in a row a field is asked for in vain: then the form gives up."""
SMALL_TALK = frozenset(["greet", "goodbye", "thanks"])


class ValidateForm(ABC):
    """Reads the field that a form asks for. Rasa asks for the next; rules answer what is no answer.

    Not rasa-sdk's FormValidationAction, which needs the whole domain in each call.
    """

    form: str

    def name(self) -> str:
        """Return the name by which Rasa calls it for its form."""
        return f"validate_{self.form}"

    def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]
    ) -> Events:
        """Fill slots, ask again with a hint, or leave the message to the rules."""
        field = tracker.get_slot("requested_slot")
        text = self.typed(tracker)
        is_danger = intent(tracker) in (*LEVELS, intents.AFTER_DANGER)
        if field is None or is_danger or self.interrupts(tracker, field, text):
            return []  # it has just begun, or the rules have an answer
        filled = self.read(tracker, field, text)
        if filled is not None:
            return [*(SlotSet(name, value) for name, value in filled.items()), SlotSet("misses", 0)]
        misses = (tracker.get_slot("misses") or 0) + 1
        if misses == MISSES:
            return [SlotSet(field, None), SlotSet("misses", 0), SlotSet("requested_slot", None)]
        dispatcher.utter_message(response=self.hint(field, text))
        return [SlotSet(field, None), SlotSet("misses", misses)]

    def typed(self, tracker: Tracker) -> str:
        """Return what the patient typed."""
        return tracker.latest_message.get("text") or ""

    @abstractmethod
    def interrupts(self, tracker: Tracker, field: str, text: str) -> bool:
        """Return whether a message is no answer, but something else that the patient wants."""

    @abstractmethod
    def read(self, tracker: Tracker, field: str, text: str) -> dict[str, Any] | None:
        """Return the slots that a text fills, or None if it is no answer to be used."""

    @abstractmethod
    def hint(self, field: str, text: str) -> str:
        """Return the response that says what a field needs, and why a text was no answer."""


def intent(tracker: Tracker) -> str:
    """Return what the last message was understood as."""
    return str(tracker.latest_message["intent"]["name"])


def confidence(tracker: Tracker) -> float:
    """Return how sure that is, from 0 to 1."""
    return float(tracker.latest_message["intent"].get("confidence") or 0)


def is_topic(tracker: Tracker) -> bool:
    """Return whether the last message was understood as a question that has an answer."""
    return intents.is_topic(intent(tracker))


def closed(fields: tuple[str, ...]) -> Events:
    """Return the events by which a form is left, with what it was told and what was before it."""
    names = ("requested_slot", "misses", "topic", *fields)
    return [ActiveLoop(None), SlotSet("offer", NO_OFFER), *(SlotSet(name, None) for name in names)]
