"""What a message asks, in the light of what was talked about: one thing, or several."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from rasa.core.channels.channel import UserMessage
from rasa.core.processor import MessageProcessor
from rasa.shared.core.trackers import DialogueStateTracker

from addons.threads import Threads, finish
from addons.turns.safety import second_thoughts
from dripdesk import live
from dripdesk.callback import replies
from dripdesk.estimate.answers import changed
from dripdesk.estimate.clauses import named_figures
from dripdesk.estimate.replies import is_wanted
from dripdesk.estimate.slots import FIELDS, is_made
from dripdesk.intents import FALLBACK, OUT_OF_SCOPE, is_topic
from dripdesk.language import is_question, is_spanish
from dripdesk.render import NO_OFFER, metadata
from dripdesk.texts import SENTENCE_END

PARSE_LIMIT = 8.0  # seconds, of those of a turn: in a rush a message waits for those before it
MOST = 3
"""So many questions of one message are answered."""
ESTIMATE = "estimate_cost"
LAST = ("request_callback", ESTIMATE)
"""What opens a form comes after the answers."""
MONEY = frozenset(
    [
        *("faq_price", "faq_copay_deductible", "faq_cost_vs_hospital"),
        *("faq_insurance", "faq_medicare_medicaid"),
    ]
)
"""Topics after which a figure of somebody's plan asks for an estimate."""
LIKE_MONEY = MONEY | {
    "faq_billing",
    "faq_financial_help",
    "faq_payment_methods",
    "faq_prior_authorization",
    FALLBACK,
}
"""What such a figure looks like, or a wish for an estimate."""
HAS_COST = re.compile(r"\b(paid|charged?|billed)\b", re.IGNORECASE)
"""A figure beside such words is what a visit has cost, not what a plan allows."""
INSTEAD = re.compile(
    r"\b(?:what if|if|instead|go back|change|meant?|sorry|should be|not \$?\d|make (?:it|that))\b",
    re.IGNORECASE,
)
"""What tells that a figure of an estimate is to be another."""
NAMED, TOLD = 0.8, 0.7
"""What is less surely understood than the first is about the topic that a detail tells; as surely
as the second, so that it turns from no danger just told of, and interrupts no form."""
CARRIED = ("drug", "treatment")
BY_ROUTE = {
    "intravenous": "infusion",
    "intradermal": "injection",
    "intramuscular": "injection",
    "subcutaneous": "injection",
}
"""What is meant by "the IV" or "the one under the skin"."""
SLASHES = re.compile(r"^[/\s]+")
ABOUT = re.compile(r"\b(what|wat|how)'?s? (about|abt|of|with|if)\b")
FILLERS = frozenset(
    "and n but so ok okay or about abt for of with is it its a an the also then same by in on my "
    "mine well hm hmm".split()
)
"""Words with which a medicine or a treatment is named and nothing else is asked of it."""

IDLE = frozenset(["greet", "thanks", "goodbye", "never_mind"])
REPLIES = frozenset(["affirm", "deny"])
"""What means something only where something was offered."""
REPLIED = re.compile(
    r"\W*((?:yes|yeah|yep|no|nope|nah)(?: please| pls| thanks| thank you)?)"
    r"(?:\s*[,.!;]+\s*|\s+(?=(?:and|but|also) ))(.+)",
    re.IGNORECASE | re.DOTALL,
)
"""A yes or a no, and what is said behind it."""
GIVEN = FILLERS | frozenset(
    "k kk alright right cool great good nice fine oh ah see i got gotcha that thats all".split()
)
"""Words with which an answer is taken note of, and that accept no offer beside a question."""

Parsed = dict[str, Any]
"""What Rasa's parser returns: text, intent, intent_ranking, entities."""


