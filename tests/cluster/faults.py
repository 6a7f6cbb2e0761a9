"""Breaks a part of a cluster while visitors talk; counts what they noticed."""

from __future__ import annotations

import asyncio
import itertools
import random
import time
import uuid
from collections.abc import Callable

from tests.cluster.cluster import Cluster
from tests.cluster.visitors import Visitor, browser
from tests.faults.counts import Counts, Delivery, count

Fault = Callable[[Cluster], None]

VISITORS = 8
SCRIPT = ("is there wifi", "how much does it cost", "yes", "no", "what is your phone number")
REPEATED = 0.2  # of the answered messages are sent again at once
BEFORE, AFTER = 1.0, 2.0  # seconds that visitors talk before and after a fault
FROZEN = 10.0  # seconds
AT_ONCE = 5  # messages of a trial
TOGETHER = 4  # trials

_turn = itertools.count()


def server_killed(cluster: Cluster) -> None:
    """One server is killed (SIGKILL), and started again."""
    server = cluster.servers[next(_turn) % len(cluster.servers)]
    server.kill()
    time.sleep(1)
    server.start()


def postgresql_frozen(cluster: Cluster) -> None:
    """PostgreSQL stands still (SIGSTOP) for ten seconds."""
    with cluster.postgres.frozen():
        time.sleep(FROZEN)


def postgresql_killed(cluster: Cluster) -> None:
    """PostgreSQL is killed with all its processes, and started again."""
    cluster.postgres.kill()
    time.sleep(2)
    cluster.postgres.start()


def postgresql_restarted(cluster: Cluster) -> None:
    """PostgreSQL is stopped in order, and started again."""
    cluster.postgres.stop()
    cluster.postgres.start()


def nginx_restarted(cluster: Cluster) -> None:
    """Nginx is stopped at once, and started again."""
    cluster.nginx.restart()


def disk_full(cluster: Cluster) -> None:
    """PostgreSQL can write no further, as on a full disk, until there is room again."""
    cluster.postgres.fill_disk()
    time.sleep(3)
    cluster.postgres.make_room()


FAULTS: list[Fault] = [
    server_killed, postgresql_frozen, postgresql_killed, postgresql_restarted, nginx_restarted,
    disk_full,
]  # fmt: skip

FELT = (postgresql_frozen, postgresql_killed, disk_full)
"""Without PostgreSQL nobody can be answered: if nobody noticed, it was not broken."""


def inject(cluster: Cluster, fault: Fault, rounds: int = 1) -> tuple[Counts, int]:
    """Let visitors talk while a fault comes, some times; return the counts.

    And how many answers differ from those that the same words get when all is well.
    """
    return asyncio.run(_inject(cluster, fault, rounds))


async def _inject(cluster: Cluster, fault: Fault, rounds: int) -> tuple[Counts, int]:
    deliveries: list[Delivery] = []
    async with browser(cluster) as client:
        expected = await _visit(Visitor(cluster, client, deliveries))
        is_over = asyncio.Event()

        async def visits(chance: random.Random) -> list[list[tuple[str, ...]]]:
            answers = []
            while not is_over.is_set():
                answers.append(await _visit(Visitor(cluster, client, deliveries), chance))
            return answers

        talks = [asyncio.ensure_future(visits(random.Random(n))) for n in range(VISITORS)]
        for _ in range(rounds):
            await asyncio.sleep(BEFORE)
            await asyncio.to_thread(fault, cluster)
            await asyncio.sleep(AFTER)
        is_over.set()
        said = itertools.chain.from_iterable(await asyncio.gather(*talks))
    pairs = itertools.chain.from_iterable(zip(one, expected, strict=True) for one in said)
    differ = sum(answer != good for answer, good in pairs)
    return await asyncio.to_thread(count, deliveries, cluster.database), differ


async def _visit(visitor: Visitor, chance: random.Random | None = None) -> list[tuple[str, ...]]:
    """Say all of the script, now and then twice; return the answers."""
    await visitor.begin()
    answers = []
    for text in SCRIPT:
        message_id = uuid.uuid4().hex
        answers.append(await visitor.insist(text, message_id))
        if chance and chance.random() < REPEATED:
            await visitor.insist(text, message_id)
    return answers


def simultaneous(cluster: Cluster, trials: int) -> Counts:
    """Send messages of one conversation to both servers at once, one twice; return the counts."""
    return asyncio.run(_simultaneous(cluster, trials))


async def _simultaneous(cluster: Cluster, trials: int) -> Counts:
    deliveries: list[Delivery] = []
    places = asyncio.Semaphore(TOGETHER)

    async def trial() -> None:
        async with places:
            visitor = Visitor(cluster, client, deliveries)
            await visitor.begin()
            ids = [uuid.uuid4().hex for _ in range(AT_ONCE)]
            servers = itertools.cycle(one.url for one in cluster.servers)
            await asyncio.gather(
                *(
                    visitor.deliver(SCRIPT[number % len(SCRIPT)], message_id, next(servers))
                    for number, message_id in enumerate([*ids, ids[0]])
                )
            )

    async with browser(cluster) as client:
        await asyncio.gather(*(trial() for _ in range(trials)))
    return await asyncio.to_thread(count, deliveries, cluster.database)
