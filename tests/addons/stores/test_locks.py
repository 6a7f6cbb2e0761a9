"""Within a process and, on PostgreSQL, over all."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator

import pytest

from addons.stores.advisory import AdvisoryLocks
from addons.stores.locks import QueueLocks
from dripdesk.database import address


@pytest.fixture
def locks(database_url: str) -> Iterator[QueueLocks]:
    if database_url.startswith("sqlite"):
        yield QueueLocks()
        return
    one = AdvisoryLocks(address(database_url))
    yield one
    one.close()


def test_first_come_first_served_and_one_at_a_time(locks: QueueLocks) -> None:
    order, inside = list[int](), 0

    async def turn(number: int) -> None:
        nonlocal inside
        async with locks.lock("me"):
            inside += 1
            assert inside == 1
            await asyncio.sleep(0.001)
            order.append(number)
            inside -= 1

    async def all_at_once() -> None:
        await asyncio.gather(*map(turn, range(20)))

    asyncio.run(all_at_once())
    assert order == list(range(20))
    assert not locks._locks  # nothing is left over


def test_conversations_do_not_wait_for_one_another(locks: QueueLocks) -> None:
    async def nested() -> str:
        async with locks.lock("me"), locks.lock("you"):
            return "both"

    assert asyncio.run(nested()) == "both"


def test_who_gives_up_waiting_is_passed_over(locks: QueueLocks) -> None:
    async def ask() -> str:
        async def turn() -> str:
            async with locks.lock("me"):
                return "done"

        async with locks.lock("me"):
            impatient, patient = asyncio.ensure_future(turn()), asyncio.ensure_future(turn())
            await asyncio.sleep(0)
            impatient.cancel()
            await asyncio.sleep(0)
        said = await patient
        assert impatient.cancelled()
        assert not locks._locks
        return said

    assert asyncio.run(ask()) == "done"


def test_a_turn_that_fails_leaves_the_lock(locks: QueueLocks) -> None:
    async def fail() -> None:
        async with locks.lock("me"):
            raise RuntimeError

    async def turn() -> str:
        with pytest.raises(RuntimeError):
            await fail()
        async with locks.lock("me"):
            return "done"

    assert asyncio.run(turn()) == "done"
