"""Whoever reads what is kept of patients leaves a line; without the line nothing is read."""

from __future__ import annotations

import ast
import getpass
import re
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest
from cryptography.fernet import Fernet

from addons.stores import backup, callbacks, purge, unanswered
from addons.stores.database import Database
from dripdesk import access, live
from dripdesk.records import Details, Records
from dripdesk.settings import PROJECT

DETAILS = Details("Zora Quillfeather", "+17185550186", "noon", "the Kestrel bill")
USER = getpass.getuser()


@pytest.fixture
def database(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Database:
    url = f"sqlite:///{tmp_path / 'test.db'}"
    one = Database(url)
    one.transact(lambda connection: None)  # makes the tables
    records = Records(url, [Fernet.generate_key().decode()])
    records.request("me", "m1", DETAILS)
    monkeypatch.setattr(live, "records", lambda: records)
    monkeypatch.setenv("DATABASE_URL", url)
    monkeypatch.setattr("dripdesk.settings.LOCAL", tmp_path / "local")
    monkeypatch.setattr(backup, "BACKUPS", tmp_path / "backups")
    return one


def noted(database: Database) -> list[tuple[str, str]]:
    query = "SELECT who, what FROM audit ORDER BY id"
    return [tuple(row) for row in database.transact(lambda one: list(one.exec_driver_sql(query)))]


COMMANDS: dict[str, list[tuple[Callable[[], int], list[str], tuple[str, str]]]] = {
    "addons.stores.callbacks": [
        (callbacks.main, [], (USER, "read 1 open call-back requests")),
        (
            callbacks.main,
            ["--close", "1", "--name", "Ann Lee"],
            (f"Ann Lee ({USER})", "closed call-back request 1"),
        ),
    ],
    "addons.stores.backup": [(backup.main, [], (USER, "saved a backup"))],
    "addons.stores.unanswered": [
        (unanswered.main, [], (USER, "read 0 messages without a good answer"))
    ],
    "addons.stores.purge": [(purge.main, [], (USER, "deleted 0 events older than 30 days"))],
}
"""Commands by which staff come to what is kept of patients, and the line that each leaves."""
OTHERS = {
    "addons.health",  # asks only whether the server is well
    "addons.server",
    "addons.training",
    "addons.channels.check",
    "dripdesk.checks",
    "dripdesk.gateway_config",
    "dripdesk.sign_off",  # of facts; who signed stands in their file
}
"""Commands that come to nothing of patients."""


@pytest.mark.parametrize("command", COMMANDS)
def test_a_command_leaves_a_line(
    database: Database, monkeypatch: pytest.MonkeyPatch, command: str
) -> None:
    expected = []
    for main, arguments, line in COMMANDS[command]:
        monkeypatch.setattr(sys, "argv", [command, *arguments])
        assert main() == 0
        expected.append(line)
        assert noted(database) == expected
    assert not any("Zora" in what or "Kestrel" in what for _, what in noted(database))


def test_every_command_is_looked_at() -> None:
    makefile = (PROJECT / "Makefile").read_text("utf-8")
    started = set(re.findall(r"\$\(PY\) -m ((?:addons|actions|dripdesk)[\w.]*)", makefile))
    with_main = {
        ".".join(path.relative_to(PROJECT).with_suffix("").parts).removesuffix(".__main__")
        for folder in ("addons", "actions", "dripdesk")
        for path in (PROJECT / folder).rglob("*.py")
        if any(
            isinstance(node, ast.If) and "__main__" in ast.unparse(node.test)
            for node in ast.parse(path.read_text("utf-8")).body
        )
    }
    assert started | with_main == COMMANDS.keys() | OTHERS


def test_without_the_line_nothing_is_read(
    database: Database, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    database.transact(lambda connection: connection.exec_driver_sql("DROP TABLE audit"))
    monkeypatch.setattr(sys, "argv", ["callbacks"])
    assert callbacks.main() == 1
    assert "Zora" not in capsys.readouterr().out


def test_a_line_needs_a_name_and_is_never_too_long(database: Database) -> None:
    for nobody in ("", "  "):
        with pytest.raises(ValueError, match="name"):
            database.transact(partial(access.note, who=nobody, what="read"))
    database.transact(lambda one: access.note(one, "A" * 300, "b" * 300))
    assert noted(database) == [("A" * 255, "b" * 255)]


@pytest.mark.parametrize(
    ("name", "expected"), [("", USER), (" ", USER), (" Ann Lee ", f"Ann Lee ({USER})")]
)
def test_the_systems_user_is_always_named(name: str, expected: str) -> None:
    assert access.staff(name) == expected


def test_who_called_the_staffs_command_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DRIPDESK_STAFF", "ann")
    assert access.staff("Ann Lee") == "Ann Lee (ann)"
