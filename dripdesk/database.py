"""Opens the database: SQLite in a file that only its owner can read, or PostgreSQL."""

from __future__ import annotations

import os
from typing import Any

from sqlalchemy import create_engine, event
from sqlalchemy.engine import URL, Connection, Engine, make_url
from sqlalchemy.exc import ArgumentError
from sqlalchemy.pool import QueuePool

from dripdesk.settings import SettingError

BUSY = 2.0  # seconds to wait while another process writes


def address(url: str) -> URL:
    """Return the parts of an address as SQLAlchemy writes it. Raises SettingError."""
    try:
        return make_url(url)
    except ArgumentError as error:
        raise SettingError(
            "DATABASE_URL is not the address of a database, such as sqlite:////srv/dripdesk.db."
        ) from error


def is_sqlite(url: URL) -> bool:
    """Whether the database is a file of SQLite."""
    return bool(url.get_backend_name() == "sqlite")


def open_engine(url: URL) -> Engine:
    """Return an engine; its connections take the execution option `writes`, true by default."""
    return _sqlite(url) if is_sqlite(url) else _engine(url)


def _engine(url: URL, **options: Any) -> Engine:
    # Parameters hold what patients write: they are kept out of error messages, and so of logs.
    return create_engine(url, future=True, hide_parameters=True, **options)


def _sqlite(url: URL) -> Engine:
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
