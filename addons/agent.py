"""An agent that never leaves a message without an answer."""

from __future__ import annotations

import logging
from typing import Any

from rasa.core.agent import Agent
from rasa.core.channels.channel import CollectingOutputChannel, OutputChannel, UserMessage

from dripdesk import live, safety_texts
from dripdesk.privacy import redact

logger = logging.getLogger(__name__)


class AnsweringAgent(Agent):
    """Says the fixed text when there is no model, when a turn fails, or when it says nothing."""

    async def handle_message(self, message: UserMessage) -> list[dict[str, Any]] | None:
        """Handle one message; whatever goes wrong, the patient reads something."""
        channel = message.output_channel
        message.output_channel = spy = _Spy(channel)
        try:
            if self.processor and message.text:
                await self._redact(message)
            await super().handle_message(message)
        except Exception as error:  # the patient must hear something; text stays out of the log
            logger.error("A turn failed (%s); the fixed text was sent.", type(error).__name__)
            logger.debug("The failed turn:", exc_info=True)
        if not spy.spoke:
            text = safety_texts.failure(spy.name(), live.facts())
            await channel.send_text_message(message.sender_id, text)
        return channel.messages if isinstance(channel, CollectingOutputChannel) else None

    async def _redact(self, message: UserMessage) -> None:
        """Understand the text as it was typed; Rasa then stores it without what is personal."""
        parsed = await self.parse_message(message.text)
        message.text = redact(message.text)
        message.parse_data = {**parsed, "text": message.text}


class _Spy(OutputChannel):
    """Passes everything on to a channel, and notes that something was said."""

    def __init__(self, channel: OutputChannel) -> None:
        self._channel = channel
        self.spoke = False

    def name(self) -> str:
        return str(self._channel.name())

    async def send_response(self, recipient_id: str, message: dict[str, Any]) -> None:
        self.spoke = True
        await self._channel.send_response(recipient_id, message)
