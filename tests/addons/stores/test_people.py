from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from functools import partial
from pathlib import Path

import pytest
from rasa.core import processor as rasa_processor
from sqlalchemy import insert
from sqlalchemy.engine import Connection

from addons.stores.database import Database
from addons.stores.people import DAY, known, purge
from addons.stores.tables import deliveries, feedback
from dripdesk.settings import PROJECT
from tests.databases import holds
from tests.patients import PHONE, Clinic

ASK = "what is your phone number?"
CANARY = "zugspitze"


def count(clinic: Clinic, table: str, where: str = "1 = 1") -> int:
    return int(clinic.rows(f"SELECT count(*) FROM {table} WHERE {where}")[0][0])  # noqa: S608


def test_what_is_known_is_what_was_said_without_what_is_personal(clinic: Clinic) -> None:
    before = time.time()
    clinic.says("is there wifi, call 914-555-0133")
    clinic.says(ASK)
    clinic.says("bye", conversation="you")
    told = clinic.loop.run_until_complete(clinic.agent.turns.known("me"))
    assert told.said == ("is there wifi, call [phone]", ASK)
    assert told.since is not None
    assert before <= told.since <= time.time()
    nobody = clinic.database.transact(lambda one: known(one, "nobody"))
    assert (nobody.said, nobody.since) == ((), None)


def test_who_asks_to_be_forgotten_leaves_no_trace(clinic: Clinic, database_url: str) -> None:
    clinic.says(f"is there wifi in {CANARY}")
    clinic.says(ASK, conversation="you")
    assert holds(database_url, CANARY)
    clinic.loop.run_until_complete(clinic.agent.turns.forget("me"))
    assert not holds(database_url, CANARY)
    assert count(clinic, "messages", "conversation = 'me'") == 0
    assert len(clinic.stored("you")) > 0
    assert clinic.says("yes")[0].startswith("I am not sure what you mean")  # a stranger again


def test_old_conversations_are_deleted_and_others_stay(clinic: Clinic, database_url: str) -> None:
    clinic.says(f"is there wifi in {CANARY}")
    now = time.time()
    rated = {"conversation": "me", "message_id": "1", "topic": "faq_wifi", "helpful": True}
    sent = {"message_id": "SM1", "status": "sent", "told_at": now}
    for row in (insert(feedback).values(**rated, given_at=now), insert(deliveries).values(sent)):
        clinic.database.transact(partial(Connection.execute, statement=row))
    assert clinic.database.transact(lambda one: purge(one, 30)) == 0
    later = time.time() + 31 * DAY
    assert clinic.database.transact(lambda one: purge(one, 30, later)) > 3
    clinic.database.shrink()
    assert not holds(database_url, CANARY)
    kept = ("events", "conversations", "messages", "feedback", "deliveries")
    assert [count(clinic, one) for one in kept] == [0] * len(kept)


def test_of_a_conversation_that_goes_on_the_old_part_is_deleted(
    clinic: Clinic, monkeypatch: pytest.MonkeyPatch
) -> None:
    clinic.says(f"is there wifi in {CANARY}")
    now = time.time
    with monkeypatch.context() as patch:
        for module in (rasa_processor.time, time):
            patch.setattr(module, "time", lambda: now() + 20 * DAY)
        clinic.says("how much does it cost?")
    assert clinic.database.transact(lambda one: purge(one, 30, now() + 31 * DAY)) > 3
    assert [event.text for event in clinic.stored() if event.type_name == "user"] == [
        "how much does it cost?"
    ]
    with monkeypatch.context() as patch:
        for module in (rasa_processor.time, time):
            patch.setattr(module, "time", lambda: now() + 20 * DAY + 60)
        assert clinic.says("yes")[0].startswith(
            "I can work out an estimate"
        )  # what was offered stands
    assert clinic.says(ASK)[0] == PHONE  # and the estimate goes on


def test_what_the_present_talk_rests_on_is_not_deleted(clinic: Clinic) -> None:
    clinic.says("is there wifi")
    between = time.time()
    clinic.says("how much does it cost?")
    assert clinic.database.transact(lambda one: purge(one, 30, between + 30 * DAY)) == 0
    assert len([event for event in clinic.stored() if event.type_name == "user"]) == 2


def test_the_command_says_what_it_did(database_url: str) -> None:
    command = [sys.executable, "-m", "addons.stores.purge"]
    environment = {**os.environ, "DATABASE_URL": database_url}
    done = subprocess.run(
        command, cwd=PROJECT, env=environment, capture_output=True, text=True, check=True
    )
    assert done.stdout == "Deleted 0 events older than 30 days.\n"


@pytest.mark.parametrize(
    "url", ["sqlite:////missing/x.db", "postgresql://me:secret@127.0.0.1:1/x", "postgres://x/y"]
)
def test_the_command_says_in_one_line_why_it_did_nothing(url: str) -> None:
    failed = subprocess.run(
        [sys.executable, "-m", "addons.stores.purge"],
        cwd=PROJECT, env={**os.environ, "DATABASE_URL": url},
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert failed.returncode == 1
    assert failed.stderr.startswith("Nothing was deleted: ")
    assert failed.stderr.count("\n") == 1
    assert "secret" not in failed.stderr


def test_a_log_file_that_is_in_use_is_emptied_later(tmp_path: Path) -> None:
    path = tmp_path / "busy.db"
    database = Database(f"sqlite:///{path}")
    database.transact(lambda connection: None)  # makes the tables
    with closing(sqlite3.connect(path, isolation_level=None)) as reader:
        reader.execute("BEGIN")
        reader.execute("SELECT count(*) FROM events").fetchone()
        database.transact(lambda connection: connection.exec_driver_sql("CREATE TABLE new (a)"))
        assert not database.shrink()
    assert database.shrink()
    assert Path(f"{path}-wal").stat().st_size == 0
    database.close()
