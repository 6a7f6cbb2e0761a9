"""What the clinic is still to be told of open call-back requests, and which server tells it."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import func, select, update
from sqlalchemy.engine import Connection

from dripdesk.records import callbacks, notices

SHORTEST, LONGEST = 60.0, 3600.0  # seconds between attempts: they double from one to the other
DOUBLED = 6  # times, at most: more would be longer than LONGEST, and at last overflow


@dataclass(frozen=True)
class Notice:
    """That a request is open, to be told in one way."""

    id: str
    """The same at each attempt, so that a receiver can drop doubles."""
    request: int
    """The number by which `make callbacks` closes the request."""
    open: int
    """How many requests are open."""
    attempts: int
    """How often it was tried before."""


def due(connection: Connection, way: str, now: float) -> list[Notice]:
    """Return what is to be told now in a way, the oldest first; requests that are closed are not.

    Times are in seconds since 1970.
    """
    is_open = callbacks.c.closed_at.is_(None)
    count = select(func.count()).where(is_open).scalar_subquery()
    query = (
        select(notices.c.id, notices.c.callback, count.label("open"), notices.c.attempts)
        .join(callbacks, callbacks.c.id == notices.c.callback)
        .where(is_open, notices.c.told_at.is_(None))
        .where(notices.c.way == way, notices.c.next_attempt <= now)
        .order_by(callbacks.c.id)
    )
    return [Notice(*row) for row in connection.execute(query)]


def claim(connection: Connection, notice: Notice, now: float) -> bool:
    """Set the time of the next attempt, which makes this one ours; return whether it is.

    It is not if another server was faster. Who claims has SHORTEST seconds; if it is killed
    meanwhile, the next attempt comes all the same.
    """
    wait = min(SHORTEST * 2 ** min(notice.attempts, DOUBLED), LONGEST)
    mine = update(notices).where(
        notices.c.id == notice.id,
        notices.c.attempts == notice.attempts,
        notices.c.told_at.is_(None),
    )
    values = {"attempts": notice.attempts + 1, "next_attempt": now + wait}
    return int(connection.execute(mine.values(values)).rowcount) == 1


def told(connection: Connection, notice: Notice, now: float) -> None:
    """Note that the clinic was told: there is no further attempt."""
    connection.execute(update(notices).where(notices.c.id == notice.id).values(told_at=now))
