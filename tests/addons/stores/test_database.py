from __future__ import annotations

import stat
import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import insert, select
from sqlalchemy.engine import Connection
from sqlalchemy.exc import SQLAlchemyError

from addons.stores.database import Database
from addons.stores.tables import events, metadata
from dripdesk import records
from dripdesk.database import tells_too_much
from dripdesk.settings import SettingError
from tests.postgres import Postgres

EVENT = {"sender_id": "me", "type_name": "user", "timestamp": 0.0, "data": "my secret"}


def test_the_migrations_make_the_tables(database: Database) -> None:
    def compare(connection: Connection) -> list[object]:
        context = MigrationContext.configure(connection)
        differences = compare_metadata(context, [metadata, records.metadata])
        return [one for one in differences if "sqlite_sequence" not in str(one)]  # SQLite's own

    assert database.transact(compare) == []


def test_databases_that_open_at_once_do_not_meet(tmp_path: Path) -> None:
    all_at = threading.Barrier(8)

    def opened(number: int) -> bool:
        database = Database(f"sqlite:///{tmp_path / str(number)}.db")
        all_at.wait()
        try:
            return database.transact(lambda one: one.execute(select(events)).first()) is None
        finally:
            database.close()

    with ThreadPoolExecutor(8) as pool:
        assert all(pool.map(opened, range(8)))


def test_the_file_is_for_its_owner_only(tmp_path: Path) -> None:
    database = Database(f"sqlite:///{tmp_path / 'test.db'}")
    database.transact(lambda one: one.execute(insert(events).values(EVENT)))
    files = list(tmp_path.glob("test.db*"))
    assert len(files) == 3  # with the log and its index
    assert {stat.S_IMODE(one.stat().st_mode) for one in files} == {0o600}
    database.close()


def test_what_is_there_stays_when_it_is_opened_again(database: Database) -> None:
    database.transact(lambda one: one.execute(insert(events).values(EVENT)))
    again = Database(database.url.render_as_string(hide_password=False))
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
    assert "my secret" not in str(caught.value) + str(caught.value.__cause__)


@pytest.mark.parametrize(
    "url",
    ["", "my database", "postgres://me@host/name", "mysql://me@host/name", "postgresql+asyncpg://x/y",
     "postgresql://host:port/name"],
)  # fmt: skip
def test_an_address_that_cannot_be_used_is_explained_in_one_line(url: str) -> None:
    with pytest.raises(SettingError, match=r"^DATABASE_URL must be like .*postgresql://"):
        Database(url)


def test_servers_that_start_at_once_make_the_tables_once(database_url: str) -> None:
    databases = [Database(database_url) for _ in range(4)]
    threads = [threading.Thread(target=one.transact, args=(lambda _: None,)) for one in databases]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    query = "SELECT count(*) FROM alembic_version"
    for one in databases:
        assert one.transact(lambda to: to.exec_driver_sql(query).scalar(), False) == 1
        one.close()


def test_postgresqls_own_log_is_looked_after(postgresql: Postgres) -> None:
    url = postgresql.new_database()
    database = Database(url)
    assert database.transact(tells_too_much, False) == []
    with pytest.raises(SQLAlchemyError):
        database.transact(lambda one: one.execute(insert(events).values({**EVENT, "id": "x"})))
    database.close()
    assert "my secret" not in (postgresql.folder / "log").read_text()
    as_it_comes = Database(url.replace("dripdesk", "postgres"))
    told = as_it_comes.transact(tells_too_much, False)
    assert told == ["log_min_error_statement = panic", "log_error_verbosity = terse"]
    with pytest.raises(SQLAlchemyError):
        as_it_comes.transact(lambda one: one.execute(insert(events).values({**EVENT, "id": "x"})))
    as_it_comes.close()
    assert "my secret" in (postgresql.folder / "log").read_text()  # else this proves nothing
