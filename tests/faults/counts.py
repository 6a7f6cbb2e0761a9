"""Holds what patients were told against what the database kept."""

from __future__ import annotations

import json
import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from addons.stores.database import Database
from tests.patients import FIXED

Key = tuple[str, str]
"""A message: its conversation, and its id there."""


@dataclass(frozen=True)
class Delivery:
    """A message that was delivered, perhaps not for the first time, and what came back."""

    conversation: str
    message_id: str
    answer: tuple[str, ...] | None
    """None if the connection broke: the gateway delivers the message again."""
    is_error: bool = False
    """Whether the status said so."""
    sent_at: float = 0.0
    answered_at: float = 0.0
    """In seconds, on one clock."""

    @property
    def key(self) -> Key:
        """Which message it is."""
        return self.conversation, self.message_id

    @property
    def is_real(self) -> bool:
        """Whether it is an answer, and not the text for a failure."""
        return bool(self.answer) and not self.is_error and self.answer != (FIXED,)


@dataclass(frozen=True)
class Counts:
    """How often something happened that must not."""

    messages: int = 0
    lost: int = 0
    """Never answered, though delivered again when all was well."""
    silent: int = 0
    """Delivered, and nothing at all came back."""
    twice: int = 0
    """Stored more than once."""
    changed: int = 0
    """Answered once so and once otherwise."""
    unstored: int = 0
    """Answered, and then not known."""
    disordered: int = 0
    """Stored before another that was answered before this was sent."""
    told: int = 0
    """Told the text for a failure at first, which may be: it shows that something was broken."""
    longest: float = 0.0
    """Seconds until the first text of any kind came back, where times were taken."""

    @property
    def is_clean(self) -> bool:
        """Whether nothing happened."""
        return not any(
            (self.lost, self.silent, self.twice, self.changed, self.unstored, self.disordered)
        )

    def __add__(self, other: Counts) -> Counts:
        """Return both together."""
        both = {name: (one, vars(other)[name]) for name, one in vars(self).items()}
        longest = max(both.pop("longest"))
        return Counts(**{name: sum(pair) for name, pair in both.items()}, longest=longest)


def count(deliveries: Iterable[Delivery], database: Database) -> Counts:
    """Count over all deliveries; the last of each message must be one when all was well."""
    by_message = defaultdict(list)
    for delivery in deliveries:
        by_message[delivery.key].append(delivery)
    order, kept = _stored(database), _kept(database)
    stored = Counter(order)
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
        disordered=_disordered(order, by_message),
        told=sum(
            any(one.answer and not one.is_real for one in tried) for tried in by_message.values()
        ),
        longest=max(map(_wait, by_message.values()), default=0.0),
    )


def _disordered(order: list[Key], by_message: Mapping[Key, list[Delivery]]) -> int:
    """Count the messages that are stored before one that was answered before they were sent."""
    found = 0
    earliest: dict[str, float] = {}  # answer to what is stored later in the conversation
    for key in reversed(order):
        if key not in by_message:
            continue
        tried = by_message[key]
        found += earliest.get(key[0], math.inf) < tried[0].sent_at
        answered = [one.answered_at for one in tried if one.is_real]
        earliest[key[0]] = min([earliest.get(key[0], math.inf), *answered])
    return found


def _wait(tried: list[Delivery]) -> float:
    """Return how long the patient waited for a text, in seconds."""
    told = [one.answered_at for one in tried if one.answer]
    return (told[0] if told else tried[-1].answered_at) - tried[0].sent_at


def _stored(database: Database) -> list[Key]:
    """Return the messages as they stand among the events."""
    query = "SELECT sender_id, data FROM events WHERE type_name = 'user' ORDER BY id"
    rows = database.transact(lambda one: one.exec_driver_sql(query).all(), False)
    return [(row[0], json.loads(row[1])["message_id"]) for row in rows]


def _kept(database: Database) -> dict[Key, tuple[str, ...]]:
    """Return the kept answer of each message."""
    query = "SELECT conversation, message_id, answer FROM messages WHERE answer IS NOT NULL"
    rows = database.transact(lambda one: one.exec_driver_sql(query).all(), False)
    return {(row[0], row[1]): tuple(part["text"] for part in json.loads(row[2])) for row in rows}
