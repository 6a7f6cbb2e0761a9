"""Takes a call-back request down: asks, reads back, and stores it on "yes"."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import compress
from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import FollowupAction, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.answer import FromFacts
from actions.forms import SMALL_TALK, Events, ValidateForm, closed, confidence, intent, is_topic
from dripdesk import live
from dripdesk.callback import corrections, fields, phones, replies, sent, several
from dripdesk.estimate.slots import FIELDS as ESTIMATE_FIELDS
from dripdesk.language import is_question
from dripdesk.records import Details
from dripdesk.render import NO_OFFER, choose
from dripdesk.vault import REFERENCES, SENDER, TYPED

FORM = "request_callback_form"
CONFIRM, PHONE, SUBJECT = "callback_confirm", "callback_phone", "callback_subject"
FIELDS = (*REFERENCES, CONFIRM)
ESTIMATE = "estimate_cost"
MOST = 400
"""So many characters of an answer are read: to look through more for numbers and times takes long,
and no field holds as much."""
SURE = 0.8
"""A message this surely understood as a topic is a question, also without the form of one."""


class ActionRequestCallback(FromFacts, Action):
    """Begins the form, in place of an estimate; what came with the wish is not asked for again."""

    def name(self) -> str:
        """Return the name by which rules and stories call it."""
        return "action_request_callback"

    def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]
    ) -> Events:
        """Say what will be asked, and go on to the form; or that a request waits already."""
        # After "yes" to an offer the vault may still hold what was typed before.
        is_wish = intent(tracker) == "request_callback"
        text = (live.vault().read(tracker.sender_id, TYPED) or "") if is_wish else ""
        about_sent = sent.is_of_sent(text, is_new=True)
        if about_sent and live.records().is_requested(tracker.sender_id, None):
            changes = sent.changes_sent(text)
            base = "utter_callback_sent" if changes else "utter_callback_made"
            dispatcher.utter_message(response=choose(self._responses(), base, self._facts()))
            return [SlotSet("offer", "callback" if changes else NO_OFFER)]
        told = several.wish(text)
        for field, value in told.items():
            live.vault().keep(tracker.sender_id, field, value)
        known = {field: REFERENCES[field] for field in told}
        begin = "utter_callback_begin_known" if known else "utter_callback_begin"
        dispatcher.utter_message(response=begin)
        left = closed(ESTIMATE_FIELDS) if tracker.active_loop_name else []
        return [
            *left,
            SlotSet("offer", NO_OFFER),
            SlotSet("misses", 0),
            *(SlotSet(name, known.get(name)) for name in ("requested_slot", *FIELDS)),
            FollowupAction(FORM),
        ]


class ValidateRequestCallback(ValidateForm, Action):
    """Reads name, number, time and subject from the vault; slots hold only references to them."""

    form = FORM

    def typed(self, tracker: Tracker) -> str:
        """Return what the patient typed: Rasa itself has only a reference to it."""
        return (live.vault().read(tracker.sender_id, TYPED) or "")[:MOST]

    def interrupts(self, tracker: Tracker, field: str, text: str) -> bool:
        """Return whether a message asks something, or is small talk."""
        is_web = tracker.get_latest_input_channel() != "sms"  # where it is asked for figures
        if intent(tracker) == ESTIMATE and field not in (SUBJECT, CONFIRM) and is_web:
            return True
        if (field == CONFIRM and replies.is_yes(text)) or phones.phone(text):
            return False
        if _is_no_value(field, text):
            return False
        if field == PHONE and (replies.is_this_number(text) or replies.picks(text)):
            return False
        if field == CONFIRM and replies.asks_on(text):
            return is_topic(tracker)
        if field == "callback_time" and replies.proposes_time(text):
            return False
        if (found := corrections.first(text)) and found[1] and not replies.is_yes(text):
            return is_topic(tracker) and is_question(text)
        if intent(tracker) == "never_mind":
            return True
        if intent(tracker) in SMALL_TALK:
            bare = fields.bare(text)  # "a refill, thank you" is an answer
            return not bare or (field == "callback_name" and fields.name(bare) is None)
        if is_topic(tracker) and is_question(several.unjoined(text)):
            return True
        is_sure = confidence(tracker) >= SURE and intent(tracker).startswith("faq_")
        return is_sure and field in ("callback_name", "callback_phone")

    def read(self, tracker: Tracker, field: str, text: str) -> dict[str, Any] | None:
        """Return references to what was read; a correction goes to the field that it corrects."""
        if field == CONFIRM:
            return self._confirm(tracker, text)
        text = fields.bare(text)
        if _is_no_value(field, text) or _has_choice(field, text):
            return None
        if phones.has_choice_of_phones(text) and field != SUBJECT:
            text = phones.before_phones(text)  # which is asked for later
        if field == SUBJECT and several.is_time(text):
            return self._keep(tracker, "callback_time", text)
        told = {} if field == SUBJECT else several.answers(text, field)
        if told:
            is_new = (name in (field, PHONE) or not tracker.get_slot(name) for name in told)
            return self._keep_all(tracker, dict(compress(told.items(), is_new)))
        if field != PHONE and (number := phones.phone(text)):
            # "About claim 2015550123" is no other number to call.
            is_meant = field != SUBJECT or corrections.OF_FIELD[PHONE].search(text)
            if is_meant or replies.is_no(text) or not tracker.get_slot(PHONE):
                return self._with_number(tracker, field, text, number)
        value = fields.READ[field](text)
        is_theirs = replies.is_yes(text) or replies.is_this_number(text)
        if field == PHONE and value is None and is_theirs:
            value = phones.phone(live.vault().read(tracker.sender_id, SENDER) or "")
        if replies.is_no(text) or not value:
            found = corrections.first(text)
            if found and found[1] and tracker.get_slot(found[0]):
                return self._keep(tracker, found[0], found[1])
        return self._keep(tracker, field, value) if value else None

    def hint(self, field: str, text: str) -> str:
        """Return the response that says what a field needs, or that "this number" is not seen."""
        if _is_refused(field, text):
            return "utter_callback_refused"
        if replies.is_why(text):
            return f"utter_{field}_why"
        if field == PHONE and replies.is_this_number(text):
            return "utter_callback_phone_unseen"
        if _has_choice(field, text) or (field == PHONE and replies.picks(text)):
            return "utter_callback_phone_two"
        if field == PHONE and phones.is_unassigned(text):
            return "utter_callback_phone_unassigned"
        return f"utter_{field}_wrong"

    def _confirm(self, tracker: Tracker, text: str) -> dict[str, Any] | None:
        if replies.is_yes(text):
            return {CONFIRM: "yes"}
        if replies.asks_on(text) or replies.is_why(text):
            return None
        if found := corrections.every(text):
            slots: dict[str, Any] = dict.fromkeys([*found, CONFIRM])
            return slots | self._keep_all(tracker, found)
        if intent(tracker) == "affirm":
            return {CONFIRM: "yes"}
        if replies.is_no(text) or intent(tracker) == "deny":
            return {CONFIRM: None, "callback_change": True}
        return None

    def _with_number(self, tracker: Tracker, field: str, text: str, number: str) -> dict[str, Any]:
        """Keep a number that came with another field's answer, and that answer if it is one."""
        kept = self._keep(tracker, PHONE, number)
        rest = phones.without_phone(text)
        is_only_number = corrections.OF_FIELD[PHONE].search(rest) or replies.is_no(text)
        value = None if is_only_number or not rest else fields.READ[field](rest)
        return {**kept, **self._keep(tracker, field, value)} if value else kept

    def _keep_all(self, tracker: Tracker, found: Mapping[str, str | None]) -> dict[str, Any]:
        slots: dict[str, Any] = {}
        for name, value in found.items():
            if value:
                slots |= self._keep(tracker, name, value)
        return slots

    @staticmethod
    def _keep(tracker: Tracker, field: str, value: str) -> dict[str, Any]:
        live.vault().keep(tracker.sender_id, field, value)
        return {field: REFERENCES[field]}