@dataclass(frozen=True)
class Context:
    """What was just talked about: a topic's intent, a medicine, and a kind of treatment."""

    topic: str | None = None
    drug: str | None = None
    treatment: str | None = None
    offer: str | None = None
    """What was offered, if anything: only then "yes" and "no" mean something."""
    figures: Mapping[str, str | None] | None = None
    """What an estimate was just made of, if it was: one of these may be changed."""

    @classmethod
    def of(cls, tracker: DialogueStateTracker) -> Context:
        """Return the context in which a tracker's next message comes."""
        topic, drug, treatment = (tracker.get_slot(name) for name in ("topic", *CARRIED))
        offer = tracker.get_slot("offer")
        figures = {name: tracker.get_slot(name) for name in FIELDS}
        return cls(
            topic,
            drug,
            treatment,
            offer=None if offer == NO_OFFER else offer,
            figures=figures if is_made(tracker.get_slot) else None,
        )

    def after(self, parsed: Parsed) -> Context:
        """Return the context after a question was answered."""
        topic = parsed["intent"]["name"]
        named = {one["entity"]: one["value"] for one in parsed["entities"]}
        if not topic.startswith("faq_"):  # "I'm on Entyvio."
            return replace(self, **{name: named[name] for name in CARRIED if name in named})
        drug, treatment = (named.get(name) for name in CARRIED)
        return Context(topic, drug, treatment)

    def carried(self, parsed: Parsed) -> Parsed:
        """Return what was understood, with what a message that leans on the context is about."""
        named = {one["entity"] for one in parsed["entities"]}
        if not parsed.pop("leans", False) or "drug" in named:
            return parsed
        values = {name: getattr(self, name) for name in CARRIED if name not in named}
        added = [
            {"entity": name, "value": value, "extractor": "Context"}
            for name, value in values.items()
            if value
        ]
        return {**parsed, "entities": [*parsed["entities"], *added]}

    def bare(self, parsed: Parsed) -> Parsed:
        """Return what was understood: about the topic before, if only another thing is named.

        "And remicade?" asks the same of another medicine. "And for shots?" does so of another
        treatment, which may have a topic of its own. After parking, a medicine is a new question.
        """
        named = {one["entity"]: one["value"] for one in parsed["entities"]}
        if self.topic is None or not named.keys() & {*CARRIED} or not _only_names(parsed):
            return parsed
        responses = live.responses()
        other = metadata(responses[f"utter_{self.topic}"][0]).get("counterpart")
        is_other = other and _treatment(other) == named.get("treatment")
        intent = {"name": other if is_other else self.topic, "confidence": 1.0}
        return {**parsed, "intent": intent, "intent_ranking": [intent, *parsed["intent_ranking"]]}

    def accepted(self, parsed: Parsed) -> Parsed:
        """Return what was understood: an estimate, if a message about money asks for one.

        So does what changes a figure of an estimate just made, and a figure of a plan that follows
        talk of money: "they allow 2400" would only be told the same about prices again.
        """
        text, looks = parsed["text"], parsed["intent"]["name"]
        if is_spanish(text):
            return parsed
        is_wish = looks in LIKE_MONEY and is_wanted(text)
        if not (is_wish or self.changes(text, looks) or self._tells(text, looks)):
            return parsed
        intent = {"name": ESTIMATE, "confidence": 1.0}
        return {**parsed, "intent": intent, "intent_ranking": [intent, *parsed["intent_ranking"]]}

    def changes(self, text: str, looks: str) -> bool:
        """Return whether a text changes figures of the estimate just made."""
        is_about_it = looks in (*MONEY, ESTIMATE) or INSTEAD.search(text)
        if self.figures is None or not is_about_it or HAS_COST.search(text):
            return False
        return bool(changed(text, self.figures))

    def _tells(self, text: str, looks: str) -> bool:
        tells = self.topic in MONEY and looks in LIKE_MONEY and named_figures(text, is_first=True)
        is_plain = not is_question(text) and not replies.is_no(text)
        return bool(tells) and is_plain and not HAS_COST.search(text)


class Understanding:
    """Understands messages with the model that is loaded now, off the event loop."""

    def __init__(self, threads: Threads) -> None:
        self._threads = threads

    async def read(
        self, processor: MessageProcessor, text: str, context: Context | None
    ) -> list[Parsed]:
        """Return the questions of a message, in order, at most MOST + 1 of them.

        Without a context, as in a form, a message is one and is understood by itself. One in
        Spanish is one, too: whatever it asks, its answer is in whom to ask.
        """
        if context and live.talks_of_danger(text):  # "what if my throat swells" is no detail
            context = replace(context, topic=None)
        is_harmless = live.has_read(text)  # or it would not come so far
        whole, parts = await self._parse(processor, text, context or Context(), is_harmless)
        if context and context.offer and (replied := _behind_reply(text)):
            parts = parts if len(parts) > 1 else replied
        if context is None or is_spanish(text):  # what a form is told is kept whole
            return [_as_one(whole, context or Context())]
        if len(parts) < 2:
            one = await self._by_its_question(processor, text, whole, is_harmless)
            return [_as_one(one, context)]
        if context.changes(text, whole["intent"]["name"]) and not is_question(parts[-1]):
            return [_as_one(whole, context)]  # figures of one estimate
        before = context
        found: list[Parsed] = []
        unasked = IDLE if context.offer else IDLE | REPLIES
        for part in parts[: MOST + 1]:
            part = without_slash(part)
            parsed, _ = await self._parse(processor, part, context, is_harmless, bool(found))
            found.append(context.carried(parsed) | {"is_part": True})
            context = context.after(found[-1])
        said = [one for one in found if not says_nothing(one)]
        if len(said) < min(2, len(found)) and whole["intent"]["name"] != FALLBACK:
            return [_as_one(whole, before)]  # "I'm on Entyvio. How often do I come?"
        found = said or found
        found = _distinct([one for one in found if not is_idle(one, unasked)]) or found[:1]
        found = with_one_form(found)
        return sorted(found, key=lambda one: one["intent"]["name"] in LAST)

    async def _by_its_question(
        self, processor: MessageProcessor, text: str, whole: Parsed, is_harmless: bool
    ) -> Parsed:
        """Return what was understood; where nothing was, what the one question of a text asks."""
        questions = [one for one in SENTENCE_END.split(text) if one.endswith("?")]
        if whole["intent"]["name"] != FALLBACK or len(questions) != 1 or questions == [text]:
            return whole
        asked, _ = await self._parse(processor, questions[0], Context(), is_harmless)
        is_sure = asked["intent"]["confidence"] >= NAMED and is_topic(asked["intent"]["name"])
        return {**asked, "entities": whole["entities"]} if is_sure else whole

    async def _parse(
        self,
        processor: MessageProcessor,
        text: str,
        context: Context,
        is_harmless: bool,
        is_part: bool = False,
    ) -> tuple[Parsed, list[str]]:
        """Return what a text is understood as, to be stored, and its questions, not to be."""
        about = {
            "topic": context.topic,
            "is_part": is_part,
            "is_harmless": is_harmless,
        }
        message = UserMessage(text, metadata=about)
        parsed = await self._threads.run(
            lambda: finish(processor.parse_message(message)), limit=PARSE_LIMIT
        )
        parts: list[str] = parsed.pop("parts", [])
        parsed = second_thoughts(with_treatment(parsed), is_harmless)
        return with_detail(parsed, context.topic), parts


