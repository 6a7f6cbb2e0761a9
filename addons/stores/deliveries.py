"""What gateways tell of our messages on their way."""

from __future__ import annotations

import time

from sqlalchemy import insert, select
from sqlalchemy.engine import Connection

from addons.stores.tables import deliveries


def note(connection: Connection, message_id: str, status: str) -> None:
    """Note that a message has come to a status; told again, it is the same."""
    same = (deliveries.c.message_id == message_id, deliveries.c.status == status)
    if connection.execute(select(deliveries.c.status).where(*same)).first() is None:
        connection.execute(
            insert(deliveries).values(message_id=message_id, status=status, told_at=time.time())
        )
