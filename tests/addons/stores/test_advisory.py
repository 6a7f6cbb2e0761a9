"""Locks over several servers: here, several stores of locks with connections of their own."""

from __future__ import annotations

import asyncio
import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import AsyncExitStack

import psycopg2
import pytest

from addons.stores import advisory
from addons.stores.advisory import MOST, WAITING, AdvisoryLocks
from dripdesk.database import address
from dripdesk.settings import PROJECT
from tests.postgres import Postgres, postgres

HOLD = """
import asyncio, sys
from addons.stores.advisory import AdvisoryLocks
from dripdesk.database import address

async def hold():
    async with AdvisoryLocks(address(sys.argv[1])).lock("me"):
        print("held", flush=True)
        await asyncio.sleep(600)

asyncio.run(hold())
"""

Opened = Callable[[], AdvisoryLocks]


@pytest.fixture
def database_url(postgresql: Postgres) -> str:
    return postgresql.new_database()


@pytest.fixture
def opened(database_url: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[Opened]:
    """Returns the locks of one more server."""
    for name in ("LIMIT", "ASKING"):
        monkeypatch.setattr(advisory, name, 300)  # however slow the machine is
    servers: list[AdvisoryLocks] = []

    def another() -> AdvisoryLocks:
        servers.append(AdvisoryLocks(address(database_url)))
        return servers[-1]

    yield another
    for one in servers:
        one.close()


def count(url: str, condition: str) -> int:
    """Return how many locks there are in the database of which something is true."""
    connection = psycopg2.connect(url)
    cursor = connection.cursor()
    cursor.execute(
        "SELECT count(*) FROM pg_locks JOIN pg_database ON database = pg_database.oid "  # noqa: S608
        f"WHERE locktype = 'advisory' AND datname = current_database() AND {condition}"
    )
    found = int(cursor.fetchall()[0][0])
    connection.close()
    return found


async def until(url: str, condition: str, number: int) -> None:
    """Wait until there are so many locks of a kind."""
    for _ in range(1000):
        if count(url, condition) == number:
            return
        await asyncio.sleep(0.05)
    raise AssertionError(f"{count(url, condition)} locks {condition}, and not {number}")


def test_servers_take_turns_in_the_order_in_which_they_came(
    opened: Opened, database_url: str
) -> None:
    order: list[int] = []

    async def turn(locks: AdvisoryLocks, number: int) -> None:
        async with locks.lock("me"):
            order.append(number)

    async def go() -> None:
        first, servers = opened(), [opened() for _ in range(5)]
        async with first.lock("me"):
            tasks = []
            for number, server in enumerate(servers):
                tasks.append(asyncio.ensure_future(turn(server, number)))
                await until(database_url, "NOT granted", number + 1)
            again = asyncio.ensure_future(turn(first, 5))
            assert order == []
        await asyncio.gather(*tasks, again)

    asyncio.run(go())
    assert order == [0, 1, 2, 3, 4, 5]
    assert count(database_url, "true") == 0


def test_a_server_waits_with_one_connection_for_a_conversation(
    opened: Opened, database_url: str
) -> None:
    async def turn(locks: AdvisoryLocks) -> None:
        async with locks.lock("me"):
            pass

    async def go() -> None:
        one, other = opened(), opened()
        async with one.lock("me"):
            tasks = [asyncio.ensure_future(turn(other)) for _ in range(30)]
            await until(database_url, "NOT granted", 1)
            await asyncio.sleep(0.1)
            assert count(database_url, "NOT granted") == 1
        await asyncio.gather(*tasks)

    asyncio.run(go())


def test_conversations_that_wait_do_not_hold_up_others(opened: Opened, database_url: str) -> None:
    names = [f"held {number}" for number in range(2 * MOST)]

    async def turn(locks: AdvisoryLocks, name: str) -> str:
        async with locks.lock(name):
            return name

    async def go() -> list[str]:
        one, other, third = opened(), opened(), opened()
        async with AsyncExitStack() as held:
            for number, name in enumerate(names):
                await held.enter_async_context((one, third)[number % 2].lock(name))
            tasks = [asyncio.ensure_future(turn(other, name)) for name in names]
            await until(database_url, "NOT granted", WAITING)
            said = [await turn(other, f"free {number}") for number in range(3)]
            assert not any(task.done() for task in tasks)
        assert await asyncio.gather(*tasks) == names
        assert len(other._idle) <= MOST
        return said

    assert asyncio.run(go()) == ["free 0", "free 1", "free 2"]


def test_who_gives_up_waiting_leaves_the_queue(opened: Opened, database_url: str) -> None:
    async def go() -> None:
        one, other = opened(), opened()
        async with one.lock("me"):
            with pytest.raises(asyncio.TimeoutError):
                await asyncio.wait_for(other.lock("me").__aenter__(), 0.3)
            await until(database_url, "NOT granted", 0)
            assert count(database_url, "granted") == 1
        async with other.lock("me"):
            assert count(database_url, "granted") == 1
        assert other._places._value == MOST
        assert other._waits._value == WAITING

    asyncio.run(go())


def test_the_lock_of_a_killed_server_is_free(opened: Opened, database_url: str) -> None:
    command = [sys.executable, "-c", HOLD, database_url]
    with subprocess.Popen(command, cwd=PROJECT, stdout=subprocess.PIPE, text=True) as holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == "held\n"

        async def go() -> None:
            task = asyncio.ensure_future(opened().lock("me").__aenter__())
            await until(database_url, "NOT granted", 1)
            os.kill(holder.pid, signal.SIGKILL)
            await task

        asyncio.run(go())


def test_a_server_that_hangs_loses_its_lock(
    opened: Opened, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(advisory.LIMITS, "idle_session_timeout", 500)

    async def go() -> None:
        one, other = opened(), opened()
        async with one.lock("me"), other.lock("me"):
            pass
        async with one.lock("me"):  # with another connection
            pass

    asyncio.run(go())


def test_postgresql_is_restarted_killed_and_frozen(monkeypatch: pytest.MonkeyPatch) -> None:
    async def turn(locks: AdvisoryLocks) -> str:
        async with locks.lock("me"):
            return "done"

    async def go(server: Postgres) -> None:
        locks = AdvisoryLocks(address(server.url()))
        assert await turn(locks) == "done"
        server.stop()
        server.start()
        assert await turn(locks) == "done"
        async with locks.lock("me"):  # while it works, PostgreSQL is gone
            server.kill()
        with pytest.raises(psycopg2.OperationalError):
            await turn(locks)
        server.start()
        assert await turn(locks) == "done"
        with monkeypatch.context() as patch:
            patch.setattr(advisory, "ASKING", 1)
            with server.frozen(), pytest.raises(asyncio.TimeoutError):
                await turn(locks)
        assert await turn(locks) == "done"
        assert (locks._places._value, locks._waits._value) == (MOST, WAITING)
        locks.close()

    with postgres() as server:
        asyncio.run(go(server))
