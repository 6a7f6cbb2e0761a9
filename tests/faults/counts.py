"""Holds what patients were told against what the database kept."""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from addons.stores.database import Database
from tests.patients import FIXED


@dataclass(frozen=True)
class Delivery:
    """A message that was delivered, perhaps not for the first time, and what came back."""

    conversation: str
    message_id: str
    answer: tuple[str, ...] | None
    """None if the connection broke: the gateway delivers the message again."""

    @property
    def key(self) -> tuple[str, str]:
        """Which message it is."""
        return self.conversation, self.message_id

    @property
    def is_real(self) -> bool:
        """Whether it is an answer, and not the text for a failure."""
        return bool(self.answer) and self.answer != (FIXED,)


@dataclass(frozen=True)
class Counts:
    """How often something happened that must not."""

    messages: int
    lost: int
    """Never answered, though delivered again when all was well."""
    silent: int
    """Delivered, and nothing at all came back."""
    twice: int
    """Stored more than once."""
    changed: int
    """Answered once so and once otherwise."""
    unstored: int
    """Answered, and then not known."""

    @property
    def is_clean(self) -> bool:
        """Whether nothing happened."""
        return (self.lost, self.silent, self.twice, self.changed, self.unstored) == (0,) * 5

    def __add__(self, other: Counts) -> Counts:
        """Return both together."""
        pairs = zip(vars(self).values(), vars(other).values(), strict=True)
        return Counts(*(one + two for one, two in pairs))


def count(deliveries: Iterable[Delivery], database: Database) -> Counts:
    """Count over all deliveries; the last of each message must be one when all was well."""
    by_message = defaultdict(list)
    for delivery in deliveries:
        by_message[delivery.key].append(delivery)
    stored, kept = _stored(database), _kept(database)
    real = {key: [one for one in tried if one.is_real] for key, tried in by_message.items()}
    return Counts(
        messages=len(by_message),
        lost=sum(not tried[-1].is_real for tried in by_message.values()),
        silent=sum(one.answer == () for tried in by_message.values() for one in tried),
        twice=sum(stored[key] > 1 for key in by_message),
        changed=sum(len({one.answer for one in answers}) > 1 for answers in real.values()),
        unstored=sum(
            stored[key] == 0 or kept.get(key) != answers[-1].answer
            for key, answers in real.items()
            if answers
        ),
    )


def _stored(database: Database) -> Counter[tuple[str, str]]:
    """Return how often each message stands among the events."""
    query = "SELECT sender_id, data FROM events WHERE type_name = 'user'"
    rows = database.transact(lambda one: one.exec_driver_sql(query).all(), False)
    return Counter((row[0], json.loads(row[1])["message_id"]) for row in rows)


def _kept(database: Database) -> dict[tuple[str, str], tuple[str, ...]]:
    """Return the kept answer of each message."""
    query = "SELECT conversation, message_id, answer FROM messages WHERE answer IS NOT NULL"
    rows = database.transact(lambda one: one.exec_driver_sql(query).all(), False)
    return {(row[0], row[1]): tuple(part["text"] for part in json.loads(row[2])) for row in rows}
