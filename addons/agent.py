"""An agent whose every message takes the one path of turns/turn.py."""

from __future__ import annotations

import uuid
from pathlib import Path
from typing import Any, NoReturn

from rasa.core.agent import Agent
from rasa.core.channels.channel import CollectingOutputChannel, UserMessage
from rasa.core.tracker_store import TrackerStore
from rasa.shared.core.domain import Domain

from addons.stores.advisory import AdvisoryLocks
from addons.stores.database import Database
from addons.stores.locks import QueueLocks
from addons.stores.trackers import BoundedTrackerStore
from addons.threads import Threads
from addons.turns.safety import Recorder
from addons.turns.turn import Incoming, Screen, Turns
from dripdesk.database import is_sqlite
from dripdesk.model import ModelError, archive


class AnsweringAgent(Agent):
    """Rasa's agent with our stores, for Rasa's own channels and tools as well as for ours."""

    def __init__(
        self, database: Database, threads: Threads, screen: Screen, **options: Any
    ) -> None:
        locks = QueueLocks() if is_sqlite(database.url) else AdvisoryLocks(database.url)
        trackers = BoundedTrackerStore(database)
        super().__init__(tracker_store=trackers, lock_store=locks, **options)
        self.database = database
        self.recorder = Recorder(trackers, database, locks)
        self.turns = Turns(lambda: self.processor, database, locks, threads, screen, self.recorder)

    @staticmethod
    def _create_tracker_store(store: TrackerStore, domain: Domain) -> TrackerStore:
        """Use the store as it is: Rasa's wrapper hides its errors, and forgets what it told."""
        store.domain = domain
        return store

    def load_model(self, model_path: str | Path, fingerprint: str | None = None) -> None:
        """Load a model of the folder models/. Raises ModelError for any other file."""
        super().load_model(archive(model_path), fingerprint)

    def load_model_from_remote_storage(self, model_name: str) -> NoReturn:
        """Refuse: models are not fetched from anywhere. Raises ModelError."""
        raise ModelError("models are loaded from the folder models/, and from nowhere else")

    async def handle_message(self, message: UserMessage) -> list[dict[str, Any]] | None:
        """Answer a message that came by a channel of Rasa's own."""
        channel = message.output_channel
        incoming = Incoming(
            "sms" if channel.name() == "sms" else "web",
            message.sender_id,
            message.message_id or uuid.uuid4().hex,
            message.text or "",
        )
        for part in await self.turns.answer(incoming):
            await channel.send_response(message.sender_id, part)
        return channel.messages if isinstance(channel, CollectingOutputChannel) else None
