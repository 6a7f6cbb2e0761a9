"""What gateways tell of our messages on their way."""

from __future__ import annotations

import time

from sqlalchemy import insert, select
from sqlalchemy.engine import Connection

from addons.stores.tables import deliveries


def note(connection: Connection, message_id: str, status: str) -> bool:
    """Note that a message has come to a status; return whether that is new: it may come again."""
    same = (deliveries.c.message_id == message_id, deliveries.c.status == status)
    if connection.execute(select(deliveries.c.status).where(*same)).first():
        return False
    row = {"message_id": message_id, "status": status, "told_at": time.time()}
    connection.execute(insert(deliveries).values(**row))
    return True
