"""What happens after "yes", "no" or "more": the thing last offered is done, once."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.answer import NO_OFFER
from dripdesk import live
from dripdesk.facts import FactBook
from dripdesk.render import Responses, choose


class ActionMore(Action):
    """Says the longer layer of the topic just talked about."""

    def __init__(
        self,
        facts: Callable[[], FactBook] = live.facts,
        responses: Callable[[], Responses] = live.responses,
    ) -> None:
        self._facts = facts
        self._responses = responses

    def name(self) -> str:
        """Return the name by which rules and stories call it."""
        return "action_more"

    def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]
    ) -> list[dict[str, Any]]:
        """Name the `_more` response, or the one that says there is no more."""
        responses, drug = self._responses(), tracker.get_slot("drug")
        layer = f"utter_{tracker.get_slot('topic')}_more"
        facts = self._facts().about_drug(drug)
        if layer in responses and choose(responses, layer, facts) == layer:
            dispatcher.utter_message(response=layer, **({"drug": drug} if drug else {}))
        else:
            dispatcher.utter_message(response="utter_no_more")
        return [SlotSet("offer", NO_OFFER)]


class ActionEstimateCost(Action):
    """Says what an estimate of the patient's share needs."""

    def name(self) -> str:
        """Return the name by which rules and stories call it."""
        return "action_estimate_cost"

    def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]
    ) -> list[dict[str, Any]]:
        """Name the response; the offer has been taken up."""
        dispatcher.utter_message(response="utter_estimate_cost")
        return [SlotSet("offer", NO_OFFER)]


class ActionRequestCallback(Action):
    """Says how the clinic can call the patient."""

    def name(self) -> str:
        """Return the name by which rules and stories call it."""
        return "action_request_callback"

    def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]
    ) -> list[dict[str, Any]]:
        """Name the response; the offer has been taken up."""
        dispatcher.utter_message(response="utter_request_callback")
        return [SlotSet("offer", NO_OFFER)]


class ActionDecline(Action):
    """Takes "no" for an answer."""

    def name(self) -> str:
        """Return the name by which rules and stories call it."""
        return "action_decline"

    def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]
    ) -> list[dict[str, Any]]:
        """Name the response; the offer is gone."""
        dispatcher.utter_message(response="utter_deny")
        return [SlotSet("offer", NO_OFFER)]
