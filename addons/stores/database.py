"""The database: SQLite in a file, or PostgreSQL. Every call is one transaction, off the loop."""

from __future__ import annotations

import os
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

from alembic import command
from alembic.config import Config
from sqlalchemy import create_engine, event
from sqlalchemy.engine import Connection, Engine, make_url
from sqlalchemy.exc import ArgumentError
from sqlalchemy.pool import QueuePool

from addons.threads import Threads
from dripdesk.settings import SettingError

T = TypeVar("T")

LIMIT = 6.0  # seconds for a transaction, with all waiting
BUSY = 2.0  # seconds to wait while another process writes
MIGRATIONS = Path(__file__).with_name("migrations")


class Database:
    """Opens at its first use, and tries again at the next if that failed.

    Raises SettingError if the address cannot be read.
    """

    def __init__(self, url: str) -> None:
        try:
            self._url = make_url(url)
        except ArgumentError as error:
            raise SettingError(
                "DATABASE_URL is not the address of a database, such as sqlite:////srv/dripdesk.db."
            ) from error
        self._threads = Threads("database")
        self._opening = threading.Lock()
        self._engine: Engine | None = None

    async def read(self, work: Callable[[Connection], T]) -> T:
        """Return what the work returns. Raises SQLAlchemyError, or TimeoutError after 6 s."""
        return await self._threads.run(self.transact, work, False, limit=LIMIT)

    async def write(self, work: Callable[[Connection], T]) -> T:
        """Do the work as a whole or, if anything in it raises, not at all. Raises as `read`."""
        return await self._threads.run(self.transact, work, True, limit=LIMIT)

    def transact(self, work: Callable[[Connection], T], writes: bool = True) -> T:
        """Do the work in one transaction, here and now: for commands, and for threads."""
        connection = self._open().connect().execution_options(writes=writes)
        with connection, connection.begin():
            return work(connection)

    def _open(self) -> Engine:
        with self._opening:
            if self._engine is None:
                engine = _sqlite(self._url) if self._is_sqlite else _engine(self._url)
                migrate(engine)
                self._engine = engine
            return self._engine

    @property
    def _is_sqlite(self) -> bool:
        return bool(self._url.get_backend_name() == "sqlite")

    def shrink(self) -> None:
        """Take what was deleted out of SQLite's log file as well."""
        if self._is_sqlite:
            connection = self._open().raw_connection()  # not possible within a transaction
            try:
                connection.cursor().execute("PRAGMA wal_checkpoint(TRUNCATE)")
            finally:
                connection.close()

    def close(self) -> None:
        """Close all connections."""
        if self._engine:
            self._engine.dispose()
            self._engine = None


def migrate(engine: Engine) -> None:
    """Bring the tables up to date."""
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    with engine.begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "head")


def _engine(url: Any, **options: Any) -> Engine:
    # Parameters hold what patients write: they are kept out of error messages, and so of logs.
    return create_engine(url, future=True, hide_parameters=True, **options)


def _sqlite(url: Any) -> Engine:
    if url.database:
        os.close(os.open(url.database, os.O_CREAT | os.O_RDWR, 0o600))  # for nobody else to read
    engine = _engine(
        url, poolclass=QueuePool, connect_args={"timeout": BUSY, "check_same_thread": False}
    )

    event.listen(engine, "connect", _prepare)
    event.listen(engine, "begin", _begin)
    return engine


def _prepare(connection: Any, record: Any) -> None:
    connection.isolation_level = None  # the driver begins no transaction of its own
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = NORMAL")  # withstands a killed process
    connection.execute("PRAGMA secure_delete = ON")  # what is forgotten is overwritten


def _begin(connection: Connection) -> None:
    # A transaction that reads first and writes later could fail in between: it locks at once.
    writes = connection.get_execution_options().get("writes", True)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")
