"""What a message means where a conversation stands: after a safety text, in a form, by itself."""

from __future__ import annotations

import re
from dataclasses import dataclass

from rasa.core.processor import MessageProcessor
from rasa.shared.core.trackers import DialogueStateTracker

from addons.threads import Threads
from addons.turns import options
from addons.turns.references import REQUEST, open_field, request_sent
from addons.turns.safety import still_in_danger, stood_down, told_of
from addons.turns.understanding import ESTIMATE, Context, Parsed, Understanding, without_slash
from dripdesk import aftermath
from dripdesk.bereavement import is_bereaved
from dripdesk.callback import replies, several
from dripdesk.callback import sent as about_sent
from dripdesk.callback.fields import READ
from dripdesk.danger import Danger
from dripdesk.estimate.replies import is_declined, is_wanted
from dripdesk.intents import AFTER_DANGER, FALLBACK, OUT_OF_SCOPE, is_topic

SMS = "sms"
TO_A_PERSON = "faq_talk_to_person"
LETTER = re.compile(r"[^\W\d_]")
SUBJECTS = frozenset(["callback_subject", "callback_confirm"])
"""Fields that may speak of anything."""


@dataclass(frozen=True)
class Before:
    """The danger that was told of before a message, if any."""

    level: str | None = None
    """Its level, if the message may speak of it."""
    is_over: bool = False
    """Whether the message says that it is seen to, or over."""

    @classmethod
    def of(cls, tracker: DialogueStateTracker, text: str, danger: Danger | None) -> Before:
        """Return what came before a message, which may tell of danger itself."""
        if danger:
            return cls()
        is_over = aftermath.is_over(text)
        # In a form "any time is fine" is an answer.
        speaks_of_it = aftermath.returns(text) or (is_over and not tracker.active_loop_name)
        level = told_of(tracker) or (stood_down(tracker) if speaks_of_it else None)
        return cls(level, is_over and level is not None)


class Reading:
    """Understands messages by what came before them."""

    def __init__(self, threads: Threads) -> None:
        self._understanding = Understanding(threads)

    async def read(
        self, processor: MessageProcessor, tracker: DialogueStateTracker, text: str, before: Before
    ) -> list[Parsed]:
        """Return what a message asks, or tells, in order.

        What begins with "/" is a command to Rasa: only buttons give those, or their numbers.
        """
        text = options.chosen(text, options.offered(tracker)) or without_slash(text)
        goes_on = aftermath.refuses(text) or aftermath.returns(text)
        if before.level and not before.is_over and goes_on:
            return [meant(text, before.level)]
        if tracker.active_loop_name:
            return await self._in_form(processor, tracker, text, before)
        # Danger is no topic; and a number that picks nothing says nothing of what was one.
        has_context = told_of(tracker) is None and LETTER.search(text)
        context = Context.of(tracker) if has_context else Context()
        questions = await self._understanding.read(processor, text, context)
        asked = [one["intent"]["name"] for one in questions]
        if asked == [ESTIMATE] and is_declined(text):
            return [meant(text, "never_mind")]
        if asked == [TO_A_PERSON] and replies.asks_for_call(text):
            return [meant(text, REQUEST)]
        if before.level:
            return still_in_danger(questions, before.level, before.is_over)
        if len(questions) == 1 and is_bereaved(text):
            is_answered = questions[0]["intent"]["name"] not in (FALLBACK, OUT_OF_SCOPE)
            return questions if is_answered else [meant(text, TO_A_PERSON)]
        return _of_request(questions, text, request_sent(tracker))

    async def _in_form(
        self, processor: MessageProcessor, tracker: DialogueStateTracker, text: str, before: Before
    ) -> list[Parsed]:
        """Return what a message tells or asks while a form is open."""
        if before.is_over:  # the form goes on, but that is no answer to it
            return [meant(text, AFTER_DANGER)]
        field = open_field(tracker)
        if replies.is_stop(text) or (field is None and is_declined(text)):
            return [meant(text, "never_mind")]  # elsewhere "cancel" is about a visit
        if field and tracker.get_latest_input_channel() != SMS and _wants_estimate(field, text):
            return [meant(text, ESTIMATE)]
        if field and (parts := several.with_question(field, text)):
            read = [await self._understanding.read(processor, part, None) for part in parts]
            told, asked = read[0][0], read[1][0]
            if is_topic(asked["intent"]["name"]):
                return [told, asked]
        return await self._understanding.read(processor, text, None)


def meant(text: str, name: str) -> Parsed:
    """Return a text as surely understood."""
    intent = {"name": name, "confidence": 1.0}
    return {"text": text, "intent": intent, "intent_ranking": [intent], "entities": []}


def _wants_estimate(field: str, text: str) -> bool:
    """Return whether somebody asks for an estimate where a call back is asked about.

    "Jay, 914-555-0133, about a cost estimate" answers, and "I work out till 12" is a time.
    """
    is_answer = several.answers(text, field) or (field in READ and READ[field](text))
    return field not in SUBJECTS and not is_answer and is_wanted(text)


def _of_request(questions: list[Parsed], text: str, sent: str | None) -> list[Parsed]:
    """Return what was understood: what is about a call that was asked for is no visit's matter."""
    if sent is None or not about_sent.is_of_sent(text, is_new=sent == "now"):
        return questions
    intent = {"name": REQUEST, "confidence": 1.0}
    ranking = [intent, *questions[0]["intent_ranking"]]
    return [questions[0] | {"text": text, "intent": intent, "intent_ranking": ranking}]
