"""Lets Rasa answer what a message asks, one question after the other, as one turn."""

from __future__ import annotations

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
from addons.turns.composition import BELOW, SAME, compose
from addons.turns.reading import TO_A_PERSON, Before, Reading
from addons.turns.references import REQUEST, AsyncVault, open_field, reference
from addons.turns.safety import note
from addons.turns.understanding import MOST, Parsed
from dripdesk import live, safety_texts
from dripdesk.bereavement import is_bereaved
from dripdesk.danger import LEVELS
from dripdesk.intents import FALLBACK
from dripdesk.privacy import redact
from dripdesk.render import fill, pick

THE_REST = "utter_the_rest"
NUMBER = ("faq_phone", TO_A_PERSON)
"""Topics whose answer is the phone number."""

Said = list[BotUttered]
"""What was said to one question."""


class Answering:
    """Goes on with conversations, from where their trackers stand."""

    def __init__(self, threads: Threads, vault: AsyncVault) -> None:
        self._reading = Reading(threads)
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
        before = Before.of(tracker, text, turn.danger)
        questions = await self._reading.read(processor, tracker, text, before)
        asked = [question["intent"]["name"] for question in questions[:MOST]]
        if field or REQUEST in asked:
            told = text if REQUEST in asked and not field else questions[0]["text"]
            await self._vault.keep(conversation, told, number)
        output.messages[:] = turn.warning
        this_turn.set(turn)
        if turn.danger and not field and not any(map(_is_understood, questions)):
            # Which topic did you mean?, behind a warning, would only lead away from it.
            note(tracker, turn, text, turn.danger)
        else:
            said = await self._say_all(processor, turn, tracker, questions[:MOST], text, number)
            _join(turn, tracker, questions, said, field)
            _lead(turn, [*chain.from_iterable(said)], _leads(turn, text, questions, before))
            if len(questions) > MOST:
                await _offer_rest(processor, turn, tracker)
        await processor.save_tracker(tracker)
        return list(output.messages)

    async def _say_all(
        self,
        processor: MessageProcessor,
        turn: Claim,
        tracker: DialogueStateTracker,
        questions: Sequence[Parsed],
        text: str,
        number: str,
    ) -> list[Said]:
        """Let Rasa answer each question of a text; return what it says to each."""
        said: list[Said] = []
        for place, question in enumerate(questions):
            field = open_field(tracker)
            if place and field:  # what came before has opened the form, or left it open
                await self._vault.keep(turn.key.conversation, question["text"], number)
            is_part = question.pop("is_part", False)
            stored = reference(field) if field else redact(question["text"])
            message = UserMessage(
                stored,
                turn.output,
                turn.key.conversation,
                # Understood is the text as it was typed; stored is what is not personal.
                parse_data={**question, "text": stored},
                input_channel=turn.key.channel,
                message_id=turn.key.message_id,
                metadata=_whole(text, place) if is_part else None,
            )
            said.append(await _say(processor, tracker, message))
            if field:
                _forget_names(tracker)
        return said


def _join(
    turn: Claim,
    tracker: DialogueStateTracker,
    questions: Sequence[Parsed],
    said: list[Said],
    field: str | None,
) -> None:
    """Change what was said to each question so that it reads as one answer.

    `field` is what a form asked for: of an answer and a question behind it, the form's next prompt
    is said once.
    """
    if field and len(said) > 1 and tracker.get_slot(field):
        _unsay(turn, tracker, said.pop(0))
        questions = questions[1:]
    if len(said) > 1:
        _compose(turn, questions, said)
    elif field and len(said[0]) > 1:  # an answer, and what the form asks: one question
        _compose(turn, [*questions, *questions], [said[0][:-1], said[0][-1:]])


def _lead(turn: Claim, said: Said, leads: Iterator[str]) -> None:
    """Put a few words before all that was said."""
    for first in said[:1]:
        first.text = " ".join([*leads, first.text or ""])
        turn.output.messages[len(turn.warning)]["text"] = first.text


def _leads(turn: Claim, text: str, questions: Sequence[Parsed], before: Before) -> Iterator[str]:
    """Yield what is said before the answer: a word of sympathy, a reminder of what was told of."""
    asked = questions[0]["intent"]["name"]
    if asked in LEVELS:
        return
    if before.level and not before.is_over:
        yield safety_texts.reminder(before.level)
    if is_bereaved(text):
        response = pick(live.responses(), "utter_sorry_for_loss", turn.key.channel)
        yield fill(response, live.facts())[0]


async def _offer_rest(
    processor: MessageProcessor, turn: Claim, tracker: DialogueStateTracker
) -> None:
    """Say that there was more in the message than was answered."""
    response = await processor.nlg.generate(THE_REST, tracker, turn.key.channel)
    event = create_bot_utterance(response)
    tracker.update(event)
    await turn.output.send_response(turn.key.conversation, event.message())


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
