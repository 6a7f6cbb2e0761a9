"""What all text messages have in common, whichever gateway brings them."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, replace
from functools import partial

import structlog

from addons import metrics
from addons.agent import AnsweringAgent
from addons.logs import place
from addons.stores import opt_outs
from addons.stores.messages import Answer, Claim, MessageKey, is_first
from addons.turns.turn import LONGEST, Incoming, Output, clean
from dripdesk import live, opt_out, render, safety_texts
from dripdesk.opt_out import Request
from dripdesk.privacy import redact
from dripdesk.pseudonyms import pseudonym
from dripdesk.texts import fit, plain, shorten

log = structlog.get_logger(__name__)

CHANNEL = "sms"
OBEYED_WITHIN = 8.0  # seconds: a gateway waits no longer than 12 for what is said to it
PATIENCE = 0.5  # seconds for what an answer can do without: danger must not wait for it
SEGMENTS = 3  # of an answer; more is cut, with the phone number


@dataclass(frozen=True)
class TextMessage:
    """A message as a gateway hands it over."""

    clinic: str
    """The number that was written to."""
    patient: str
    """The number that wrote."""
    message_id: str
    text: str
    is_answered: bool = False
    """Whether the gateway itself answers it, so that a second answer would be one too many."""


class TextMessages:
    """Answers the text messages of one gateway."""

    def __init__(self, agent: AnsweringAgent, gateway: str, secret: str) -> None:
        self._agent = agent
        self._gateway = gateway
        self._secret = secret

    async def answer(self, message: TextMessage) -> str:
        """Return the answer, "" for silence. Whatever fails, there is a text."""
        try:
            return await self._answer(message)
        except Exception as error:
            log.error("A text message failed.", error=place(error))
            return safety_texts.failure(CHANNEL, live.facts())

    async def _answer(self, message: TextMessage) -> str:
        # Danger is told of to everybody. Somebody who wants no texts gets nothing else, but one
        # confirmation, and help.
        conversation = pseudonym(self._secret, CHANNEL, message.clinic, message.patient)
        key = MessageKey(CHANNEL, conversation, message.message_id)
        is_out = await self._is_out(conversation)
        text = clean(message.text[:LONGEST])
        incoming = Incoming(
            CHANNEL, conversation, message.message_id, message.text, message.patient, is_out
        )
        if request := opt_out.find(text, is_out):
            warning: Answer = []
            # Only what is sure counts: "I do not want these any more" may sound like giving up.
            if _is_surely_dangerous(text):
                id = f"{message.message_id} danger"  # its own turn: the other confirms
                told = replace(incoming, message_id=id, is_muted=True)
                warning = await self._agent.turns.answer(told)
            try:
                obeyed = await asyncio.wait_for(
                    self._obey(key, request, message, text), OBEYED_WITHIN
                )
            except Exception as error:
                if not warning:
                    raise
                log.error("What was asked beside danger was not done.", error=place(error))
                obeyed = []
            return written([*warning, *obeyed])
        if not text:
            return "" if is_out else say("no_text")
        answer = await self._agent.turns.answer(incoming)
        return written(answer, "" if is_out else await self._introduction(key))

    async def _is_out(self, conversation: str) -> bool:
        """Whether somebody wants no texts; if nobody can tell, what was just asked is answered."""
        try:
            read = partial(opt_outs.is_out, conversation=conversation)
            return await asyncio.wait_for(self._agent.database.read(read), PATIENCE)
        except Exception as error:
            log.error("The opt-outs could not be read.", error=place(error))
            return False

    async def _obey(
        self, key: MessageKey, request: Request, message: TextMessage, text: str
    ) -> Answer:
        """Do what somebody asks of the texts themselves; return what is said to it."""
        if request is Request.HELP:
            return [] if message.is_answered else [{"text": say("help")}]
        wants_out = request is Request.STOP
        turn = Claim(key, Output(CHANNEL))
        if not message.is_answered:
            turn.output.messages.append({"text": say("stopped" if wants_out else "started")})
        change = partial(
            opt_outs.change,
            turn=turn,
            gateway=self._gateway,
            wording=redact(text),
            wants_out=wants_out,
        )
        async with self._agent.lock_store.lock(key.conversation):  # one confirmation, not two
            return await self._agent.database.write(change)

    async def _introduction(self, key: MessageKey) -> str:
        """Return what the first answer of all says of us, else nothing."""
        try:
            read = partial(is_first, key=key)
            first = await asyncio.wait_for(self._agent.database.read(read), PATIENCE)
        except Exception as error:
            log.error("Whether it is the first message could not be read.", error=place(error))
            return ""
        return say("first_contact") if first else ""


def _is_surely_dangerous(text: str) -> bool:
    """Whether danger is sure; if nobody can tell, what was asked is done all the same."""
    try:
        danger = live.danger(text)
        return bool(live.screen().find(text) or (danger and danger.sure))
    except Exception as error:
        metrics.screen_error()
        log.error("The safety screen failed.", error=place(error))
        return False


def say(name: str) -> str:
    """Return a text of data/general/sms.yml, with facts filled in."""
    return render.fill({"text": opt_out.words()["texts"][name]}, live.facts())[0]


def written(answer: Answer, introduction: str = "") -> str:
    """Return an answer as one text of at most three segments, its buttons as numbered lines."""
    buttons = [button for part in answer for button in part.get("buttons") or ()]
    options = "".join(f"\n{n}. {button['title']}" for n, button in enumerate(buttons, 1))
    if options:
        options = f"\n{say('options')}{options}"
    after = plain(options + (f"\n{introduction}" if introduction else ""))
    texts = [plain(part["text"]) for part in answer]
    if len(texts) > 1:  # rather something of each than all of the first
        phone = live.facts().show("phone")
        texts = shorten(texts, SEGMENTS, after, ("911", *([phone] if phone else ())))
    said = " ".join(texts)
    return fit(said, say("more") + after, SEGMENTS, after) if said else ""
