"""The server tells systemd that it works, as long as its event loop does."""

from __future__ import annotations

import asyncio
import socket
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from addons import watchdog
from tests.deploy.test_systemd import settings

EVERY = 0.05  # seconds


@contextmanager
def listening(path: Path) -> Iterator[tuple[socket.socket, dict[str, str]]]:
    """Give a socket in place of systemd's, and what systemd sets."""
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as systemd:
        systemd.bind(str(path))
        systemd.setblocking(False)
        yield systemd, {"NOTIFY_SOCKET": str(path), "WATCHDOG_USEC": str(int(EVERY * 2_000_000))}


def test_it_is_told_again_and_again(tmp_path: Path) -> None:
    async def three(systemd: socket.socket, environ: dict[str, str]) -> list[bytes]:
        told = asyncio.ensure_future(watchdog.tell(environ))
        loop = asyncio.get_running_loop()
        heard = [await asyncio.wait_for(loop.sock_recv(systemd, 64), 10) for _ in range(3)]
        told.cancel()
        return heard

    with listening(tmp_path / "notify") as (systemd, environ):
        assert asyncio.run(three(systemd, environ)) == [b"WATCHDOG=1"] * 3


def test_an_event_loop_that_hangs_tells_nothing(tmp_path: Path) -> None:
    async def hang(systemd: socket.socket, environ: dict[str, str]) -> int:
        told = asyncio.ensure_future(watchdog.tell(environ))
        await asyncio.sleep(0)
        systemd.recv(64)  # it has begun
        time.sleep(5 * EVERY)
        told.cancel()
        try:
            systemd.recv(64)
        except BlockingIOError:
            return 0
        return 1

    with listening(tmp_path / "notify") as (systemd, environ):
        assert asyncio.run(hang(systemd, environ)) == 0


def test_without_systemd_nothing_is_told() -> None:
    asyncio.run(asyncio.wait_for(watchdog.tell({}), timeout=10))


def test_a_systemd_that_is_away_ends_nothing(tmp_path: Path) -> None:
    environ = {"NOTIFY_SOCKET": str(tmp_path / "nobody"), "WATCHDOG_USEC": "100000"}

    async def is_done() -> bool:
        told = asyncio.ensure_future(watchdog.tell(environ))
        await asyncio.sleep(0.2)
        was_done = told.done()
        told.cancel()
        return was_done

    assert not asyncio.run(is_done())


def test_the_unit_listens() -> None:
    unit = settings("dripdesk.service")
    assert unit["NotifyAccess"] == ["main"]
    assert int(unit["WatchdogSec"][0]) >= 60  # a start takes half of that on a slow machine
