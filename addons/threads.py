"""Runs blocking code off the event loop, so that a call that hangs stops nobody else."""

from __future__ import annotations

import asyncio
import functools
import threading
from collections.abc import Callable, Coroutine
from concurrent.futures import ThreadPoolExecutor
from contextvars import copy_context
from typing import Any, TypeVar

T = TypeVar("T")

AT_ONCE = 4  # measured: with one, a slow message holds up all others
PATIENCE = 1.0  # seconds until a call that still runs no longer counts among these
MOST = 64  # threads: so many calls can hang until no more is done
_own = threading.local()
"""What each thread keeps for itself."""


def finish(work: Coroutine[Any, Any, T]) -> T:
    """Return what a coroutine returns, on an event loop that the present thread keeps.

    asyncio.run() makes a loop each time.
    """
    if not hasattr(_own, "loop"):
        _own.loop = asyncio.new_event_loop()
    result: T = _own.loop.run_until_complete(work)
    return result


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
        leave = _once(self._places.release)
        timer = loop.call_later(PATIENCE, leave)
        future = asyncio.wrap_future(self._pool.submit(copy_context().run, call))
        try:
            return await future
        finally:  # it is done, or given up
            timer.cancel()
            leave()


def _once(call: Callable[[], None]) -> Callable[[], None]:
    """Return a function that does a call when it is first called, and then nothing."""
    calls = [call]
    return lambda: calls.pop()() if calls else None
