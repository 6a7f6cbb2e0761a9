"""Times turns in the process that runs this, and prints what it saw as JSON.

`python -m benchmarks.speed.inside ours FOLDER`, or `... stock FOLDER MODEL ENDPOINTS`.
"""

from __future__ import annotations

import asyncio
import itertools
import json
import logging
import sys
import time
from collections.abc import Awaitable, Callable, Iterable, Sequence
from math import inf
from pathlib import Path
from statistics import median
from typing import Any

from sqlalchemy import event
from sqlalchemy.engine import Engine

from benchmarks.answers import checked
from benchmarks.speed.talk import endless, some

MARKS = (10, 100, 1000, 5000)
"""Turns of a long conversation that are timed: each is the median of those around it."""
AROUND = 5
LONG_LIMIT = 60.0
"""Seconds after which the long conversation is stopped; ours is heard to its end."""
WARM_UP, TALKS = 2, 10

Say = Callable[[str, str], Awaitable[None]]
"""Sends a text as somebody, and waits for the answer."""


def ours(folder: Path) -> tuple[Say, Engine]:
    """Return Dripdesk with the model of the present content."""
    from addons.turns.turn import Incoming
    from benchmarks.agent import loaded

    logging.disable(logging.INFO)
    agent, database = loaded(folder)
    numbers = itertools.count()

    async def say(text: str, who: str) -> None:
        answer = await agent.turns.answer(Incoming("web", who, str(next(numbers)), text))
        checked(answer)

    return say, database._open()


def stock(model: str, endpoints: str) -> tuple[Say, Engine]:
    """Return stock Rasa as its own command loads it."""
    from rasa.core.agent import load_agent
    from rasa.core.channels.channel import CollectingOutputChannel, UserMessage
    from rasa.core.utils import AvailableEndpoints
    from rasa.utils.common import configure_logging_and_warnings
    from rasa.utils.log_utils import configure_structlog

    configure_logging_and_warnings()
    configure_structlog(logging.INFO)
    read = AvailableEndpoints.read_endpoints(endpoints)
    agent = asyncio.run(load_agent(model, endpoints=read))
    store: Any = agent.tracker_store
    while not hasattr(store, "engine"):
        store = store._tracker_store

    async def say(text: str, who: str) -> None:
        await agent.handle_message(UserMessage(text, CollectingOutputChannel(), who))

    return say, store.engine


async def measure(
    say: Say, engine: Engine, other_flush: Callable[[Engine], None], limit: float
) -> dict[str, Any]:
    """Return the times of turns: as it is, with the other's way to flush, and of a long talk."""
    # Of the last texts ours keeps much: those that warm up are not timed.
    warm, timed = some(WARM_UP), some(WARM_UP + TALKS)[WARM_UP:]
    await _talks(say, "warm", warm)
    seen: dict[str, Any] = {"turn": median(await _talks(say, "first", timed))}
    long: list[float] = []
    end = time.perf_counter() + limit
    for text in itertools.islice(endless(), MARKS[-1] + AROUND):
        long.append(await _time(say, text, "long"))
        if time.perf_counter() > end:
            break
    seen["long"] = {
        str(mark): median(long[mark - AROUND : mark + AROUND])
        for mark in MARKS
        if len(long) >= mark + AROUND
    }
    seen["reached"], seen["last"] = len(long), median(long[-AROUND:])
    other_flush(engine)
    await _talks(say, "warm again", warm)
    seen["turn, flushed as the other"] = median(await _talks(say, "second", timed))
    return seen


async def _talks(say: Say, who: str, talks: Iterable[Sequence[str]]) -> list[float]:
    """Return the times of all turns of some talks."""
    return [
        await _time(say, text, f"{who} {number}")
        for number, talk in enumerate(talks)
        for text in talk
    ]


async def _time(say: Say, text: str, who: str) -> float:
    """Return how long a turn takes, in ms."""
    start = time.perf_counter()
    await say(text, who)
    return (time.perf_counter() - start) * 1000


def _flush_each(engine: Engine) -> None:
    """Flush SQLite to the disk at each commit, as stock Rasa does by not choosing."""
    _pragmas(engine, "synchronous = FULL")


def _flush_seldom(engine: Engine) -> None:
    """Flush SQLite as we do: what is committed withstands a killed process, not a power cut."""
    _pragmas(engine, "journal_mode = WAL", "synchronous = NORMAL")


def _pragmas(engine: Engine, *pragmas: str) -> None:
    def prepare(connection: Any, record: Any) -> None:
        for pragma in pragmas:
            connection.execute(f"PRAGMA {pragma}")

    engine.dispose()  # connections made from now on are prepared
    event.listen(engine, "connect", prepare)


if __name__ == "__main__":
    if sys.argv[1] == "ours":
        talker, its_engine = ours(Path(sys.argv[2]))
        change, most = _flush_each, inf
    else:
        talker, its_engine = stock(*sys.argv[3:5])
        change, most = _flush_seldom, LONG_LIMIT
    print(json.dumps(asyncio.run(measure(talker, its_engine, change, most))))
