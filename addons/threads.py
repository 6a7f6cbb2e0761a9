"""Runs blocking code off the event loop, so that a call that hangs stops nobody else."""

from __future__ import annotations

import asyncio
import functools
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextvars import copy_context
from typing import Any, TypeVar

T = TypeVar("T")

AT_ONCE = 4  # measured: with one, a slow message holds up all others
PATIENCE = 1.0  # seconds until a call that still runs no longer counts among these
MOST = 64  # threads: so many calls can hang until no more is done


class Threads:
    """Four calls at a time; one that takes longer than a second gives its place to another."""

    def __init__(self, name: str) -> None:
        self._pool = ThreadPoolExecutor(MOST, thread_name_prefix=name)
        self._places = asyncio.Semaphore(AT_ONCE)

    async def run(self, call: Callable[..., T], *args: Any, limit: float) -> T:
        """Return what the call returns, in a thread that sees the caller's context variables.

        Raises what the call raises, or asyncio.TimeoutError after `limit` seconds, place included.
        The thread of a call that hangs cannot be stopped, and is left behind.
        """
        return await asyncio.wait_for(self._run(functools.partial(call, *args)), limit)

    async def _run(self, call: Callable[[], T]) -> T:
        await self._places.acquire()
        loop = asyncio.get_running_loop()
        place = _Place(self._places)
        loop.call_later(PATIENCE, place.leave)
        future = self._pool.submit(copy_context().run, call)
        future.add_done_callback(lambda _: _soon(loop, place.leave))
        return await asyncio.wrap_future(future)


class _Place:
    """One of the places at a semaphore; leaving it twice frees it once."""

    def __init__(self, places: asyncio.Semaphore) -> None:
        self._places: asyncio.Semaphore | None = places

    def leave(self) -> None:
        if self._places:
            self._places.release()
            self._places = None


def _soon(loop: asyncio.AbstractEventLoop, call: Callable[[], None]) -> None:
    """Run a call on its loop, unless that was closed while the thread still worked."""
    if not loop.is_closed():
        loop.call_soon_threadsafe(call)
