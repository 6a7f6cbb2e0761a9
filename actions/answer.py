"""Answers a question with the topic's text that today's facts allow."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import SlotSet
from rasa_sdk.executor import CollectingDispatcher

from dripdesk import live
from dripdesk.facts import FactBook
from dripdesk.render import Responses, choose, metadata

NO_OFFER = "none"
NOTICE = "utter_notice"


class ActionAnswer(Action):
    """Says the response of the intent, a current notice first where the topic asks for one."""

    def __init__(
        self,
        facts: Callable[[], FactBook] = live.facts,
        responses: Callable[[], Responses] = live.responses,
    ) -> None:
        self._facts = facts
        self._responses = responses

    def name(self) -> str:
        """Return the name by which rules and stories call it."""
        return "action_answer"

    def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]
    ) -> list[dict[str, Any]]:
        """Name the response, and remember what was talked about and what was offered."""
        topic = tracker.latest_message["intent"]["name"]
        responses, facts = self._responses(), self._facts()
        base = f"utter_{topic}"
        about = metadata(responses[base][0])
        if about.get("notice") and facts.state("notice").spoken:
            dispatcher.utter_message(response=NOTICE)
        chosen = choose(responses, base, facts)
        dispatcher.utter_message(response=chosen)
        return [
            SlotSet("topic", topic),
            SlotSet("treatment", about.get("treatment")),
            SlotSet("offer", metadata(responses[chosen][0]).get("offer", NO_OFFER)),
        ]
