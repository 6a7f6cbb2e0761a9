"""What was saved can be restored, and read."""

from __future__ import annotations

import stat
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy.exc import OperationalError

from addons.stores import backup
from addons.stores.database import Database
from dripdesk import live
from dripdesk.records import Details
from tests.databases import holds
from tests.patients import Clinic

DETAILS = Details("Ann", "+19145550133", "tomorrow after lunch", "my bill")

Command = Callable[..., int]


@pytest.fixture
def command(database_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Command:
    """Runs the command; a restore keeps what was before in the folder `before`."""
    monkeypatch.setenv("DATABASE_URL", database_url)
    monkeypatch.setattr(backup, "BACKUPS", tmp_path / "before")
    monkeypatch.setattr("addons.logs.configure", lambda: None)

    def run(*arguments: object) -> int:
        monkeypatch.setattr(sys, "argv", ["backup", *map(str, arguments)])
        return backup.main()

    return run


def test_what_was_saved_comes_back(
    clinic: Clinic, command: Command, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    clinic.says("how much does it cost?")
    live.records().request("me", "m1", DETAILS)
    file = tmp_path / "saved"
    assert command(file) == 0, capsys.readouterr().err
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert "RECORDS_KEY" in capsys.readouterr().out

    (request,) = live.records().open_requests("Bo Lee")
    live.records().close(request.id, "Bo Lee")
    clinic.says("is there wifi")
    assert command("--restore", file) == 0, capsys.readouterr().err
    (noted,) = clinic.rows("SELECT what FROM audit ORDER BY id DESC LIMIT 1")
    assert noted[0] == "restored a backup"
    (request,) = live.records().open_requests("Bo Lee")
    assert request.details == DETAILS
    assert clinic.says("yes")[0].startswith(
        "I can work out an estimate"
    )  # as if nothing was between

    (before,) = (tmp_path / "before").glob("*.backup")
    assert command("--restore", before) == 0
    assert live.records().open_requests("Bo Lee") == []
    users = [event.text for event in clinic.stored() if event.type_name == "user"]
    assert users == ["how much does it cost?", "is there wifi"]


def test_what_is_no_backup_changes_nothing(
    database: Database, command: Command, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    database.transact(lambda one: None)
    for content in (b"", b"nonsense", b"SQLite format 3\x00 and nonsense", b"PGDMP and nonsense"):
        (tmp_path / "file").write_bytes(content)
        assert command("--restore", tmp_path / "file") == 1
        assert capsys.readouterr().err.startswith("Nothing was restored: ")
        query = "SELECT count(*) FROM events"
        assert database.transact(lambda one: one.exec_driver_sql(query).scalar(), False) == 0  # noqa: B023
    assert command("--restore", tmp_path / "missing") == 1
    assert command("--restore") == 1
    assert "make restore FILE=" in capsys.readouterr().err


def test_a_damaged_file_is_put_aside(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path, file = tmp_path / "live.db", tmp_path / "saved"
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{path}")
    monkeypatch.setattr(backup, "BACKUPS", tmp_path / "before")
    database = Database(f"sqlite:///{path}")
    row = "INSERT INTO deliveries VALUES ('SM1', 'sent', 0)"
    database.transact(lambda one: one.exec_driver_sql(row))
    monkeypatch.setattr(sys, "argv", ["backup", str(file)])
    assert backup.main() == 0
    database.close()
    path.write_bytes(b"garbage " * 1000)
    monkeypatch.setattr(sys, "argv", ["backup", "--restore", str(file)])
    assert backup.main() == 0
    assert holds(f"sqlite:///{path}", "SM1")
    (aside,) = tmp_path.glob("live.db.2*")
    assert aside.read_bytes().startswith(b"garbage")


def test_a_database_that_is_away_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "argv", ["backup", str(tmp_path / "saved")])
    for url in ("postgresql://me:secret@127.0.0.1:1/x", f"sqlite:///{tmp_path}/missing.db"):
        monkeypatch.setenv("DATABASE_URL", url)
        assert backup.main() == 1
        error = capsys.readouterr().err
        assert error.startswith("Nothing was saved: ")
        assert "secret" not in error
        assert list(tmp_path.iterdir()) == []


def test_of_postgresql_nothing_is_replaced_that_could_not_be_saved(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "saved").write_bytes(backup.POSTGRES)
    run: list[str] = []

    def fail(tool: str, *arguments: object, **options: object) -> bytes:
        run.append(tool)
        raise backup.BackupError("the disk is full")

    monkeypatch.setattr(backup, "_run", fail)
    monkeypatch.setattr(backup, "BACKUPS", tmp_path / "backups")
    monkeypatch.setenv("DATABASE_URL", "postgresql://me:secret@127.0.0.1:1/x")
    monkeypatch.setattr(sys, "argv", ["backup", "--restore", str(tmp_path / "saved")])
    assert backup.main() == 1
    assert run == ["pg_dump"]
    assert "Nothing was restored: what is there now could not be saved first" in (
        capsys.readouterr().err
    )


def test_no_folder_is_made_for_a_database_that_is_not_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{tmp_path}/missing.db")
    monkeypatch.setattr(sys, "argv", ["backup", str(tmp_path / "new" / "saved")])
    assert backup.main() == 1
    assert list(tmp_path.iterdir()) == []


def test_a_backup_of_which_nothing_can_be_noted_does_not_stay(
    clinic: Clinic, command: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    clinic.says("is there wifi")

    def fail(*arguments: object) -> None:
        raise OperationalError("INSERT INTO audit", {}, Exception("the disk is full"))

    monkeypatch.setattr("addons.stores.backup.access.note", fail)
    folder = tmp_path / "saved"
    assert command(folder / "today") == 1
    assert list(folder.iterdir()) == []
    (folder / "today").write_bytes(b"of this morning")
    assert command(folder / "today") == 1
    assert (folder / "today").read_bytes() == b"of this morning"
