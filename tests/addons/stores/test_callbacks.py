from __future__ import annotations

import getpass
import sys
from datetime import datetime, timezone
from pathlib import Path

import pytest

from addons.stores import callbacks
from dripdesk import live
from dripdesk.lined_yaml import FileError
from dripdesk.records import Callback, Details
from tests.conftest import BookOf
from tests.patients import Clinic

DETAILS = Details("Ann", "+19145550133", "tomorrow after lunch", "my bill")


@pytest.fixture(autouse=True)
def its_database(database_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the command find the database of the test."""
    monkeypatch.setenv("DATABASE_URL", database_url)


def call(monkeypatch: pytest.MonkeyPatch, *arguments: str) -> int:
    monkeypatch.setattr(sys, "argv", ["callbacks", *arguments])
    return callbacks.main()


def test_staff_list_the_requests_and_close_one(
    clinic: Clinic, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    clinic.says("hello")  # the database is there
    live.records().request("me", "m1", DETAILS)
    assert call(monkeypatch, "--name", "Bo Lee") == 0
    told = capsys.readouterr().out
    assert all(one in told for one in ("Ann at 914-555-0133", "tomorrow after lunch", "my bill"))
    assert call(monkeypatch, "--close", "1", "--name", "Bo Lee") == 0
    assert call(monkeypatch) == 0
    assert callbacks.NONE_OPEN in capsys.readouterr().out
    noted = clinic.rows("SELECT who, what FROM audit ORDER BY id")
    assert [tuple(row) for row in noted[:2]] == [
        (f"Bo Lee ({getpass.getuser()})", "read 1 open call-back requests"),
        (f"Bo Lee ({getpass.getuser()})", "closed call-back request 1"),
    ]


@pytest.mark.usefixtures("clinic")
def test_before_the_first_start_none_is_open(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert call(monkeypatch) == 0
    assert callbacks.NONE_OPEN in capsys.readouterr().out


def test_times_are_the_clinics(book_of: BookOf, monkeypatch: pytest.MonkeyPatch) -> None:
    noon = datetime(2026, 11, 30, 17, tzinfo=timezone.utc).timestamp()
    for clinic, told in (("fuse", "17:00 UTC"), ("complete", "12:00 EST")):
        monkeypatch.setattr(live, "facts", lambda name=clinic: book_of(name))
        zone = callbacks.clinic_zone()
        assert f"2026-11-30 at {told}\n" in callbacks.report([Callback(1, noon, DETAILS)], zone)


def test_who_waits_is_told_also_if_the_facts_are_broken(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken() -> None:
        raise FileError(Path("hours.yml"), 3, "is broken")

    monkeypatch.setattr(live, "facts", broken)
    assert callbacks.clinic_zone() is timezone.utc


def test_a_number_that_is_not_open_is_refused(
    clinic: Clinic, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    clinic.says("hello")
    assert call(monkeypatch, "--close", "7") == 1
    assert "make callbacks" in capsys.readouterr().out
