"""The one path of every message, on every channel: one turn in, one answer out."""

from __future__ import annotations

import asyncio
import logging
import time
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any

import structlog
from rasa.core.channels.channel import CollectingOutputChannel
from rasa.core.processor import MessageProcessor

from addons import metrics
from addons.logs import place
from addons.stores import people
from addons.stores.database import Database
from addons.stores.locks import QueueLocks
from addons.stores.messages import Answer, Claim, MessageKey, OvertakenError, TurnError, claim
from addons.threads import Threads
from addons.turns.answering import Answering
from addons.turns.references import AsyncVault
from addons.turns.safety import Recorder, warning
from dripdesk import live, safety_texts
from dripdesk.danger import Danger

log = structlog.get_logger(__name__)

LONGEST = 2000  # characters of a message; the time to understand one grows with them
TURN_LIMIT = 10.0  # seconds, for a rush; Kannel gives up after 12. The stores give up sooner.

Screen = Callable[[str], "Danger | None"]
"""Returns the danger that a text tells of, else None."""


@dataclass(frozen=True)
class Incoming:
    """A message as a channel hands it over."""

    channel: str
    """"web" or "sms": chooses between the variants of a text."""
    conversation: str
    """Who it is, as a pseudonym."""
    message_id: str
    """What the gateway or the widget gives each message, and repeats when it sends one again."""
    text: str
    number: str = ""
    """The number that a text came from: for a call back, if the patient wants one."""
    is_muted: bool = False
    """Whether the person wants no answers: then only what tells of danger gets one."""


class Turns:
    """Answers messages with the model that is loaded now, whatever fails."""

    def __init__(
        self,
        processor: Callable[[], MessageProcessor | None],
        database: Database,
        locks: QueueLocks,
        threads: Threads,
        screen: Screen,
        recorder: Recorder,
    ) -> None:
        self._processor = processor
        self._database = database
        self._locks = locks
        self._threads = threads
        self._screen = screen
        self._recorder = recorder
        self._vault = AsyncVault(threads)
        self._answering = Answering(threads, self._vault)
        self.limit = TURN_LIMIT

    async def answer(self, message: Incoming) -> Answer:
        """Return the answer: never an exception but cancellation, and never nothing.

        Nothing is the answer to a person who wants none, where no danger is told of.

        The answer is stored when this returns, unless it is the text for a danger sign, which
        leaves first and is stored afterwards, for a message that is too long, for somebody who
        wants no answers, or for a failure.
        The same message again gets the same answer. Where danger is not sure, its text comes
        first, and the ordinary answer after it, if there is one.
        """
        start = time.monotonic()
        is_long = len(message.text) > LONGEST
        # Of a long message only the ends are looked at, for danger: to clean it all takes time.
        ends = f"{message.text[:LONGEST]}\n{message.text[-LONGEST:]}"
        text = clean(ends if is_long else message.text)
        key = MessageKey(message.channel, message.conversation, message.message_id)
        turn = Claim(key, Output(message.channel))
        try:
            if danger := self._danger(text):
                turn.danger, turn.warning = danger, warning(message.channel, text, danger)
            if danger and (danger.sure or is_long):
                outcome, answer = "danger", turn.warning
                self._recorder.record(turn, text, danger)
            elif message.is_muted:
                outcome, answer = "muted", turn.warning
            elif is_long:
                outcome, answer = "too long", _told(safety_texts.too_long, message.channel)
            else:
                outcome, answer = await asyncio.wait_for(
                    self._revealed(turn, text, message.number), self.limit
                )
        except Exception as error:
            turn.failure = error  # if a thread still works on it, nothing of it is kept
            outcome, answer = "failed", turn.warning or _told(safety_texts.failure, message.channel)
        metrics.turn(message.channel, outcome, time.monotonic() - start)
        log.log(
            logging.ERROR if turn.failure else logging.INFO,
            "turn",
            channel=message.channel,
            conversation=message.conversation,
            outcome=outcome,
            ms=round((time.monotonic() - start) * 1000),
            **({"error": place(turn.failure)} if turn.failure else {}),
        )
        return answer

    def _danger(self, text: str) -> Danger | None:
        """Return what the screen finds. If it fails, the message is answered all the same."""
        try:
            return self._screen(text)
        except Exception as error:
            metrics.screen_error()
            log.error("The safety screen failed.", error=place(error))
            return None

    async def known(self, conversation: str) -> people.Known:
        """Return what is kept of a conversation. Raises SQLAlchemyError."""
        return await self._database.read(partial(people.known, conversation=conversation))

    async def forget(self, conversation: str) -> None:
        """Delete all that is kept of a conversation, once no turn of it runs.

        Raises an error of the database, or TimeoutError: then nothing may have been deleted.
        """
        async with self._locks.lock(conversation):
            await self._database.write(partial(people.forget, conversation=conversation))
        try:
            is_shrunk = await self._threads.run(self._database.shrink, limit=self.limit)
        except Exception as error:  # it is deleted all the same
            log.error("The database's log file was not emptied.", error=place(error))
        else:
            if not is_shrunk:
                log.warning("The database's log file is in use, and will be emptied later.")

    async def _revealed(self, turn: Claim, text: str, number: str) -> tuple[str, Answer]:
        outcome, answer = await self._answer(turn, text, number)
        return outcome, await self._vault.reveal(turn.key, answer)

    async def _answer(self, turn: Claim, text: str, number: str) -> tuple[str, Answer]:
        async with self._locks.lock(turn.key.conversation):
            try:
                return await self._take(turn, text, number)
            except OvertakenError:  # by another process: go on from what it did
                return await self._take(turn, text, number)

    async def _take(self, turn: Claim, text: str, number: str) -> tuple[str, Answer]:
        kept = await self._database.write(partial(claim, turn=turn))
        if kept is not None:
            return "kept", kept
        processor = self._processor()
        if processor is None:
            raise TurnError("There is no model.")
        return "answered", await self._answering.answer(processor, turn, text, number)


class Output(CollectingOutputChannel):
    """Gathers what is said, under the name by which Rasa chooses variants of texts."""

    def __init__(self, channel: str) -> None:
        super().__init__()
        self._channel = channel

    def name(self) -> str:
        """Return "web" or "sms"."""
        return self._channel

    async def send_response(self, recipient_id: str, message: dict[str, Any]) -> None:
        """Keep a message whole: its text, its buttons, and where it comes from."""
        about = (message.get("metadata") or {}).get("about")
        parts = {"text": message["text"], "buttons": message.get("buttons"), "about": about}
        self.messages.append({name: part for name, part in parts.items() if part})


def clean(text: str) -> str:
    """Return a text in composed form (NFC), without control characters and invisible marks."""
    whole = unicodedata.normalize("NFC", text.encode("utf-8", "ignore").decode())
    return "".join(char for char in whole if _is_readable(char)).strip()


def _is_readable(char: str) -> bool:
    return char in "\n\t" or unicodedata.category(char) not in ("Cc", "Cf")


def _told(text: Callable[..., str], channel: str) -> Answer:
    return [{"text": text(channel, live.facts())}]
