"""What is kept of a person: told, forgotten when asked, and forgotten after a time."""

from __future__ import annotations

import json
import time
from dataclasses import dataclass

from sqlalchemy import delete, select
from sqlalchemy.engine import Connection

from addons.stores.tables import conversations, deliveries, events, feedback, messages
from addons.stores.transcript import said
from dripdesk import records, vault

DAY = 86400.0  # seconds


@dataclass(frozen=True)
class Known:
    """What is kept of one conversation, for the patient to read."""

    said: tuple[str, ...]
    """The patient's messages as they are kept: without what is personal."""
    since: float | None
    """When the first of them came, in seconds since 1970."""


def known(connection: Connection, conversation: str) -> Known:
    """Return what is kept of a conversation."""
    rows = connection.execute(
        select(events.c.timestamp, events.c.data)
        .where(events.c.sender_id == conversation, events.c.type_name == "user")
        .order_by(events.c.id)
    ).all()
    texts = (said(json.loads(row.data)) for row in rows)
    return Known(tuple(filter(None, texts)), rows[0].timestamp if rows else None)


def forget(connection: Connection, conversation: str) -> None:
    """Delete all that is kept of a conversation, but not that somebody wants no texts.

    Call it with the conversation's lock held.
    """
    connection.execute(delete(events).where(events.c.sender_id == conversation))
    connection.execute(delete(conversations).where(conversations.c.sender_id == conversation))
    connection.execute(delete(messages).where(messages.c.conversation == conversation))
    connection.execute(delete(feedback).where(feedback.c.conversation == conversation))
    vault.empty(connection, conversation)
    records.forget(connection, conversation)


def purge(connection: Connection, days: int, now: float | None = None) -> int:
    """Delete what is older than some days; return how many events that were.

    Of a conversation that goes on, what was said before its checkpoint is deleted event by event.
    """
    limit = (time.time() if now is None else now) - days * DAY
    quiet = select(conversations.c.sender_id).where(conversations.c.updated_at < limit)
    # Whoever writes just now waits for this, and begins anew.
    connection.execute(quiet.with_for_update()).all()
    before_checkpoint = (
        select(conversations.c.after_id)
        .where(conversations.c.sender_id == events.c.sender_id)
        .scalar_subquery()
    )
    gone = connection.execute(delete(events).where(events.c.sender_id.in_(quiet))).rowcount
    gone += connection.execute(
        delete(events).where(events.c.timestamp < limit, events.c.id <= before_checkpoint)
    ).rowcount
    connection.execute(delete(conversations).where(conversations.c.updated_at < limit))
    connection.execute(delete(messages).where(messages.c.claimed_at < limit))
    connection.execute(delete(feedback).where(feedback.c.given_at < limit))
    connection.execute(delete(deliveries).where(deliveries.c.told_at < limit))
    records.purge(connection, limit)
    vault.purge(connection)
    return int(gone)
