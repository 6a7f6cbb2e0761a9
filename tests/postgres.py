"""A real PostgreSQL of Debian's on loopback, for tests: in a folder of its own, not as root."""

from __future__ import annotations

import os
import pwd
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

import psycopg2
import pytest

from tests.servers import free_port

PROGRAMS = sorted(Path("/usr/lib/postgresql").glob("*/bin/postgres"))
LEFT_OUT = "LEFT OUT: this test needs Debian's package postgresql."
PASSWORD = "for@tests/only"
SET_UP = (  # as README has it
    f"CREATE ROLE dripdesk LOGIN PASSWORD '{PASSWORD}'",
    "ALTER ROLE dripdesk SET log_min_error_statement = 'panic'",
    "ALTER ROLE dripdesk SET log_error_verbosity = 'terse'",
)
PATIENCE = 60  # seconds


@dataclass
class Postgres:
    """A running server."""

    folder: Path
    port: int
    is_durable: bool
    process: subprocess.Popen[bytes]
    databases: int = 0

    def url(self, name: str = "postgres", user: str = "dripdesk") -> str:
        """Return the address of a database."""
        return f"postgresql://{user}:{quote(PASSWORD, safe='')}@127.0.0.1:{self.port}/{name}"

    def new_database(self) -> str:
        """Make an empty database and return its address."""
        self.databases += 1
        name = f"test{self.databases}"
        self.execute(f"CREATE DATABASE {name} OWNER dripdesk")
        return self.url(name)

    def execute(self, statement: str) -> None:
        """Do something as the superuser, outside of any transaction."""
        connection = psycopg2.connect(self.url(user="postgres"))
        connection.autocommit = True
        connection.cursor().execute(statement)
        connection.close()

    def start(self) -> None:
        """Start it again, after it was stopped or killed."""
        self.process = _start(self.folder, self.port, self.is_durable)

    def stop(self, how: signal.Signals = signal.SIGINT) -> None:
        """Stop it: it ends its work in order (SIGINT), or as in a crash (SIGQUIT)."""
        self.process.send_signal(how)
        self.process.wait(PATIENCE)

    def kill(self) -> None:
        """Kill it with all its processes, as a loss of power does."""
        self._signal(signal.SIGKILL)
        self.process.wait(PATIENCE)

    @contextmanager
    def frozen(self) -> Iterator[None]:
        """Let all its processes stand still until the block ends."""
        self._signal(signal.SIGSTOP)
        try:
            yield
        finally:
            self._signal(signal.SIGCONT)

    def fill_disk(self) -> None:
        """Let it write nothing more: to it, a file that may not grow is a full disk."""
        self._limit_files("0")

    def make_room(self) -> None:
        """Let it write again; if it could not go on without, start it again."""
        self._limit_files("unlimited")
        with suppress(subprocess.TimeoutExpired):
            self.process.wait(1)
            self.start()

    def _limit_files(self, size: str) -> None:
        for pid in (self.process.pid, *self._children()):
            # As its user: root itself needs a right for this that it does not have everywhere.
            subprocess.run(
                ["prlimit", "--pid", str(pid), f"--fsize={size}:unlimited"],
                user=_user(), stderr=subprocess.DEVNULL, check=False,
            )  # some end meanwhile  # fmt: skip

    def _signal(self, number: signal.Signals) -> None:
        """Send a signal to it, and then to the processes that it began."""
        os.kill(self.process.pid, number)  # it begins no more
        for pid in self._children():
            with suppress(ProcessLookupError):
                os.kill(pid, number)

    def _children(self) -> list[int]:
        """Return the numbers of the processes that it began."""
        parents: dict[int, int] = {}
        for stat in Path("/proc").glob("[0-9]*/stat"):
            with suppress(OSError):  # some end meanwhile
                parents[int(stat.parent.name)] = int(stat.read_text().rpartition(")")[2].split()[1])
        return [pid for pid, parent in parents.items() if parent == self.process.pid]


def programs() -> Path:
    """Return the folder with the newest PostgreSQL's programs, or skip the test; in CI, fail."""
    if not PROGRAMS:
        (pytest.fail if os.environ.get("CI") else pytest.skip)(LEFT_OUT)
    return max(PROGRAMS, key=lambda one: int(one.parts[-3])).parent


@contextmanager
def postgres(is_durable: bool = True) -> Iterator[Postgres]:
    """Run a server until the block ends; if not durable, it would not withstand a loss of power."""
    # Not in pytest's folder: only the user of the tests can go in there.
    with tempfile.TemporaryDirectory(prefix="postgres-") as name:
        folder = Path(name)
        (folder / "password").write_text(PASSWORD)
        if user := _user():
            for path in (folder, folder / "password"):
                shutil.chown(path, user)
        subprocess.run(
            [
                programs() / "initdb", "--pgdata", folder / "data", "--username", "postgres",
                "--auth", "scram-sha-256", "--pwfile", folder / "password", "--encoding", "UTF8",
                "--locale", "C.UTF-8", "--no-sync",
            ],
            cwd=folder, user=user, check=True, stdout=subprocess.DEVNULL,
        )  # fmt: skip
        port = free_port()
        one = Postgres(folder, port, is_durable, _start(folder, port, is_durable))
        try:
            for statement in SET_UP:
                one.execute(statement)
            yield one
        finally:
            if one.process.poll() is None:
                one.stop(signal.SIGQUIT)


def _user() -> str | None:
    """Return the user whom Debian made for PostgreSQL: it refuses to run as root."""
    return pwd.getpwnam("postgres").pw_name if os.getuid() == 0 else None


def _start(folder: Path, port: int, is_durable: bool) -> subprocess.Popen[bytes]:
    command = [str(programs() / "postgres"), "-D", str(folder / "data"), "-p", str(port)]
    command += ["-c", "listen_addresses=127.0.0.1", "-c", f"unix_socket_directories={folder}"]
    command += [] if is_durable else ["-c", "fsync=off", "-c", "full_page_writes=off"]
    with (folder / "log").open("a") as output:
        process = subprocess.Popen(command, cwd=folder, user=_user(), stdout=output, stderr=output)
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end and process.poll() is None:
        with suppress(psycopg2.OperationalError):
            psycopg2.connect(
                Postgres(folder, port, is_durable, process).url(user="postgres")
            ).close()
            return process
        time.sleep(0.05)
    raise AssertionError(f"PostgreSQL did not start:\n{(folder / 'log').read_text()}")