class AskCallbackConfirm(Action):
    """Reads the request back, or asks what should change."""

    def name(self) -> str:
        """Return the name by which Rasa asks for the last field."""
        return f"action_ask_{FORM}_{CONFIRM}"

    def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]
    ) -> Events:
        """Name the response."""
        changes = tracker.get_slot("callback_change")
        dispatcher.utter_message(
            response="utter_callback_change" if changes else "utter_callback_check"
        )
        return [SlotSet("callback_change", None)]


class ActionCallbackDone(FromFacts, Action):
    """Stores the request once it is confirmed, and says what will happen next."""

    def name(self) -> str:
        """Return the name by which a rule calls it."""
        return "action_callback_done"

    def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]
    ) -> Events:
        """Store what the vault holds; if anything is missing, say that nothing was sent."""
        records, vault = live.records(), live.vault()
        sender, message_id = tracker.sender_id, _message_id(tracker)
        values = {field: vault.read(sender, field) for field in REFERENCES}
        given = {field.removeprefix("callback_"): value for field, value in values.items() if value}
        is_confirmed = bool(tracker.get_slot(CONFIRM))
        # With nothing left to store, the turn that stored it was lost after that.
        is_made = records.is_requested(sender, None if is_confirmed and not given else message_id)
        if not is_made and is_confirmed and len(given) == len(REFERENCES):
            records.request(sender, message_id, Details(**given))
            is_made = True
        if is_made:
            said = choose(self._responses(), "utter_callback_made", self._facts())
        else:
            vault.empty(sender)
            said = "utter_callback_given_up"
        dispatcher.utter_message(response=said)
        return closed(FIELDS)


def _is_no_value(field: str, text: str) -> bool:
    """Return whether a text asks what a field is for, will not tell it, or would change another."""
    return replies.is_why(text) or replies.is_change(text) or _is_refused(field, text)


def _is_refused(field: str, text: str) -> bool:
    """Return whether a text will not tell name or number: a subject may hold such words."""
    return field in ("callback_name", PHONE) and replies.is_refusal(text)


def _has_choice(field: str, text: str) -> bool:
    """Return whether a text tells two numbers to call and not which one."""
    return field == PHONE and phones.has_choice_of_phones(text)


def _message_id(tracker: Tracker) -> str:
    """Return the id of the message just answered."""
    said = (event for event in reversed(tracker.events) if event["event"] == "user")
    return str(next(said)["message_id"])
