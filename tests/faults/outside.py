"""Breaks what a server stands on: the disk is full, or somebody sets the clock."""

from __future__ import annotations

import random
import resource
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

from addons.stores.database import Database
from tests.faults.counts import Counts, count
from tests.faults.kills import CONVERSATIONS, TEXTS, Gateway, serving
from tests.servers import free_port

FAKETIME = sorted(Path("/usr/lib").glob("*/faketime/libfaketimeMT.so.1"))
CLOCKS = ("+0", "+2h", "+30h", "-3h", "+0")

Server = subprocess.Popen[bytes]
Fault = Callable[[Server, Path], Iterator[None]]


def disk_full(server: Server, folder: Path) -> Iterator[None]:
    """No file may grow any more, which is a full disk to the server."""
    for size in (0, resource.RLIM_INFINITY):
        resource.prlimit(server.pid, resource.RLIMIT_FSIZE, (size, resource.RLIM_INFINITY))
        yield


def clock_jumps(server: Server, folder: Path) -> Iterator[None]:
    """The clock goes on by hours, and back."""
    for offset in CLOCKS:
        (folder / "clock").write_text(offset)
        yield


FAULTS: list[Fault] = [disk_full, *([clock_jumps] if FAKETIME else [])]


def inject(folder: Path, fault: Fault) -> Counts:
    """Talk at every step of a fault; deliver all again in the end; return the counts."""
    path, port = folder / "test.db", free_port()
    (folder / "clock").write_text("+0")
    settings = {
        "LD_PRELOAD": str(FAKETIME[0]) if fault is clock_jumps else "",
        "FAKETIME_TIMESTAMP_FILE": str(folder / "clock"),
        "FAKETIME_NO_CACHE": "1",
        "FAKETIME_DONT_FAKE_MONOTONIC": "1",  # as it is when somebody sets the clock
    }
    gateway = Gateway(port, random.Random(1))
    with serving(path, port, settings=settings) as server:
        assert gateway.talk(len(TEXTS))
        for _ in fault(server, folder):
            for conversation in CONVERSATIONS:
                gateway.next_of(conversation, 4)
        gateway.deliver_all_again()
    if fault is disk_full:
        assert any(not one.is_real for one in gateway.deliveries), "There was room."
    database = Database(f"sqlite:///{path}")
    counts = count(gateway.deliveries, database)
    database.close()
    return counts
