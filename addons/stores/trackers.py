"""Rasa's tracker store: reads the end of a conversation, however long it is; adds to it once."""

from __future__ import annotations

import copy
import dataclasses
import json
import time
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from typing import Any

from rasa.core.tracker_store import TrackerStore
from rasa.shared.core.events import (
    ActionExecuted,
    ActiveLoop,
    ConversationPaused,
    Event,
    SessionStarted,
    SlotSet,
    UserUttered,
)
from rasa.shared.core.trackers import DialogueStateTracker
from sqlalchemy import bindparam, insert, select, update
from sqlalchemy.engine import Connection
from sqlalchemy.exc import IntegrityError

from addons.stores.database import Database
from addons.stores.messages import OvertakenError, keep
from addons.stores.tables import conversations, events

LISTEN = "action_listen"

# Written once: SQLAlchemy takes longer to put a statement together than SQLite to carry it out.
FOUND = select(conversations).where(conversations.c.sender_id == bindparam("of_sender"))
EVENTS = (
    select(events.c.id, events.c.data)
    .where(events.c.sender_id == bindparam("of_sender"), events.c.id > bindparam("after"))
    .order_by(events.c.id)
)
BEGIN = insert(conversations)
GO_ON = update(conversations).where(
    conversations.c.sender_id == bindparam("of_sender"),
    conversations.c.version == bindparam("of_version"),
)
ADD = insert(events)


class StoredTracker(DialogueStateTracker):
    """A tracker that knows which of its events are stored."""

    version = 0
    """How often the conversation was stored when this was read."""
    checkpoint: Sequence[Event] = ()
    """Its first events stand for all that came before."""
    ids: Sequence[int] = ()
    """The numbers of the stored events that follow."""

    @property
    def stored(self) -> int:
        """How many events at the beginning are stored."""
        return len(self.checkpoint) + len(self.ids)

    def copy(self) -> StoredTracker:
        """Return the same again; what is done to one leaves the other as it is.

        Rasa's own replays all events for this, at every action.
        """
        twin = copy.copy(self)
        twin.events = self.events.copy()
        twin.slots = {name: copy.copy(slot) for name, slot in self.slots.items()}
        if self.active_loop:
            twin.active_loop = dataclasses.replace(self.active_loop)
        return twin


