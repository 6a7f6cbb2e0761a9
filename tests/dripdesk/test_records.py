from __future__ import annotations

import time
from collections.abc import Iterator

import pytest
from cryptography.fernet import Fernet

from addons.stores import people
from addons.stores.database import Database
from dripdesk.records import Details, Records
from dripdesk.settings import SettingError
from dripdesk.vault import KEPT
from tests.databases import holds

DETAILS = Details("Ann", "+19145550133", "tomorrow after lunch", "my bill")
KEY = Fernet.generate_key().decode()


@pytest.fixture
def url(each_database_url: str) -> str:
    database = Database(each_database_url)
    database.transact(lambda connection: None)  # makes the tables
    database.close()
    return each_database_url


@pytest.fixture
def ours(url: str) -> Iterator[Records]:
    one = Records(url, [KEY])
    yield one
    one.dispose()


def rows(url: str, query: str) -> list[tuple[object, ...]]:
    database = Database(url)
    found = database.transact(lambda one: one.exec_driver_sql(query).fetchall(), False)
    database.close()
    return [tuple(row) for row in found]


def test_nothing_is_readable_in_the_database(ours: Records, url: str) -> None:
    ours.request("me", "m1", Details("Zora Quillfeather", "+17185550186", "noon", "Kestrel"))
    ours.vault.keep("me", "callback_name", "Zora Quillfeather")
    ours.dispose()
    assert not any(holds(url, one) for one in ("Quillfeather", "7185550186", "Kestrel"))
    assert holds(url, "callback_name")
    assert len(rows(url, "SELECT * FROM callbacks")) == 1


def test_a_request_whose_turn_was_lost_is_still_known(
    ours: Records, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert not ours.is_requested("me", None)
    ours.request("me", "m1", DETAILS)
    assert ours.is_requested("me", None)
    assert not ours.is_requested("you", None)
    now = time.time()
    monkeypatch.setattr(time, "time", lambda: now + KEPT + 1)
    assert not ours.is_requested("me", None)
    monkeypatch.undo()
    (one,) = ours.open_requests("Ann Lee")
    ours.close(one.id, "Ann Lee")
    assert not ours.is_requested("me", None)


def test_a_request_is_stored_once_for_a_message_and_closed_once(ours: Records, url: str) -> None:
    assert not ours.is_requested("me", "m1")
    ours.vault.keep("me", "callback_name", "Ann")
    ours.vault.keep("you", "callback_name", "Bo")
    ours.request("me", "m1", DETAILS)
    ours.request("me", "m1", DETAILS)
    assert ours.is_requested("me", "m1")
    assert not ours.is_requested("you", "m1")
    assert ours.vault.read("me", "callback_name") is None  # the form is done
    assert ours.vault.read("you", "callback_name") == "Bo"
    (one,) = ours.open_requests("Ann Lee")
    assert one.details == DETAILS
    ours.close(one.id, "Ann Lee")
    assert ours.open_requests("Bo") == []
    with pytest.raises(LookupError):
        ours.close(one.id, "Ann Lee")
    assert rows(url, "SELECT who, what FROM audit ORDER BY id") == [
        ("Ann Lee", "read 1 open call-back requests"),
        ("Ann Lee", f"closed call-back request {one.id}"),
        ("Bo", "read 0 open call-back requests"),
    ]


def test_an_older_key_still_reads(ours: Records, url: str) -> None:
    ours.request("me", "m1", DETAILS)
    new = Fernet.generate_key().decode()
    for keys, details in (([new, KEY], DETAILS), ([new], None)):
        later = Records(url, keys)
        assert [one.details for one in later.open_requests("Ann Lee")] == [details]
        later.dispose()


def test_who_is_forgotten_is_not_called(ours: Records, url: str) -> None:
    ours.request("me", "m1", DETAILS)
    ours.request("you", "m1", DETAILS)
    ours.vault.keep("me", "callback_name", "Ann")
    database = Database(url)
    database.transact(lambda connection: people.forget(connection, "me"))
    database.close()
    assert len(ours.open_requests("Ann Lee")) == 1
    assert ours.vault.read("me", "callback_name") is None


def test_a_key_that_is_none_is_refused(url: str) -> None:
    with pytest.raises(SettingError, match="openssl rand"):
        Records(url, ["secret"])
