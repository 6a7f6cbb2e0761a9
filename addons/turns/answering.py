"""Lets Rasa answer what a message asks, one question after the other, as one turn."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import chain
from typing import Any

from rasa.core.actions.action import create_bot_utterance
from rasa.core.channels.channel import UserMessage
from rasa.core.processor import MessageProcessor
from rasa.shared.core.events import BotUttered
from rasa.shared.core.trackers import DialogueStateTracker

from addons.stores.messages import Answer, Claim, this_turn
from addons.threads import Threads
from addons.turns import options
from addons.turns.composition import BELOW, SAME, compose
from addons.turns.references import REQUEST, AsyncVault, open_field, reference, request_sent
from addons.turns.safety import note, still_in_danger, stood_down, told_of
from addons.turns.understanding import ESTIMATE, MOST, Context, Parsed, Understanding, without_slash
from dripdesk import aftermath, live, safety_texts
from dripdesk.bereavement import is_bereaved
from dripdesk.callback import replies, several
from dripdesk.callback import sent as about_sent
from dripdesk.callback.fields import READ
from dripdesk.danger import LEVELS
from dripdesk.estimate.replies import is_wanted
from dripdesk.intents import AFTER_DANGER, FALLBACK, OUT_OF_SCOPE, is_topic
from dripdesk.privacy import redact
from dripdesk.render import fill, pick

THE_REST = "utter_the_rest"
SMS = "sms"
TO_A_PERSON = "faq_talk_to_person"
SUBJECTS = frozenset(["callback_subject", "callback_confirm"])
"""Fields that may speak of anything."""
NUMBER = ("faq_phone", TO_A_PERSON)
"""Topics whose answer is the phone number."""


class Answering:
    """Goes on with conversations, from where their trackers stand."""

    def __init__(self, threads: Threads, vault: AsyncVault) -> None:
        self._understanding = Understanding(threads)
        self._vault = vault

    async def answer(
        self, processor: MessageProcessor, turn: Claim, text: str, number: str
    ) -> Answer:
        """Return the answer to a message. It is stored before this returns, or an error is raised.

        Each question is an utterance of its own in the tracker: policies and actions know of one.
        """
        conversation, output = turn.key.conversation, turn.output
        tracker = await processor.fetch_tracker_and_update_session(conversation, output)
        field = open_field(tracker)
        is_over = aftermath.is_over(text)
        level = None if turn.danger else _danger_before(tracker, text, is_over)
        is_over = is_over and level is not None
        questions = await self._read(processor, tracker, text, level, is_over)
        asked = [question["intent"]["name"] for question in questions[:MOST]]
        if field or REQUEST in asked:
            told = text if REQUEST in asked and not field else questions[0]["text"]
            await self._vault.keep(conversation, told, number)
        output.messages[:] = turn.warning
        this_turn.set(turn)
        if turn.danger and not field and not any(map(_is_understood, questions)):
            # Which topic did you mean?, behind a warning, would only lead away from it.
            note(tracker, turn, text, turn.danger)
            await processor.save_tracker(tracker)
            return list(output.messages)
        asked_for, said = field, []
        for place, question in enumerate(questions[:MOST]):
            if place:
                field = open_field(tracker)  # what came before may have opened the form
                if field:
                    await self._vault.keep(conversation, question["text"], number)
            is_part = question.pop("is_part", False)
            stored = reference(field) if field else redact(question["text"])
            message = UserMessage(
                stored,
                output,
                conversation,
                # Understood is the text as it was typed; stored is what is not personal.
                parse_data={**question, "text": stored},
                input_channel=turn.key.channel,
                message_id=turn.key.message_id,
                metadata=_whole(text, place) if is_part else None,
            )
            said.append(await _say(processor, tracker, message))
            if field:
                _forget_names(tracker)
        if asked_for and len(said) > 1 and tracker.get_slot(asked_for):  # a question behind it
            _unsay(turn, tracker, said.pop(0))
            questions = questions[1:]
        if len(said) > 1:
            _compose(turn, questions, said)
        elif asked_for and len(said[0]) > 1:  # an answer, and what the form asks: one question
            _compose(turn, questions * 2, [said[0][:-1], said[0][-1:]])
        leads = [*_leads(text, questions, level, is_over, turn.key.channel)]
        for first in [*chain.from_iterable(said)][:1]:
            first.text = " ".join([*leads, first.text or ""])
            output.messages[len(turn.warning)]["text"] = first.text
        if len(questions) > MOST:
            response = await processor.nlg.generate(THE_REST, tracker, turn.key.channel)
            event = create_bot_utterance(response)
            tracker.update(event)
            await output.send_response(conversation, event.message())
        await processor.save_tracker(tracker)
        answer: Answer = output.messages
        return answer

    async def _read(
        self,
        processor: MessageProcessor,
        tracker: DialogueStateTracker,
        text: str,
        level: str | None,
        is_over: bool,
    ) -> list[Parsed]:
        """Return what a message asks, which may follow the safety text of a level.

        What begins with "/" is a command to Rasa: only buttons give those, or their numbers.
        """
        text = options.chosen(text, options.offered(tracker)) or without_slash(text)
        if not tracker.active_loop_name:
            # Danger is no topic; and a number that picks nothing says nothing of what was one.
            has_context = told_of(tracker) is None and re.search(r"[^\W\d_]", text)
            context = Context.of(tracker) if has_context else Context()
            questions = await self._understanding.read(processor, text, context)
            if level and not is_over and (aftermath.refuses(text) or aftermath.returns(text)):
                return [_meant(text, level)]
            if level is None and len(questions) == 1 and is_bereaved(text):
                is_answered = questions[0]["intent"]["name"] not in (FALLBACK, OUT_OF_SCOPE)
                return questions if is_answered else [_meant(text, TO_A_PERSON)]
            if level is None:
                return _of_request(questions, text, request_sent(tracker))
            return still_in_danger(questions, level, is_over)
        if level:  # an open form goes on, but that is no answer to it
            if is_over:
                return [_meant(text, AFTER_DANGER)]
            if aftermath.refuses(text) or aftermath.returns(text):
                return [_meant(text, level)]
        if replies.is_stop(text):  # elsewhere "cancel" is about a visit
            return [_meant(text, "never_mind")]
        field = open_field(tracker)
        if field and tracker.get_latest_input_channel() != SMS and _wants_estimate(field, text):
            return [_meant(text, ESTIMATE)]
        if field and (parts := several.with_question(field, text)):
            read = [await self._understanding.read(processor, part, None) for part in parts]
            said, asked = read[0][0], read[1][0]
            if is_topic(asked["intent"]["name"]):
                return [said, asked]
        return await self._understanding.read(processor, text, None)


def _meant(text: str, name: str) -> Parsed:
    intent = {"name": name, "confidence": 1.0}
    return {"text": text, "intent": intent, "intent_ranking": [intent], "entities": []}


def _danger_before(tracker: DialogueStateTracker, text: str, is_over: bool) -> str | None:
    """Return the level of danger that a message follows and may speak of, or None."""
    # In a form "any time is fine" is an answer.
    speaks_of_it = aftermath.returns(text) or (is_over and not tracker.active_loop_name)
    return told_of(tracker) or (stood_down(tracker) if speaks_of_it else None)


def _wants_estimate(field: str, text: str) -> bool:
    """Return whether somebody asks for an estimate where a call back is asked about.

    "Jay, 914-555-0133, about a cost estimate" answers, and "I work out till 12" is a time.
    """
    is_answer = several.answers(text, field) or (field in READ and READ[field](text))
    return field not in SUBJECTS and not is_answer and is_wanted(text)


def _leads(
    text: str, questions: Sequence[Parsed], level: str | None, is_over: bool, channel: str
) -> Iterator[str]:
    """Yield what is said before the answer: a word of sympathy, a reminder of what was told of."""
    asked = questions[0]["intent"]["name"]
    if level and not is_over and asked not in LEVELS:
        yield safety_texts.reminder(level)
    if is_bereaved(text) and asked not in LEVELS:
        response = pick(live.responses(), "utter_sorry_for_loss", channel)
        yield fill(response, live.facts())[0]


def _of_request(questions: list[Parsed], text: str, sent: str | None) -> list[Parsed]:
    """Return what was understood: what is about a call that was asked for is no visit's matter."""
    if sent is None or not about_sent.is_of_sent(text, is_new=sent == "now"):
        return questions
    intent = {"name": REQUEST, "confidence": 1.0}
    ranking = [intent, *questions[0]["intent_ranking"]]
    return [questions[0] | {"text": text, "intent": intent, "intent_ranking": ranking}]