class BoundedTrackerStore(TrackerStore):
    """Keeps every event, but reads only those since a checkpoint.

    Reading and copying a tracker, as Rasa does several times a turn, costs time for each event.
    So when more than `most` follow the checkpoint, it moves up to leave about `least`. Turns that
    are taken back (UserUtteranceReverted: we never do that) go back no further than the checkpoint.
    """

    def __init__(self, database: Database, most: int = 48, least: int = 24) -> None:
        super().__init__(domain=None)
        self._database = database
        self._most, self._least = most, least

    def init_tracker(self, sender_id: str) -> StoredTracker:
        """Return a tracker with nothing in it."""
        return StoredTracker(sender_id, self.domain.slots)

    async def create_tracker(
        self, sender_id: str, append_action_listen: bool = True
    ) -> StoredTracker:
        """Return a new tracker; unlike Rasa's stores, this stores it with its first turn only."""
        tracker = self.init_tracker(sender_id)
        if append_action_listen:
            tracker.update(ActionExecuted(LISTEN))
        return tracker

    async def retrieve(self, sender_id: str) -> StoredTracker | None:
        """Return where a conversation stands, or None. Raises SQLAlchemyError."""
        return await self._database.read(lambda connection: self._read(connection, sender_id))

    async def retrieve_full_tracker(self, conversation_id: str) -> DialogueStateTracker | None:
        """Return a tracker with all events of a conversation, or None. Raises SQLAlchemyError."""
        rows = await self._database.read(lambda connection: _rows(connection, conversation_id))
        if not rows:
            return None
        all_events = [_parse(row.data) for row in rows]
        return DialogueStateTracker.from_events(conversation_id, all_events, self.domain.slots)

    async def keys(self) -> Iterable[str]:
        """Return the ids of all conversations. Raises SQLAlchemyError."""
        query = select(conversations.c.sender_id)
        return await self._database.read(lambda one: list(one.execute(query).scalars()))

    async def save(self, tracker: DialogueStateTracker) -> None:
        """Store what is new, with the answer that the turn gives.

        Raises OvertakenError if the conversation was stored since this was read, also by this,
        TurnError if the turn has no answer, SQLAlchemyError if the database fails.
        """
        if not isinstance(tracker, StoredTracker):
            raise TypeError("This store saves the trackers that it made.")
        await self._database.write(lambda connection: self._append(connection, tracker))

    def _read(self, connection: Connection, sender_id: str) -> StoredTracker | None:
        found = connection.execute(FOUND, {"of_sender": sender_id}).first()
        if found is None:
            return None
        tracker = self.init_tracker(sender_id)
        rows = _rows(connection, sender_id, found.after_id)
        tracker.version = found.version
        tracker.checkpoint = [Event.from_parameters(one) for one in json.loads(found.checkpoint)]
        tracker.ids = [row.id for row in rows]
        for event in (*tracker.checkpoint, *(_parse(row.data) for row in rows)):
            tracker.update(event)
        return tracker

    def _append(self, connection: Connection, tracker: StoredTracker) -> None:
        new = list(tracker.events)[tracker.stored :]
        if not new:
            return
        checkpoint, after_id = self._checkpoint(tracker, new)
        values: dict[str, Any] = {
            "sender_id": tracker.sender_id,
            "version": tracker.version + 1,
            "updated_at": time.time(),
        }
        if checkpoint is not None:
            values |= {
                "checkpoint": json.dumps([event.as_dict() for event in checkpoint]),
                "after_id": after_id,
            }
        if tracker.version:
            same = {"of_sender": tracker.sender_id, "of_version": tracker.version}
            if connection.execute(GO_ON, values | same).rowcount != 1:
                raise OvertakenError
        else:
            first = {"checkpoint": "[]", "after_id": 0} | values
            try:
                connection.execute(BEGIN, first)
            except IntegrityError as error:
                raise OvertakenError from error
        connection.execute(ADD, [_row(tracker.sender_id, event) for event in new])
        keep(connection)

    def _checkpoint(
        self, tracker: StoredTracker, new: Sequence[Event]
    ) -> tuple[Sequence[Event] | None, int]:
        """Return the state at a new checkpoint and the number of the last event before it."""
        if tracker.ids and any(isinstance(event, SessionStarted) for event in new):
            return (), tracker.ids[-1]  # a session starts anew, with the slots it carries over
        if len(tracker.ids) + len(new) <= self._most:
            return None, 0
        tail = list(tracker.events)[len(tracker.checkpoint) : tracker.stored]
        cut = max((place for place in _pauses(tail) if place <= len(tail) - self._least), default=0)
        if not cut:
            return None, 0
        before = self.init_tracker(tracker.sender_id)
        for event in (*tracker.checkpoint, *tail[:cut]):
            before.update(event)
        return _state(before), tracker.ids[cut - 1]


def _pauses(tail: Sequence[Event]) -> Iterator[int]:
    """Yield the places where the assistant listens and the patient then speaks."""
    for place, (event, after) in enumerate(pairwise(tail)):
        listens = isinstance(event, ActionExecuted) and event.action_name == LISTEN
        if listens and isinstance(after, UserUttered):
            yield place


def _state(tracker: DialogueStateTracker) -> list[Event]:
    """Return the shortest events that lead to the state of a tracker."""
    state: list[Event] = []
    if tracker.is_paused():
        state.append(ConversationPaused())
    if name := tracker.active_loop_name:  # an open form; Rasa hides its later runs behind its first
        # As begun by a rule after a pause: else stories would take the form for what came before
        # whatever comes after it.
        begun = (ActionExecuted(action, hide_rule_turn=True) for action in (LISTEN, name))
        state += [*begun, ActiveLoop(name)]
    filled = (slot for slot in tracker.slots.values() if slot.value != slot.initial_value)
    return [*state, *(SlotSet(slot.name, slot.value) for slot in filled)]


def _rows(connection: Connection, sender_id: str, after_id: int = 0) -> list[Any]:
    return list(connection.execute(EVENTS, {"of_sender": sender_id, "after": after_id}))


def _row(sender_id: str, event: Event) -> dict[str, Any]:
    data = event.as_dict()
    return {
        "sender_id": sender_id,
        "type_name": event.type_name,
        "timestamp": event.timestamp,
        "intent_name": (data.get("parse_data") or {}).get("intent", {}).get("name"),
        "action_name": data.get("name") if isinstance(event, ActionExecuted) else None,
        "data": json.dumps(data),
    }


def _parse(data: str) -> Event:
    return Event.from_parameters(json.loads(data))
