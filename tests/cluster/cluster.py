"""PostgreSQL, two servers of ours, and nginx before them: real parts, each a process."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from pathlib import Path

from addons.channels.sessions import Sessions
from addons.stores.database import Database
from dripdesk.settings import PROJECT
from tests.nginx import Nginx, nginx
from tests.postgres import Postgres, postgres
from tests.servers import as_nobody, free_port, running

SECRET = "ys0hAZYFfGZmXqIsmvZTnZ8Nq5jFRz2Q"
KEY = "8Jr1Qb5nHq0m5nYw3bJ7cV2kXz9LsT4gDf6hUaPeOoA="


class Server:
    """A server of ours, in production mode and not as root, which can be killed and started."""

    def __init__(self, database_url: str, folder: Path) -> None:
        self.port = free_port()
        self.log = folder / f"server-{self.port}.log"
        self._environment = {
            "PATH": os.environ["PATH"],
            "HOME": str(folder / "home"),
            "PYTHONDONTWRITEBYTECODE": "1",
            "DRIPDESK_MODE": "production",
            "DRIPDESK_PORT": str(self.port),
            "DRIPDESK_SECRET": SECRET,
            "RECORDS_KEY": KEY,
            "DATABASE_URL": database_url,
            "PUBLIC_URL": "https://chat.clinic.example",
            "TWILIO_AUTH_TOKEN": "0f1e2d3c4b5a69788796a5b4c3d2e1f0",
        }
        self._running: AbstractContextManager[subprocess.Popen[bytes]] | None = None

    @property
    def url(self) -> str:
        """Its own address, on which only nginx should call."""
        return f"http://127.0.0.1:{self.port}"

    def start(self) -> None:
        """Start it, and wait until it answers."""
        command = [*as_nobody(), sys.executable, "-m", "addons.server"]
        self._running = running(command, self.port, PROJECT, self._environment, self.log)
        self.process = self._running.__enter__()

    def stop(self) -> None:
        """Stop it, if it runs."""
        if self._running:
            self._running.__exit__(None, None, None)

    def kill(self) -> None:
        """Kill it: it can do nothing more."""
        self.process.kill()
        self.process.wait()


@dataclass
class Cluster:
    """All of it."""

    postgres: Postgres
    servers: list[Server]
    nginx: Nginx
    database: Database
    """As the servers use it."""

    def conversation(self, token: str) -> str:
        """Return under which name the conversation of a browser's token is kept."""
        sessions = Sessions(SECRET)
        return sessions.conversation(sessions.read(token))


@contextmanager
def cluster() -> Iterator[Cluster]:
    """Run it until the block ends. Skips the test if Debian's packages are not there; not in CI."""
    with tempfile.TemporaryDirectory(prefix="servers-") as folder, postgres() as store:
        url = store.new_database()
        (Path(folder) / "home").mkdir()
        (Path(folder) / "home").chmod(0o777)  # as in a unit: what Matplotlib makes once is kept
        servers = [Server(url, Path(folder)) for _ in range(2)]
        database = Database(url)
        with nginx([one.port for one in servers]) as proxy:
            try:
                with ThreadPoolExecutor() as pool:
                    list(pool.map(Server.start, servers))
                yield Cluster(store, servers, proxy, database)
            finally:
                database.close()
                for one in servers:
                    one.stop()
