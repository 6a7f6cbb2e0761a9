from __future__ import annotations

import time

import pytest
from cryptography.fernet import Fernet

from addons.stores import people
from addons.stores.database import Database
from dripdesk.cipher import Cipher
from dripdesk.vault import Vault

KEY = Fernet.generate_key().decode()


@pytest.fixture
def database_url(each_database_url: str) -> str:
    return each_database_url


@pytest.fixture
def ours(database: Database) -> Vault:
    return Vault(database, Cipher([KEY]))


def rows(database: Database, query: str) -> list[tuple[object, ...]]:
    found = database.transact(lambda one: one.exec_driver_sql(query).fetchall(), False)
    return [tuple(row) for row in found]


def test_it_holds_the_last_text_of_a_field(ours: Vault) -> None:
    ours.keep("me", "callback_name", "Ann")
    ours.keep("me", "callback_name", "Anne")
    assert ours.read("me", "callback_name") == "Anne"
    assert ours.read("you", "callback_name") is None
    ours.empty("me")
    assert ours.read("me", "callback_name") is None


def test_it_forgets_after_an_hour(ours: Vault, monkeypatch: pytest.MonkeyPatch) -> None:
    ours.keep("me", "callback_name", "Ann")
    now = time.time()
    monkeypatch.setattr("dripdesk.vault.time.time", lambda: now + 3590)
    assert ours.read("me", "callback_name") == "Ann"
    monkeypatch.setattr("dripdesk.vault.time.time", lambda: now + 3700)
    assert ours.read("me", "callback_name") is None


def test_old_texts_leave_it(
    ours: Vault, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    now = time.time()
    ours.keep("me", "callback_name", "Ann")
    monkeypatch.setattr("dripdesk.vault.time.time", lambda: now + 3700)
    ours.keep("you", "callback_name", "Bo")  # somebody else asks for a call
    assert rows(database, "SELECT conversation FROM vault") == [("you",)]
    monkeypatch.setattr("dripdesk.vault.time.time", lambda: now + 7400)
    database.transact(lambda one: people.purge(one, 30))
    assert rows(database, "SELECT count(*) FROM vault") == [(0,)]


def test_references_are_replaced_by_what_it_holds(ours: Vault) -> None:
    ours.keep("me", "callback_name", "Ann")
    ours.keep("me", "callback_phone", "+19145550133")
    told = ours.reveal("me", "call [your name] at [your number] at [your time]")
    assert told == "call Ann at 914-555-0133 at [your time]"
