"""Starts the processes of a server on one core, waits until it answers, and weighs them."""

from __future__ import annotations

import socket
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

from dripdesk.settings import PROJECT

PATIENCE = 300.0  # seconds until a start counts as failed


class StartError(Exception):
    """A server did not start; the message is what it said."""


@dataclass(frozen=True)
class Process:
    """A command, and the address that answers 200 once it is ready."""

    command: Sequence[str | Path]
    ready: str


def free_port() -> int:
    """Return a port on loopback that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def running(
    processes: Sequence[Process], environment: Mapping[str, str], core: int, log: Path
) -> Iterator[tuple[list[int], float]]:
    """Run a server's processes; yield their ids and the seconds until all answered.

    Raises StartError.
    """
    start = time.perf_counter()
    with ExitStack() as stack, log.open("a") as output:
        started = []
        for process in processes:
            one = subprocess.Popen(  # noqa: S603 (commands of our own)
                ["taskset", "--cpu-list", str(core), *process.command],  # noqa: S607
                cwd=PROJECT,
                env=dict(environment),
                stdout=output,
                stderr=output,
            )
            stack.callback(_stop, one)
            started.append(one)
        for one, process in zip(started, processes, strict=True):
            _wait(one, process.ready, log)
        yield [one.pid for one in started], time.perf_counter() - start


def _wait(process: subprocess.Popen[bytes], address: str, log: Path) -> None:
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end and process.poll() is None:
        try:
            with urllib.request.urlopen(address, timeout=5):  # noqa: S310 (loopback)
                return
        except (urllib.error.HTTPError, OSError):
            time.sleep(0.02)
    raise StartError(f"A server did not start:\n{log.read_text()[-3000:]}")


def _stop(process: subprocess.Popen[bytes]) -> None:
    process.terminate()
    try:
        process.wait(20)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait(20)


def resident(pids: Sequence[int]) -> float:
    """Return the memory of processes and all that they started, in MB (PSS).

    The proportional set size counts a page that several share once among them.
    """
    return sum(_pss(pid) for pid in _family(pids)) / 1024


def _family(pids: Sequence[int]) -> set[int]:
    parents = {}
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                # The name of a program stands in brackets, and may hold blanks.
                rest = (entry / "stat").read_text().rpartition(")")[2].split()
            except OSError:  # it has ended
                continue
            parents[int(entry.name)] = int(rest[1])
    family = set(pids)
    while grown := {pid for pid, parent in parents.items() if parent in family} - family:
        family |= grown
    return family


def _pss(pid: int) -> int:
    """Return the PSS of a process in kB."""
    lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("Pss:"))
