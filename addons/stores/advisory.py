"""One turn of a conversation at a time over several servers: PostgreSQL's advisory locks."""

from __future__ import annotations

import asyncio
import hashlib
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from functools import partial
from typing import Any

import psycopg2
import structlog
from psycopg2 import extensions
from sqlalchemy.dialects.postgresql.psycopg2 import dialect
from sqlalchemy.engine import URL

from addons.logs import place
from addons.stores.locks import QueueLocks
from addons.threads import Threads
from dripdesk.database import libpq_options

log = structlog.get_logger(__name__)

MOST = 20  # connections that hold a lock or wait for one, of which
WAITING = 10  # at most so many wait: what other servers hold up cannot hold up everybody
LIMIT = 20.0  # seconds to wait for a lock that another server holds
ASKING = 3.0  # seconds to learn whether one does: PostgreSQL says so at once, unless it is away
GIVING_BACK = 1.0  # seconds until a lock that is not given back goes with its connection
LIMITS = {
    "idle_session_timeout": 30_000,  # a server that hangs for longer loses its locks
    "client_connection_check_interval": 1_000,  # who has gone does not stay in the queue
}

TRY = "SELECT pg_try_advisory_lock(%s)"  # not granted either while another waits
WAIT = "SELECT true FROM pg_advisory_lock(%s)"
GIVE_BACK = "SELECT pg_advisory_unlock(%s)"


class AdvisoryLocks(QueueLocks):
    """First come, first served, over all servers that use one database.

    The locks queue in order, and vanish with the connection of a server that is killed. Within a
    process the queue stands in front, so that it waits with one connection for a conversation.
    """

    def __init__(self, url: URL) -> None:
        super().__init__()
        _, options = dialect().create_connect_args(url)
        self._options = {**options, **libpq_options(url, **LIMITS)}
        self._threads = Threads("locks")
        self._places = asyncio.Semaphore(MOST)
        self._waits = asyncio.Semaphore(WAITING)
        self._idle: list[Any] = []

    @asynccontextmanager
    async def lock(self, conversation_id: str, *args: Any, **kwargs: Any) -> AsyncIterator[None]:
        """Wait until all that came before have gone, and hold the lock for the block.

        Raises psycopg2.Error if the database fails, TimeoutError if it says nothing for 3 s, or
        after 20 s of waiting for another server.
        """
        number = _number(conversation_id)
        async with super().lock(conversation_id):
            connection = await asyncio.wait_for(self._hold(number), LIMIT)
            try:
                yield
            except BaseException:
                connection.close()  # and the lock goes with it
                self._leave(connection)
                raise
            await self._give_back(connection, number)

    def close(self) -> None:
        """Close the connections that are not in use."""
        while self._idle:
            self._idle.pop().close()

    async def _hold(self, number: int) -> Any:
        """Return a connection that holds the lock."""
        connection = await self._take(TRY, number, ASKING)
        if connection is None:
            async with self._waits:
                connection = await self._take(WAIT, number, LIMIT)
        return connection

    async def _take(self, query: str, number: int, limit: float) -> Any | None:
        """Return a connection that holds the lock, or None if another does."""
        await self._places.acquire()
        try:
            connection, is_granted = await asyncio.wait_for(self._request(query, number), limit)
        except BaseException:
            self._places.release()
            raise
        if is_granted:
            return connection
        self._leave(connection)
        return None

    async def _request(self, query: str, number: int) -> tuple[Any, bool]:
        """Ask for a lock; return the connection that did, and whether it was granted."""
        while self._idle:
            connection = self._idle.pop()
            with suppress(psycopg2.Error):  # closed by PostgreSQL since
                return connection, await _ask(connection, query, number)
        connect = partial(psycopg2.connect, **self._options, async_=True)
        connection = await self._threads.run(connect, limit=LIMIT)  # it looks the host up first
        await _settle(connection)
        return connection, await _ask(connection, query, number)

    async def _give_back(self, connection: Any, number: int) -> None:
        try:
            await asyncio.wait_for(_ask(connection, GIVE_BACK, number), GIVING_BACK)
        except (psycopg2.Error, asyncio.TimeoutError) as error:  # what was done is done
            log.error("A lock was given back with its connection.", error=place(error))
        finally:
            self._leave(connection)

    def _leave(self, connection: Any) -> None:
        if not connection.closed:
            self._idle.append(connection)
        self._places.release()


def _number(conversation_id: str) -> int:
    """Return the number by which PostgreSQL knows the lock of a conversation: 64 bits, signed."""
    digest = hashlib.sha256(conversation_id.encode()).digest()
    return int.from_bytes(digest[:8], "big", signed=True)


async def _ask(connection: Any, query: str, number: int) -> bool:
    """Return what a query for a lock answers. If that fails, the connection is closed."""
    try:
        cursor = connection.cursor()
        cursor.execute(query, (number,))
        await _settle(connection)
        return bool(cursor.fetchone()[0])
    except BaseException:
        connection.close()
        raise


async def _settle(connection: Any) -> None:
    """Wait until a connection has done what was asked of it (psycopg2, "Asynchronous support")."""
    loop = asyncio.get_running_loop()
    watches = {
        extensions.POLL_READ: (loop.add_reader, loop.remove_reader),
        extensions.POLL_WRITE: (loop.add_writer, loop.remove_writer),
    }
    while (state := connection.poll()) != extensions.POLL_OK:
        watch, unwatch = watches[state]
        descriptor, ready = connection.fileno(), asyncio.Event()
        watch(descriptor, ready.set)
        try:
            await ready.wait()
        finally:
            unwatch(descriptor)
