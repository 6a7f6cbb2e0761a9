"""The server tells systemd that it works, as long as its event loop does."""

from __future__ import annotations

import asyncio
import socket
import time
from pathlib import Path

from addons import watchdog
from tests.deploy.test_systemd import settings

EVERY = 0.05  # seconds


async def listened(path: Path, hangs_for: float = 0) -> list[bytes]:
    """Return what systemd hears within five times what it waits for."""
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as systemd:
        systemd.bind(str(path))
        systemd.setblocking(False)
        environ = {"NOTIFY_SOCKET": str(path), "WATCHDOG_USEC": str(int(EVERY * 2_000_000))}
        told = asyncio.ensure_future(watchdog.tell(environ))
        await asyncio.sleep(0)
        time.sleep(hangs_for)
        await asyncio.sleep(0 if hangs_for else 5 * EVERY)
        told.cancel()
        heard = []
        while True:
            try:
                heard.append(systemd.recv(64))
            except BlockingIOError:
                return heard


def test_it_is_told_again_and_again(tmp_path: Path) -> None:
    heard = asyncio.run(listened(tmp_path / "notify"))
    assert set(heard) == {b"WATCHDOG=1"}
    assert len(heard) >= 3


def test_an_event_loop_that_hangs_tells_nothing(tmp_path: Path) -> None:
    assert len(asyncio.run(listened(tmp_path / "notify", hangs_for=5 * EVERY))) <= 2


def test_without_systemd_nothing_is_told() -> None:
    asyncio.run(asyncio.wait_for(watchdog.tell({}), timeout=1))


def test_a_systemd_that_is_away_ends_nothing(tmp_path: Path) -> None:
    environ = {"NOTIFY_SOCKET": str(tmp_path / "nobody"), "WATCHDOG_USEC": "100000"}

    async def goes_on() -> bool:
        told = asyncio.ensure_future(watchdog.tell(environ))
        await asyncio.sleep(0.2)
        return told.done() or not told.cancel()

    assert not asyncio.run(goes_on())


def test_the_unit_listens() -> None:
    unit = settings("dripdesk.service")
    assert unit["NotifyAccess"] == ["main"]
    assert int(unit["WatchdogSec"][0]) >= 60  # a start takes half of that on a slow machine
