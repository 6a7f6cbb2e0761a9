"""Answers a question with the topic's text that today's facts allow."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import cache
from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import SlotSet
from rasa_sdk.executor import CollectingDispatcher

from dripdesk import live
from dripdesk.details import Details
from dripdesk.estimate.slots import FIELDS, is_made
from dripdesk.facts import FactBook
from dripdesk.language import is_spanish
from dripdesk.render import LEADS, NO_OFFER, Responses, metadata, more, turn
from dripdesk.vocabulary import PUBLIC_PLANS, ways_to_call

SAME, NO_MORE = "utter_same_answer", "utter_no_more"


class FromFacts:
    """Answers from facts and texts: the live ones, or those of a test."""

    def __init__(
        self,
        facts: Callable[[], FactBook] = live.facts,
        responses: Callable[[], Responses] = live.responses,
    ) -> None:
        self._facts = facts
        self._responses = responses
        self._details = cache(lambda: Details(responses()))


class ActionAnswer(FromFacts, Action):
    """Says the response of the intent, as today's facts allow."""

    def name(self) -> str:
        """Return the name by which rules and stories call it."""
        return "action_answer"

    def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]
    ) -> list[dict[str, Any]]:
        """Name the response, and remember what was talked about and what was offered."""
        text = tracker.latest_message.get("text") or ""
        if is_spanish(text):
            dispatcher.utter_message(response="utter_spanish")
            return [SlotSet("offer", NO_OFFER)]
        topic = tracker.latest_message["intent"]["name"]
        drug = next(tracker.get_latest_entity_values("drug"), None)
        treatment = next(tracker.get_latest_entity_values("treatment"), None)
        responses, facts = self._responses(), self._facts().about_drug(drug)
        base = f"utter_{topic}"
        about = {
            "topic": topic,
            "treatment": metadata(responses[base][0]).get("treatment") or treatment,
            "drug": drug,
        }
        is_same = all(tracker.get_slot(name) == value for name, value in about.items())
        company = _company(tracker)
        named = metadata(responses[base][0]).get("named")
        if detail := self._details().of(topic, text):
            base = detail
        elif named and company:
            base, facts = named, facts.about_company(company)
        elif is_same and tracker.get_slot("offer") == "more":  # then that is what is wanted
            base = more(responses, base, facts) or base
        before, now = _told(tracker)
        leads = set(LEADS.values()).intersection(now)  # said before another question's answer
        said = [name for name in turn(responses, base, facts) if name not in leads]
        if is_same and topic.startswith("faq_") and not _is_repeated(tracker):
            said = _said_again(said, before, responses)
        for name in said:
            dispatcher.utter_message(response=name, **({"drug": drug} if drug else {}))
        offers = [metadata(responses[name][0]).get("offer") for name in said]
        slots = {**about, "offer": next(filter(None, offers), NO_OFFER)}
        if tracker.active_loop_name is None and is_made(tracker.get_slot):
            slots |= dict.fromkeys(FIELDS)  # from now on they are of something else
        return [SlotSet(name, value) for name, value in slots.items()]


def _company(tracker: Tracker) -> list[str]:
    """Return what the one company is called that a message names as an insurer, if it does."""
    insurers = {*tracker.get_latest_entity_values("insurer")}
    if len(insurers) != 1 or insurers & PUBLIC_PLANS:
        return []
    return ways_to_call(live.vocabulary(), "insurer", insurers.pop())


def _said_again(said: list[str], before: list[str], responses: Responses) -> list[str]:
    """Return what is said where the message before may have had just that answer.

    The same words again would look as if nobody had read the question. Whatever offers something,
    or names 911, is said again all the same.
    """
    led, count = [SAME, *said], len(said)
    if before[-count - 1 :] == led and not any(_matters(responses[name]) for name in said):
        return [NO_MORE]
    return led if before[-count:] == said else said


def _is_repeated(tracker: Tracker) -> bool:
    """Return whether a message is the one before, word for word: no answer may have arrived."""
    users = [event for event in tracker.events if event["event"] == "user"]
    texts = [*{event.get("message_id"): str(event.get("text")).lower() for event in users}.values()]
    return len(texts) > 1 and texts[-1] == texts[-2]


def _matters(variations: Sequence[Mapping[str, Any]]) -> bool:
    return any(metadata(one).get("offer") or "911" in one["text"] for one in variations)


def _told(tracker: Tracker) -> tuple[list[str], list[str]]:
    """Return the responses to the message before, and those to this one so far.

    A message with several questions stands in the tracker several times, with one id.
    """
    before: list[str] = []
    now: list[str] = []
    last = None
    for event in tracker.events:
        if event["event"] == "session_started":
            before, now = [], []
        elif event["event"] == "user":
            if event.get("message_id") != last:
                before, now = now, []
            last = event.get("message_id")
        elif event["event"] == "bot":
            now.append((event.get("metadata") or {}).get("utter_action", ""))
    return before, now
