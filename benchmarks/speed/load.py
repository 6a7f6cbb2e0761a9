"""Patients who write over HTTP: several at once, or beside somebody's long message."""

from __future__ import annotations

import asyncio
import itertools
import time
from collections.abc import Iterator
from statistics import median

import aiohttp

from benchmarks.figures import percentile
from benchmarks.speed.sides import Http, Patient, Side
from benchmarks.speed.talk import TURNS, garbled, some

CLIENTS = (1, 8, 32)
CALM = 20  # messages before a long one
LONG_LIMIT = 60.0  # seconds

Measures = dict[str, float]


class RefusedMessageError(Exception):
    """A server did not answer a message: the times would mean nothing."""


async def measure(side: Side, seconds: float) -> Measures:
    """Return milliseconds and messages per second at each number of clients."""
    found: Measures = {}
    limits = aiohttp.TCPConnector(limit=0)
    async with aiohttp.ClientSession(connector=limits) as http:
        await _run(side, http, 1, 1.0)  # warm
        for clients in CLIENTS:
            times, took = await _run(side, http, clients, seconds)
            found[f"rps {clients}"] = len(times) / took
            for percent in (50, 95, 99):
                found[f"p{percent} {clients}"] = percentile(times, percent)
    return found


async def _run(side: Side, http: Http, clients: int, seconds: float) -> tuple[list[float], float]:
    """Return the times of all messages in ms, and for how many seconds they were sent."""
    talks = some(int(seconds * side.most / TURNS) + clients)
    greeted = [(await side.patient(http), talk) for talk in talks]
    waiting, times = iter(greeted), list[float]()
    start = time.perf_counter()
    end = start + seconds
    await asyncio.gather(*(_client(http, waiting, times, end) for _ in range(clients)))
    return times, time.perf_counter() - start


async def _client(
    http: Http, waiting: Iterator[tuple[Patient, list[str]]], times: list[float], end: float
) -> None:
    """Write as one patient after the other, each when the last answer is there."""
    for patient, talk in waiting:
        for text in talk:
            if time.perf_counter() >= end:
                return
            times.append(await say(http, patient, text))
    raise RefusedMessageError("There are more answers than patients: raise `most`.")


async def say(http: Http, patient: Patient, text: str) -> float:
    """Return how long an answer took, in ms. Raises RefusedMessageError."""
    start = time.perf_counter()
    status = await patient.say(http, text)
    if status != 200:
        raise RefusedMessageError(f"A message was answered with the status {status}.")
    return (time.perf_counter() - start) * 1000


async def delay(side: Side, length: int) -> float:
    """Return by how many ms a message of so many characters delays the worst-hit of another's.

    If it takes longer than a minute, what is returned is a minute.
    """
    limit = aiohttp.ClientTimeout(total=LONG_LIMIT)
    async with aiohttp.ClientSession(timeout=limit) as http:
        talk = itertools.chain.from_iterable(some(100))
        calm = [await say(http, await side.patient(http), next(talk)) for _ in range(CALM)]
        long_one = await side.patient(http)
        others = [await side.patient(http) for _ in range(CALM)]
        long = asyncio.ensure_future(long_one.say(http, garbled(length)))
        await asyncio.sleep(0)
        beside: list[float] = []
        try:
            for other in itertools.islice(itertools.cycle(others), CALM * TURNS):
                beside.append(await say(http, other, next(talk)))
                if long.done():
                    break
            await long
        except asyncio.TimeoutError:
            long.cancel()
            return LONG_LIMIT * 1000
        return max(beside) - median(calm)
