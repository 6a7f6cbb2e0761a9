"""Tells systemd that the server still works; when it hears nothing, it starts the server anew."""

from __future__ import annotations

import asyncio
import os
import socket
from asyncio import AbstractEventLoop
from collections.abc import Mapping

import structlog
from sanic import Sanic

log = structlog.get_logger(__name__)


def start(app: Sanic, loop: AbstractEventLoop) -> None:
    """Begin to tell it, if systemd wants to hear it (`WatchdogSec=` of the unit)."""
    app.add_task(tell(os.environ))


async def tell(environ: Mapping[str, str]) -> None:
    """Tell it from the event loop, which is what may hang, twice within the time that is set.

    The address and the time are those of sd_watchdog_enabled(3).
    """
    address, limit = environ.get("NOTIFY_SOCKET"), environ.get("WATCHDOG_USEC")
    if not address or not limit:
        return
    if address.startswith("@"):  # an abstract socket
        address = f"\0{address[1:]}"
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as systemd:
        systemd.setblocking(False)
        while True:
            try:
                systemd.sendto(b"WATCHDOG=1", address)
            except OSError as error:
                log.warning("systemd could not be told that the server works.", error=error.errno)
            await asyncio.sleep(int(limit) / 2_000_000)
