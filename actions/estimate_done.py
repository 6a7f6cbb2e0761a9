"""Says what an estimate came to, step by step, or what it lacks."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import FollowupAction, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.answer import FromFacts
from actions.forms import Events, closed
from dripdesk.estimate.share import Plan, share
from dripdesk.estimate.slots import (
    ALLOWED,
    DEDUCTIBLE,
    DOES_NOT_APPLY,
    FIELDS,
    INSURER,
    LIMIT,
    SHARE,
    UNKNOWN,
    plan_of,
)
from dripdesk.estimate.steps import show, steps
from dripdesk.fact_types import show_list
from dripdesk.facts import FactBook
from dripdesk.render import choose, fill, metadata, pick

WEB = "web"
NEEDED = (INSURER, ALLOWED, DEDUCTIBLE, SHARE)
"""Without these there is no sum; a yearly limit can be left out."""
IN_WORDS = {"medicaid": "utter_estimate_medicaid", "none": "utter_estimate_uninsured"}
"""Kinds of insurance for which nothing is worked out."""

RATE, YEARS = "utter_estimate_public_share", "utter_estimate_public_deductible"

Said = list[tuple[str, Mapping[str, str]]]
"""Responses, each with the figures for its placeholders."""


class ActionEstimateDone(FromFacts, Action):
    """Works the share out, and says every step of it."""

    def name(self) -> str:
        """Return the name by which a rule calls it."""
        return "action_estimate_done"

    def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]
    ) -> Events:
        """Say the estimate, or why there is none, and offer a call back.

        The figures stay until a topic is talked about: one of them may be changed.
        """
        told = {field: tracker.get_slot(field) for field in FIELDS}
        responses, offer = self._responses(), None
        for name, figures in self._said(told, self._facts()):
            dispatcher.utter_message(response=name, **figures)
            offer = metadata(responses[name][0]).get("offer", offer)
        offered = [SlotSet("offer", offer)] if offer else []
        # It may have been made of the message that asked for it, without the form.
        return [*closed(()), *offered, FollowupAction("action_listen")]

    def _said(self, told: dict[str, str | None], book: FactBook) -> Said:
        kind = told[INSURER]
        if kind in IN_WORDS:
            return [(choose(self._responses(), IN_WORDS[kind], book), {})]
        if None in told.values():  # the form gave up
            return [("utter_estimate_given_up", {})]
        is_medicare = kind == "medicare"
        by_fact = is_medicare and told[SHARE] == DOES_NOT_APPLY
        if by_fact:  # its year may have ended since it was chosen
            is_spoken = book.state("part_b_coinsurance").spoken
            rate = f"{_number(book, 'part_b_coinsurance'):f}%"
            told = {**told, SHARE: rate if is_spoken else UNKNOWN}
        both = is_medicare and told[DEDUCTIBLE] == UNKNOWN
        both = both and book.state("part_b_deductible").spoken
        missing = [name for name in NEEDED if told[name] == UNKNOWN]
        if both:
            missing.remove(DEDUCTIBLE)
        if missing:
            return [("utter_estimate_missing", {"missing": self._names(missing, book)})]
        said: Said = []
        if both:
            paid = {**told, DEDUCTIBLE: "0"}
            unpaid = {**told, DEDUCTIBLE: f"{_number(book, 'part_b_deductible'):f}"}
            said += [("utter_estimate_if_paid", self._sum(paid, book))]
            said += [("utter_estimate_if_unpaid", self._sum(unpaid, book))]
        else:
            said += [("utter_estimate_total", self._sum(told, book))]
        if is_medicare:
            used = (name for name, is_used in ((RATE, by_fact), (YEARS, both)) if is_used)
            said += [(name, {}) for name in (*used, "utter_estimate_medicare")]
        return [*said, ("utter_estimate_may_change", {})]

    def _sum(self, told: dict[str, str | None], book: FactBook) -> dict[str, str]:
        """Return the steps of a sum in words, what the plan allows, and what it comes to."""
        plan: Plan = plan_of(told)
        one = share(Decimal(told[ALLOWED] or 0), plan)
        taken = steps(one, plan, told[LIMIT] == UNKNOWN)
        words = (self._text(f"utter_estimate_step_{end}", figures, book) for end, figures in taken)
        return {"steps": " ".join(words), "allowed": show(one.allowed), "total": show(one.total)}

    def _names(self, missing: Iterable[str], book: FactBook) -> str:
        return show_list(tuple(self._text(f"utter_name_{field}", {}, book) for field in missing))

    def _text(self, name: str, figures: Mapping[str, str], book: FactBook) -> str:
        return fill(pick(self._responses(), name, WEB), book, figures)[0]


def _number(book: FactBook, name: str) -> Decimal:
    number: Decimal = book.facts[name].value[0]
    return number
