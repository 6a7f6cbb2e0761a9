"""The database as the server uses it: every call is one transaction, off the loop."""

from __future__ import annotations

import threading
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from alembic import command
from alembic.config import Config
from alembic.util import CommandError
from sqlalchemy.engine import Connection, Engine

from addons import metrics
from addons.threads import Threads
from dripdesk.database import Transactions, is_sqlite, take_time
from dripdesk.settings import SettingError

T = TypeVar("T")

LIMIT = 5.0  # seconds for a transaction, with all waiting
MIGRATING = (5005, 1)  # the advisory lock under which one server at a time changes the tables
ONE_AT_A_TIME = threading.Lock()
"""Alembic keeps in its modules what it migrates: two at once in a process would mix them up."""
MIGRATIONS = Path(__file__).with_name("migrations")


class Database(Transactions):
    """Brings the tables up to date when it opens, and takes work off the loop.

    Raises SettingError if the address cannot be read.
    """

    def __init__(self, url: str) -> None:
        super().__init__(url)
        self._threads = Threads("database")

    def prepare(self) -> None:
        """Make the tables, or bring older ones up to date. Raises as `migrate`, SQLAlchemyError."""
        self._open()

    async def read(self, work: Callable[[Connection], T]) -> T:
        """Return what the work returns. Raises SQLAlchemyError, or TimeoutError after 5 s."""
        with metrics.store_errors():
            return await self._threads.run(self.transact, work, False, limit=LIMIT)

    async def write(self, work: Callable[[Connection], T]) -> T:
        """Do the work as a whole or, if anything in it raises, not at all. Raises as `read`."""
        with metrics.store_errors():
            return await self._threads.run(self.transact, work, True, limit=LIMIT)

    def shrink(self) -> bool:
        """Take what was deleted out of SQLite's log file as well; return whether that was possible.

        It is not while another reads for longer than SQLite waits, two seconds: then it is done the
        next time, by `make purge` at the latest.
        """
        if not is_sqlite(self.url):
            return True
        connection = self._open().raw_connection()  # not possible within a transaction
        try:
            cursor = connection.cursor().execute("PRAGMA wal_checkpoint(TRUNCATE)")
            is_busy, _, _ = cursor.fetchone()
            return not is_busy
        finally:
            connection.close()

    def _make(self) -> Engine:
        engine = super()._make()
        migrate(engine)
        return engine


def migrate(engine: Engine) -> None:
    """Bring the tables up to date. Raises SettingError if a newer version has been at them."""
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    with ONE_AT_A_TIME, engine.begin() as connection:
        if engine.dialect.name == "postgresql":  # SQLite lets in one at a time as it is
            take_time(connection)
            connection.exec_driver_sql("SELECT pg_advisory_xact_lock(%s, %s)", MIGRATING)
        config.attributes["connection"] = connection
        try:
            command.upgrade(config, "head")
        except CommandError as error:
            raise SettingError(
                "A newer version of Dripdesk has changed this database. Install that version "
                "again, or restore the backup from before the update."
            ) from error