def _is_understood(question: Parsed) -> bool:
    return bool(question["intent"]["name"] != FALLBACK)


def _forget_names(tracker: DialogueStateTracker) -> None:
    """Take out of a tracker what the last message named: it was typed into a field."""
    if message := tracker.latest_message:
        message.entities = message.parse_data["entities"] = []


async def _say(
    processor: MessageProcessor, tracker: DialogueStateTracker, message: UserMessage
) -> list[BotUttered]:
    """Let Rasa answer one question; return what it says. This is its handle_message, unstored."""
    before = len(tracker.events)
    await processor._handle_message_with_tracker(message, tracker)
    tracker = await processor.run_action_extract_slots(message.output_channel, tracker)
    await processor._run_prediction_loop(message.output_channel, tracker)
    return [event for event in list(tracker.events)[before:] if isinstance(event, BotUttered)]


def _unsay(turn: Claim, tracker: DialogueStateTracker, said: Sequence[BotUttered]) -> None:
    """Take what was said first out of the answer and the tracker: what follows says it again."""
    begin = len(turn.warning)
    del turn.output.messages[begin : begin + len(said)]
    for event in said:
        place = next(n for n, one in enumerate(tracker.events) if one is event)
        del tracker.events[place]


def _compose(
    turn: Claim, questions: Sequence[Parsed], said: Sequence[Sequence[BotUttered]]
) -> None:
    """Change what was said, in the tracker and in the answer, so that it reads as one."""
    book, responses = live.facts(), live.responses()
    words = {name: fill(pick(responses, name, turn.key.channel), book)[0] for name in (SAME, BELOW)}
    composed = compose(
        [[event.text or "" for event in events] for events in said],
        book.show("phone") or "",
        words,
        [question["intent"]["name"] in NUMBER for question in questions],
    )
    messages = turn.output.messages[len(turn.warning) :]
    events, texts = chain.from_iterable(said), chain.from_iterable(composed)
    for event, message, text in zip(events, messages, texts, strict=True):
        event.text = message["text"] = text


def _whole(text: str, place: int) -> dict[str, Any]:
    """Return what is stored beside a question of several: the whole message beside the first."""
    return {"whole": "" if place else redact(text)}
