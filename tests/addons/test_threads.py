from __future__ import annotations

import asyncio
import threading
from contextvars import ContextVar

import pytest

from addons.threads import AT_ONCE, Threads

word: ContextVar[str] = ContextVar("word")


def test_a_call_runs_elsewhere_and_sees_the_callers_variables() -> None:
    async def ask() -> tuple[str, int]:
        word.set("wifi")
        return await Threads("test").run(lambda: (word.get(), threading.get_ident()), limit=5)

    said, thread = asyncio.run(ask())
    assert said == "wifi"
    assert thread != threading.get_ident()


def test_what_it_raises_is_raised() -> None:
    with pytest.raises(ZeroDivisionError):
        asyncio.run(Threads("test").run(lambda: 1 / 0, limit=5))


def test_only_so_many_run_at_once() -> None:
    running, most, lock = 0, 0, threading.Lock()
    barrier = threading.Barrier(AT_ONCE)

    def work() -> None:
        nonlocal running, most
        with lock:
            running += 1
            most = max(most, running)
        barrier.wait(20)
        with lock:
            running -= 1

    async def many() -> None:
        threads = Threads("test")
        await asyncio.gather(*(threads.run(work, limit=20) for _ in range(AT_ONCE * 3)))

    asyncio.run(many())
    assert most == AT_ONCE


def test_calls_that_hang_give_their_place_to_others() -> None:
    release = threading.Event()

    async def ask() -> str:
        threads = Threads("test")
        hanging = [
            asyncio.ensure_future(threads.run(release.wait, 60, limit=30)) for _ in range(AT_ONCE)
        ]
        await asyncio.sleep(0)
        said = await threads.run(lambda: "still here", limit=20)
        assert not any(one.done() for one in hanging)
        release.set()
        assert await asyncio.gather(*hanging) == [True] * AT_ONCE
        return said

    assert asyncio.run(ask()) == "still here"


def test_a_call_is_given_up_after_its_limit() -> None:
    release = threading.Event()
    with pytest.raises(asyncio.TimeoutError):
        asyncio.run(Threads("test").run(release.wait, 60, limit=0.05))
    release.set()