def with_one_form(found: list[Parsed]) -> list[Parsed]:
    """Return questions that open one form: "fine, have them call me" is one wish, and no yes."""
    names = {one["intent"]["name"] for one in found}
    if LAST[0] in names:
        return [one for one in found if one["intent"]["name"] not in (LAST[1], "affirm")]
    return [one for one in found if LAST[1] not in names or one["intent"]["name"] != "affirm"]


def without_slash(text: str) -> str:
    """Return a text that is no command to Rasa, as which it takes what begins with "/"."""
    return SLASHES.sub("", text)


def with_treatment(parsed: Parsed) -> Parsed:
    """Return what was understood, with the treatment that its one route tells if none is named."""
    entities = parsed["entities"]
    routes = [one for one in entities if one["entity"] == "route"]
    if any(one["entity"] == "treatment" for one in entities) or len(routes) != 1:
        return parsed
    added = routes[0] | {"entity": "treatment", "value": BY_ROUTE[routes[0]["value"]]}
    return {**parsed, "entities": [*entities, added]}


def with_detail(parsed: Parsed, before: str | None = None) -> Parsed:
    """Return what was understood: if it is not sure, the topic that a detail tells.

    Nor is it where it seems to be about the topic before, which a new question may only follow.
    """
    name, chance = parsed["intent"]["name"], parsed["intent"]["confidence"]
    is_other = not is_topic(name) and name not in (FALLBACK, OUT_OF_SCOPE)
    if is_other or (name != FALLBACK and chance >= NAMED and name != before):
        return parsed
    topic = live.details().topic(parsed["text"])
    if topic in (None, name):
        return parsed
    intent = {"name": topic, "confidence": TOLD}
    return {**parsed, "intent": intent, "intent_ranking": [intent, *parsed["intent_ranking"]]}


def is_idle(part: Parsed, idle: frozenset[str] = IDLE) -> bool:
    """Return whether a part of a message asks for nothing: "thanks", "ok", "one more thing"."""
    intent = part["intent"]["name"]
    return intent in idle or (intent == "affirm" and _words(part["text"]) <= GIVEN)


def _behind_reply(text: str) -> list[str]:
    """Return the yes or no to an offer, and the question behind it; nothing if it is not so."""
    found = REPLIED.fullmatch(text)
    return [found[1], found[2]] if found and is_question(found[2]) else []


def _as_one(whole: Parsed, context: Context) -> Parsed:
    """Return what a message that is one question was understood as, in its context."""
    return context.carried(context.accepted(context.bare(whole)))


def says_nothing(part: Parsed) -> bool:
    """Return whether a part of a message is not understood, and is no question either."""
    return part["intent"]["name"] == FALLBACK and not is_question(part["text"])


def _distinct(parts: list[Parsed]) -> list[Parsed]:
    """Return the questions of a message without those that would get the same answer again."""
    first: dict[tuple[Any, ...], Parsed] = {}
    for one in parts:
        intent = one["intent"]["name"]
        named = [(name["entity"], name["value"]) for name in one["entities"]]
        about = [] if intent == FALLBACK else named
        carried = sorted(name for name in about if name[0] in CARRIED)
        first.setdefault((intent, *carried), one)
    return list(first.values())


def _words(text: str) -> set[str]:
    return set(re.findall(r"[a-z']+", text.lower().replace("'", "")))


def _treatment(topic: str) -> str | None:
    treatment = metadata(live.responses()[f"utter_{topic}"][0]).get("treatment")
    return None if treatment is None else str(treatment)


def _only_names(parsed: Parsed) -> bool:
    """Return whether a text has no words but names and FILLERS."""
    text = parsed["text"]
    places = {(one["start"], one["end"]) for one in parsed["entities"]}
    for start, end in sorted(places, reverse=True):
        text = text[:start] + text[end:]
    return _words(ABOUT.sub(" ", text.lower())) <= FILLERS
