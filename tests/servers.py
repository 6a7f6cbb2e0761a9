"""Starts a server of ours for a test, waits until it answers, and stops it."""

from __future__ import annotations

import json
import os
import re
import socket
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

PATIENCE = 300  # seconds until a start counts as failed: ten suffice, on a machine without others
READS_ALL = 2  # the number of CAP_DAC_READ_SEARCH (capabilities(7))


def free_port() -> int:
    """Return a port on loopback that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def as_nobody() -> list[str]:
    """Return how a command begins that shall not run as root, though the tests do.

    It may read all files where we can allow it: the Python of the tests can lie in root's home.
    """
    if os.getuid():
        return []
    bounds = re.search(r"CapBnd:\s*(\w+)", Path("/proc/self/status").read_text())
    may_read = bounds and int(bounds[1], 16) >> READS_ALL & 1
    rights = "-all" + (",+dac_read_search" if may_read else "")
    return [
        "setpriv", "--reuid=nobody", "--regid=nogroup", "--clear-groups", "--no-new-privs",
        f"--inh-caps={rights}", f"--ambient-caps={rights}", f"--bounding-set={rights}",
    ]  # fmt: skip


@contextmanager
def running(
    command: list[str], port: int, cwd: Path, env: dict[str, str], log: Path
) -> Iterator[subprocess.Popen[bytes]]:
    """Run a server until the block ends; its output is added to `log`."""
    with log.open("a") as output:
        server = subprocess.Popen(command, cwd=cwd, env=env, stdout=output, stderr=output)
        try:
            await_answer(server, port, log)
            yield server
        finally:
            stop(server)


def stop(process: subprocess.Popen[bytes]) -> None:
    """End a process, in any way if it does not end by itself."""
    process.terminate()
    try:
        process.wait(10)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait(10)


def await_port(server: subprocess.Popen[bytes], port: int, log: Path) -> None:
    """Wait until somebody listens on a port. Raises AssertionError with the log."""
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end and server.poll() is None:
        try:
            socket.create_connection(("127.0.0.1", port), 1).close()
            return
        except OSError:
            time.sleep(0.05)
    raise AssertionError(f"It did not start:\n{log.read_text()}")


def await_answer(server: subprocess.Popen[bytes], port: int, log: Path) -> None:
    """Wait until a server answers. Raises AssertionError with the log."""
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end and server.poll() is None:
        try:
            urllib.request.urlopen(f"http://127.0.0.1:{port}/", timeout=5)
            return
        except urllib.error.HTTPError:
            return
        except OSError:
            time.sleep(0.1)
    raise AssertionError(f"The server did not start:\n{log.read_text()}")


def post(port: int, path: str, body: dict[str, Any], token: str = "") -> Any:
    """Post JSON to a server on loopback and return its answer."""
    request = urllib.request.Request(
        f"http://127.0.0.1:{port}{path}",
        json.dumps(body).encode(),
        {"Content-Type": "application/json", "Authorization": f"Bearer {token}"},
    )
    with urllib.request.urlopen(request, timeout=30) as answer:
        return json.load(answer)


def ask(port: int, message: str, sender: str = "me") -> list[str]:
    """Say something on the stock REST channel and return the texts of the answer."""
    body = {"sender": sender, "message": message}
    return [part["text"] for part in post(port, "/webhooks/rest/webhook", body)]
