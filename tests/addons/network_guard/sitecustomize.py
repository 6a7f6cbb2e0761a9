"""Refuses, and writes down, every contact of a Python process with another machine."""

from __future__ import annotations

import os
import sys
from typing import Any

LOOPBACK = {"127.0.0.1", "localhost", "::1", "0.0.0.0", "", None}  # noqa: S104


def _watch(event: str, arguments: tuple[Any, ...]) -> None:
    if event == "socket.getaddrinfo":
        host = arguments[0]
    elif event in ("socket.connect", "socket.sendto") and isinstance(arguments[1], tuple):
        host = arguments[1][0]
    else:
        return
    if host not in LOOPBACK:
        with open(os.environ["NETWORK_GUARD_LOG"], "a") as log:  # noqa: PTH123
            log.write(f"{event} {host}\n")
        raise PermissionError(f"no contact with {host}")


sys.addaudithook(_watch)
