from __future__ import annotations

import stat
from collections.abc import Iterator
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import insert
from sqlalchemy.engine import Connection
from sqlalchemy.exc import SQLAlchemyError

from addons.stores.database import Database
from addons.stores.tables import events, metadata
from dripdesk import records

EVENT = {"sender_id": "me", "type_name": "user", "timestamp": 0.0, "data": "my secret"}


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "test.db"


@pytest.fixture
def database(path: Path) -> Iterator[Database]:
    one = Database(f"sqlite:///{path}")
    yield one
    one.close()


def test_the_migrations_make_the_tables(database: Database) -> None:
    def compare(connection: Connection) -> list[object]:
        context = MigrationContext.configure(connection)
        differences = compare_metadata(context, [metadata, records.metadata])
        return [one for one in differences if "sqlite_sequence" not in str(one)]  # SQLite's own

    assert database.transact(compare) == []


def test_the_file_is_for_its_owner_only(database: Database, path: Path) -> None:
    database.transact(lambda one: one.execute(insert(events).values(EVENT)))
    files = list(path.parent.glob("test.db*"))
    assert len(files) == 3  # with the log and its index
    assert {stat.S_IMODE(one.stat().st_mode) for one in files} == {0o600}


def test_what_is_there_stays_when_it_is_opened_again(database: Database, path: Path) -> None:
    database.transact(lambda one: one.execute(insert(events).values(EVENT)))
    again = Database(f"sqlite:///{path}")
    assert again.transact(lambda one: one.exec_driver_sql("SELECT data FROM events").scalar())
    again.close()


def test_a_transaction_is_done_as_a_whole_or_not_at_all(database: Database) -> None:
    def half(connection: Connection) -> None:
        connection.execute(insert(events).values(EVENT))
        raise RuntimeError

    with pytest.raises(RuntimeError):
        database.transact(half)
    assert database.transact(lambda one: one.exec_driver_sql("SELECT * FROM events").all()) == []


def test_an_error_does_not_tell_what_was_to_be_stored(database: Database) -> None:
    def wrong(connection: Connection) -> None:
        connection.execute(insert(events).values({**EVENT, "type_name": None}))

    with pytest.raises(SQLAlchemyError) as caught:
        database.transact(wrong)
    assert "my secret" not in str(caught.value)
