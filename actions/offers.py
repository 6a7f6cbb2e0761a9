"""What happens after "yes", "no" or "more": the thing last offered is done, once."""

from __future__ import annotations

from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions import estimate_cost, request_callback
from actions.answer import FromFacts
from actions.forms import closed
from dripdesk import live
from dripdesk.estimate.slots import FIELDS as ESTIMATE_FIELDS
from dripdesk.render import NO_OFFER, more


class ActionMore(FromFacts, Action):
    """Says the longer layer of the topic just talked about."""

    def name(self) -> str:
        """Return the name by which rules and stories call it."""
        return "action_more"

    def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]
    ) -> list[dict[str, Any]]:
        """Name the `_more` response, or the one that says there is no more."""
        responses, drug = self._responses(), tracker.get_slot("drug")
        facts = self._facts().about_drug(drug)
        if layer := more(responses, f"utter_{tracker.get_slot('topic')}", facts):
            dispatcher.utter_message(response=layer, **({"drug": drug} if drug else {}))
        else:
            dispatcher.utter_message(response="utter_no_more")
        return [SlotSet("offer", NO_OFFER)]


class ActionDecline(Action):
    """Takes "no" for an answer."""

    def name(self) -> str:
        """Return the name by which rules and stories call it."""
        return "action_decline"

    def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]
    ) -> list[dict[str, Any]]:
        """Say that it is fine; nothing is offered any more."""
        dispatcher.utter_message(response="utter_deny")
        return [SlotSet("offer", NO_OFFER)]


class ActionNeverMind(Action):
    """Leaves the form that is open, if there is one, and forgets what it was told."""

    def name(self) -> str:
        """Return the name by which a rule calls it."""
        return "action_never_mind"

    def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]
    ) -> list[dict[str, Any]]:
        """Say that it is fine; nothing is offered any more."""
        if tracker.active_loop_name == request_callback.FORM:
            live.vault().empty(tracker.sender_id)
            dispatcher.utter_message(response="utter_form_left")
            return closed(request_callback.FIELDS)
        if tracker.active_loop_name == estimate_cost.FORM:
            dispatcher.utter_message(response="utter_estimate_left")
            return closed(ESTIMATE_FIELDS)
        dispatcher.utter_message(response="utter_never_mind")
        return [SlotSet("offer", NO_OFFER)]
