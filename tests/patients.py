"""Patients who write to an agent of ours, for tests: with the real model and a database each."""

from __future__ import annotations

import asyncio
import itertools
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from rasa.core.processor import MessageProcessor

from addons import server
from addons.agent import AnsweringAgent
from addons.stores.advisory import AdvisoryLocks
from addons.stores.database import Database
from addons.turns.turn import Incoming

FIXED = (
    "I am sorry, I cannot answer right now. In an emergency, call 911. "
    "For anything else, please call 914-460-4891."
)
FIXED_SMS = (
    "Sorry, I cannot answer right now. Emergency? CALL 911. "
    "Anything else? Please call 914-460-4891."
)
NUMBER = "+12125550142"
"""The number that texts come from."""
PHONE = (
    "Our phone number is 914-460-4891. "
    "You can call to start treatment, or to ask about anything we offer."
)


@dataclass
class Clinic:
    """An agent, its database, and the loop on which it runs."""

    agent: AnsweringAgent
    database: Database
    path: Path
    """Where SQLite keeps the database, if it does."""
    loop: asyncio.AbstractEventLoop
    ids: Iterator[str] = field(default_factory=lambda: map("m{}".format, itertools.count()))

    def says(
        self, text: str, message_id: str = "", conversation: str = "me", channel: str = "web"
    ) -> list[str]:
        """Return the texts of the answer to a message."""
        return self.loop.run_until_complete(self.send(text, message_id, conversation, channel))

    async def send(
        self, text: str, message_id: str = "", conversation: str = "me", channel: str = "web"
    ) -> list[str]:
        """Return the texts of the answer to a message; several can be on their way."""
        number = NUMBER if channel == "sms" else ""
        incoming = Incoming(channel, conversation, message_id or next(self.ids), text, number)
        return [str(part["text"]) for part in await self.agent.turns.answer(incoming)]

    def rows(self, query: str) -> list[Any]:
        """Return the rows of a query of the database."""
        return self.database.transact(lambda one: one.exec_driver_sql(query).fetchall(), False)

    def stored(self, conversation: str = "me") -> list[Any]:
        """Return the events of a conversation, or nothing."""
        store = self.agent.tracker_store
        tracker = self.loop.run_until_complete(store.retrieve_full_tracker(conversation))
        return list(tracker.events) if tracker else []


@contextmanager
def clinic(folder: Path, processor: MessageProcessor | None, url: str = "") -> Iterator[Clinic]:
    """Open a clinic with a database in a folder, and the model of a processor loaded before."""
    path = folder / "test.db"
    database = Database(url or f"sqlite:///{path}")
    agent = server.make_agent(database)
    if processor:
        processor.tracker_store, processor.lock_store = agent.tracker_store, agent.lock_store
        processor.action_endpoint, processor.nlg = agent.action_endpoint, agent.nlg
        agent.processor, agent.domain = processor, processor.domain
        agent.tracker_store.domain, agent.nlg.responses = agent.domain, agent.domain.responses
    loop = asyncio.new_event_loop()
    try:
        yield Clinic(agent, database, path, loop)
    finally:
        if isinstance(agent.lock_store, AdvisoryLocks):
            agent.lock_store.close()
        loop.close()
        database.close()
