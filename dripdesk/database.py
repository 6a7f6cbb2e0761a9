"""Opens the database: SQLite in a file that only its owner can read, or PostgreSQL."""

from __future__ import annotations

import os
import threading
from collections.abc import Callable
from typing import Any, TypeVar

from sqlalchemy import create_engine, event
from sqlalchemy.engine import URL, Connection, Engine, ExceptionContext, make_url
from sqlalchemy.exc import ArgumentError
from sqlalchemy.pool import QueuePool

from dripdesk.settings import SettingError

T = TypeVar("T")

BUSY = 2.0  # seconds to wait while another process writes, or uses all connections
SLOW = 4.0  # seconds that PostgreSQL may work on one statement
POOL = 8  # connections to PostgreSQL at most, each for one transaction at a time
DRIVERS = ("sqlite", "sqlite+pysqlite", "postgresql", "postgresql+psycopg2")

# How soon a network or a server that is gone is noticed, by us (libpq) and by PostgreSQL.
LIBPQ = {
    "application_name": "dripdesk",
    "connect_timeout": "2",
    "keepalives_idle": "5",
    "keepalives_interval": "2",
    "keepalives_count": "3",
    "tcp_user_timeout": "6000",
}
# What PostgreSQL's own log may hold: no statement, as ours hold what patients write.
DISCREET = {
    "log_min_error_statement": ("panic", "fatal", "log"),
    "log_error_verbosity": ("terse",),
    "log_statement": ("none", "ddl"),
    "log_min_duration_statement": ("-1",),
}
POSTGRES = {"tcp_keepalives_idle": 5, "tcp_keepalives_interval": 2, "tcp_keepalives_count": 3}


def address(url: str) -> URL:
    """Return the parts of an address as SQLAlchemy writes it. Raises SettingError."""
    try:
        parts = make_url(url)
    except (ArgumentError, ValueError) as error:
        raise _unusable() from error
    if parts.drivername not in DRIVERS:
        raise _unusable()
    return parts


def shown(url: str) -> str:
    """Return an address without its password, for people to read. Raises SettingError."""
    return str(address(url).render_as_string(hide_password=True))


def _unusable() -> SettingError:
    return SettingError(
        "DATABASE_URL must be like sqlite:////srv/dripdesk.db or "
        "postgresql://user:password@host:5432/name, with %40 for an @ in the password."
    )


def is_sqlite(url: URL) -> bool:
    """Whether the database is a file of SQLite."""
    return bool(url.get_backend_name() == "sqlite")


def open_engine(url: URL) -> Engine:
    """Return an engine; its connections take the execution option `writes`, true by default."""
    return _sqlite(url) if is_sqlite(url) else _postgres(url)


class Transactions:
    """Opens the database at its first use, and tries again at the next if that failed.

    Raises SettingError if the address cannot be read.
    """

    def __init__(self, url: str) -> None:
        self.url = address(url)
        self._opening = threading.Lock()
        self._engine: Engine | None = None

    def transact(self, work: Callable[[Connection], T], writes: bool = True) -> T:
        """Do the work in one transaction, here and now. Raises SQLAlchemyError."""
        connection = self._open().connect().execution_options(writes=writes)
        with connection, connection.begin():
            return work(connection)

    def close(self) -> None:
        """Close all connections."""
        if self._engine:
            self._engine.dispose()
            self._engine = None

    def _open(self) -> Engine:
        with self._opening:
            self._engine = self._engine or self._make()
            return self._engine

    def _make(self) -> Engine:
        return open_engine(self.url)


def reason(error: BaseException) -> str:
    """Return in one line why a database failed, without what was to be stored."""
    told = str(getattr(error, "orig", None) or error).strip()
    return told.partition("\n")[0] or type(error).__name__


def take_time(connection: Connection) -> None:
    """Let the statements of this transaction take as long as they need."""
    if connection.dialect.name == "postgresql":
        connection.exec_driver_sql("SET LOCAL statement_timeout = 0")
        connection.exec_driver_sql("SET LOCAL lock_timeout = 0")


def tells_too_much(connection: Connection) -> list[str]:
    """Return the settings of PostgreSQL that should be others: its log may quote patients."""
    if connection.dialect.name != "postgresql":
        return []
    names = {name: connection.exec_driver_sql(f"SHOW {name}").scalar() for name in DISCREET}
    return [f"{name} = {good[0]}" for name, good in DISCREET.items() if names[name] not in good]


def libpq_options(url: URL, **limits: int) -> dict[str, str]:
    """Return what a connection to PostgreSQL is opened with, and its limits in milliseconds.

    What the address itself says counts for more.
    """
    settings = " ".join(f"-c {name}={value}" for name, value in {**POSTGRES, **limits}.items())
    ours = {**LIBPQ, "options": settings}
    return {name: value for name, value in ours.items() if name not in url.query}


def _engine(url: URL, **options: Any) -> Engine:
    # Parameters hold what patients write: they are kept out of error messages, and so of logs.
    return create_engine(url, future=True, hide_parameters=True, **options)


def _postgres(url: URL) -> Engine:
    limits = {
        "statement_timeout": round(SLOW * 1000),
        "lock_timeout": round(BUSY * 1000),
        "idle_in_transaction_session_timeout": round(SLOW * 1000),
    }
    engine = _engine(
        url.set(drivername="postgresql+psycopg2"),
        connect_args=libpq_options(url, **limits),
        pool_size=POOL,
        max_overflow=0,
        pool_timeout=BUSY,
        pool_pre_ping=True,  # PostgreSQL may have been restarted since
    )
    event.listen(engine, "handle_error", _shorten)
    return engine


def _shorten(context: ExceptionContext) -> None:
    """Take out of an error all but its first line: the others quote rows, with what is in them."""
    for error in (context.original_exception, context.sqlalchemy_exception):
        if error is not None:
            error.args = (reason(context.original_exception), *error.args[1:])


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
