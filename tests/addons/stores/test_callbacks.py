from __future__ import annotations

import getpass
import sys

import pytest

from addons.stores import callbacks
from dripdesk import live
from dripdesk.records import Details
from tests.patients import Clinic

DETAILS = Details("Ann", "+19145550133", "tomorrow after lunch", "my bill")


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


def test_a_number_that_is_not_open_is_refused(
    clinic: Clinic, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    clinic.says("hello")
    assert call(monkeypatch, "--close", "7") == 1
    assert "make callbacks" in capsys.readouterr().out
