"""Begins an estimate of the patient's share, and reads what the patient types for it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import FollowupAction, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions import request_callback
from actions.answer import FromFacts
from actions.forms import SMALL_TALK, Events, ValidateForm, closed, confidence, intent, is_topic
from dripdesk import live
from dripdesk.callback import replies
from dripdesk.callback.several import unjoined
from dripdesk.estimate.answers import CHANGES, answer, changed, first
from dripdesk.estimate.money import is_impossible
from dripdesk.estimate.replies import asks_meaning, is_back
from dripdesk.estimate.slots import (
    ALLOWED,
    DEDUCTIBLE,
    DOES_NOT_APPLY,
    FIELDS,
    INSURER,
    LIMIT,
    SHARE,
    UNKNOWN,
    is_made,
)
from dripdesk.facts import FactBook
from dripdesk.language import is_question
from dripdesk.render import NO_OFFER
from dripdesk.vault import TYPED

FORM = "estimate_cost_form"
PHONE_ONLY = "sms"
SURE = 0.8
"""A message this surely understood as something else is no figure."""
ASKED: Mapping[str, tuple[str, ...]] = {
    "medicare": (ALLOWED, DEDUCTIBLE),
    "medicare_advantage": (ALLOWED, DEDUCTIBLE, SHARE, LIMIT),
    "private": (ALLOWED, DEDUCTIBLE, SHARE, LIMIT),
    "medicaid": (),
    "none": (),
    UNKNOWN: (),
}
"""The figures that each kind of insurance needs from the patient."""


class ActionEstimateCost(FromFacts, Action):
    """Begins the form on the web; by text message it explains, and offers a call back."""

    def name(self) -> str:
        """Return the name by which rules and stories call it."""
        return "action_estimate_cost"

    def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]
    ) -> Events:
        """Say what an estimate needs; what the message already tells is not asked for again."""
        if tracker.get_latest_input_channel() == PHONE_ONLY:
            dispatcher.utter_message(response="utter_estimate_by_phone")
            return [SlotSet("offer", "callback")]
        text = tracker.latest_message.get("text") or ""
        left: Events = []
        if tracker.active_loop_name == request_callback.FORM:  # Rasa has only a reference
            text = live.vault().read(tracker.sender_id, TYPED) or ""
            live.vault().empty(tracker.sender_id)
            left = closed(request_callback.FIELDS)
        before = _told(tracker) if is_made(tracker.get_slot) else {}
        changes = changed(text, before) if before else {}
        known = before if changes else dict.fromkeys(FIELDS)  # another's figures begin anew
        told = changes or first(text)
        slots = {**known, **told, **scope(told, known, self._facts())}
        is_whole = None not in slots.values()
        if not is_whole:
            dispatcher.utter_message(response="utter_estimate_begin")
        return [
            *left,
            SlotSet("offer", NO_OFFER),
            SlotSet("misses", 0),
            SlotSet("requested_slot", None),
            *(SlotSet(name, value) for name, value in slots.items()),
            FollowupAction("action_estimate_done" if is_whole else FORM),
        ]


class ValidateEstimateCost(FromFacts, ValidateForm, Action):
    """Reads the kind of insurance and the figures; a correction goes where it belongs."""

    form = FORM

    def interrupts(self, tracker: Tracker, field: str, text: str) -> bool:
        """Return whether a message asks or wants something else, or is small talk."""
        if replies.is_stop(text):
            return True
        if is_back(text) or asks_meaning(text):
            return False
        is_sure, is_answer = confidence(tracker) >= SURE, self._answer(tracker, field) is not None
        if is_topic(tracker) and is_question(unjoined(text)):
            return not CHANGES.search(text.lower())
        if intent(tracker) == "request_callback":
            return is_sure or not is_answer
        if intent(tracker).startswith("faq_"):
            return is_sure and not is_answer and not re.search(r"\d", text)
        if intent(tracker) == "affirm":  # to what the answer to a question offered
            return tracker.get_slot("offer") == "callback" and not is_answer
        return intent(tracker) in {*SMALL_TALK, "never_mind"} and not is_answer

    def read(self, tracker: Tracker, field: str, text: str) -> dict[str, Any] | None:
        """Return the slots that an answer fills, and those that the kind of insurance settles."""
        filled = None if asks_meaning(text) else self._answer(tracker, field)
        if filled is None:
            return None
        told = _told(tracker)
        slots = {**filled, **scope(filled, told, self._facts())}
        if slots.get(ALLOWED) == UNKNOWN:  # without it there is no sum: no more is asked in vain
            left = (name for name in FIELDS[1:] if told[name] is None and name not in slots)
            slots |= dict.fromkeys(left, UNKNOWN)
        return {**slots, "offer": NO_OFFER}

    def hint(self, field: str, text: str) -> str:
        """Return the response that says what a field needs, or that a figure looks like a slip."""
        if asks_meaning(text):
            return f"utter_{field}_why"
        if field != INSURER and is_impossible(text):
            return "utter_estimate_slip"
        return f"utter_{field}_wrong"

    def _answer(self, tracker: Tracker, field: str) -> dict[str, str | None] | None:
        has_missed = bool(tracker.get_slot("misses"))
        return answer(field, self.typed(tracker), _told(tracker), has_missed)


def scope(
    found: Mapping[str, str | None], told: Mapping[str, str | None], book: FactBook
) -> dict[str, str | None]:
    """Return what a newly told kind of insurance settles: the figures that it does not need.

    A figure that came with the kind, or before any was told, stays. After a change of kind, what
    did not apply before is asked for.
    """
    kind = found.get(INSURER)
    if kind is None:
        return {}
    asked = ASKED[kind]
    if kind == "medicare" and not book.state("part_b_coinsurance").spoken:
        asked = (*asked, SHARE)
    settled: dict[str, str | None] = {}
    for field in FIELDS[1:]:
        is_kept = field in found or (told.get(INSURER) is None and told.get(field) is not None)
        if field not in asked and not (is_kept and asked):
            settled[field] = DOES_NOT_APPLY
        elif field in asked and told.get(field) == DOES_NOT_APPLY and field not in found:
            settled[field] = None
    return settled


def _told(tracker: Tracker) -> dict[str, str | None]:
    return {field: tracker.get_slot(field) for field in FIELDS}
