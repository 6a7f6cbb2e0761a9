from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from cryptography.fernet import Fernet

from addons.stores import people
from addons.stores.database import Database
from dripdesk import outbox, records
from dripdesk.outbox import Notice
from dripdesk.records import Details, Records

DETAILS = Details("Ann", "+19145550133", "tomorrow after lunch", "my bill")
KEY = Fernet.generate_key().decode()
SOON = 1.0  # seconds after now, when what is stored now is due


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    one = Database(f"sqlite:///{tmp_path / 'test.db'}")
    one.transact(lambda connection: None)  # makes the tables
    yield one
    one.close()


@pytest.fixture
def ours(tmp_path: Path, database: Database) -> Iterator[Records]:
    one = Records(f"sqlite:///{tmp_path / 'test.db'}", [KEY], ["webhook", "mail"])
    yield one
    one.dispose()


def due(database: Database, after: float = SOON, way: str = "mail") -> list[Notice]:
    now = time.time() + after
    return database.transact(lambda one: outbox.due(one, way, now))


def claim(database: Database, notice: Notice, after: float = SOON) -> bool:
    now = time.time() + after
    return database.transact(lambda one: outbox.claim(one, notice, now))


def test_each_way_tells_of_each_request_by_itself(ours: Records, database: Database) -> None:
    ours.request("me", "m1", DETAILS)
    ours.request("me", "m1", DETAILS)  # the same again
    ours.request("you", "m1", DETAILS)
    first, second = due(database)
    assert [(one.request, one.open, one.attempts) for one in (first, second)] == [
        (1, 2, 0),
        (2, 2, 0),
    ]
    database.transact(lambda one: outbox.told(one, first, time.time()))
    assert due(database) == [second]
    by_webhook = due(database, way="webhook")
    assert [one.request for one in by_webhook] == [1, 2]
    assert not {one.id for one in by_webhook} & {first.id, second.id}


def test_one_server_has_each_attempt(ours: Records, database: Database) -> None:
    ours.request("me", "m1", DETAILS)
    (notice,) = due(database)
    assert claim(database, notice)
    assert not claim(database, notice)
    assert due(database) == []


def test_attempts_come_ever_later_at_most_an_hour_and_without_end(
    ours: Records, database: Database
) -> None:
    ours.request("me", "m1", DETAILS)
    at, waits = SOON, []
    for _ in range(40):
        (notice,) = due(database, at)
        assert claim(database, notice, at)
        wait = next(one for one in range(30, 3700, 30) if due(database, at + one + SOON))
        waits.append(wait)
        at += wait + SOON
    assert waits == [60, 120, 240, 480, 960, 1920, *[3600] * 34]


def test_also_after_a_year_of_attempts_there_is_a_next_one(
    ours: Records, database: Database
) -> None:
    ours.request("me", "m1", DETAILS)
    many = records.notices.update().values(attempts=9000)
    database.transact(lambda one: one.execute(many))
    (notice,) = due(database)
    assert claim(database, notice)


def test_of_a_request_that_is_closed_or_forgotten_nobody_is_told(
    ours: Records, database: Database
) -> None:
    for who in ("me", "you", "they"):
        ours.request(who, "m1", DETAILS)
    ours.close(1, "Ann Lee")
    database.transact(lambda one: people.forget(one, "you"))
    assert [(one.request, one.open) for one in due(database)] == [(3, 1)]
    later = time.time() + 31 * people.DAY
    database.transact(lambda one: people.purge(one, 30, later))
    left = database.transact(lambda one: one.execute(records.notices.select()).all())
    assert {row.callback for row in left} == {3}


def test_where_nobody_is_to_be_told_nothing_waits(tmp_path: Path, database: Database) -> None:
    ours = Records(f"sqlite:///{tmp_path / 'test.db'}", [KEY])
    ours.request("me", "m1", DETAILS)
    ours.dispose()
    assert due(database) == []
