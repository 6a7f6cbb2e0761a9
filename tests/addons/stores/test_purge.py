"""`make purge` says what was deleted, also if the disk does not show it yet."""

from __future__ import annotations

import sqlite3

import pytest

from addons.stores import purge
from addons.stores.database import Database
from tests.patients import Clinic


def test_what_was_deleted_is_told_though_the_log_file_is_not_emptied(
    clinic: Clinic, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    clinic.says("is there wifi")

    def fail(database: Database) -> bool:
        raise sqlite3.OperationalError("disk I/O error")

    monkeypatch.setattr(Database, "shrink", fail)
    assert purge.main() == 1
    told = capsys.readouterr()
    assert told.out.startswith("Deleted 0 events")
    assert "could not be emptied: disk I/O error" in told.err


def test_a_database_that_cannot_be_read_is_told(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("DATABASE_URL", "sqlite:////proc/none/dripdesk.db")
    assert purge.main() == 1
    assert "Nothing was deleted" in capsys.readouterr().err
