"""The server starts with none of these, says why in one line each, and starts with what is safe."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from dripdesk.safeguards import Start, refusals
from dripdesk.settings import PROJECT, SettingError, Settings

SAFE = {
    "DRIPDESK_MODE": "production",
    "DRIPDESK_SECRET": "ys0hAZYFfGZmXqIsmvZTnZ8Nq5jFRz2Q",
    "RECORDS_KEY": "8Jr1Qb5nHq0m5nYw3bJ7cV2kXz9LsT4gDf6hUaPeOoA=",
    "PUBLIC_URL": "https://chat.clinic.test",
    "ALLOWED_ORIGINS": "https://www.clinic.test",
    "KANNEL_TOKEN": "c9b1f3a85d7e2064c9b1f3a85d7e20641b3d5f79",
    "TWILIO_AUTH_TOKEN": "0f1e2d3c4b5a69788796a5b4c3d2e1f0",
    "NOTIFY_SECRET": "Qm9vbS1zaGFrYS1sYWthLTIwMjYtbm90aWNlcyE5eA==",
    "TRUSTED_PROXIES": "127.0.0.1, 10.0.0.0/8, fc00::/7",
}
LOOPBACK = {"PUBLIC_URL": "http://127.0.0.1:5005", "ALLOWED_ORIGINS": ""}
DEV = {"DRIPDESK_MODE": "dev", **LOOPBACK}


@pytest.fixture
def local(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    folder = tmp_path / "local"
    monkeypatch.setattr("dripdesk.settings.LOCAL", folder)
    return folder


@pytest.fixture
def database(local: Path) -> Path:
    local.mkdir(mode=0o700)
    path = local / "dripdesk.db"
    path.touch(0o600)
    return path


def said(database: Path, changed: dict[str, str], start: Start) -> list[str]:
    """Return what the launcher says instead of starting."""
    environment = {**SAFE, "DATABASE_URL": f"sqlite:///{database}", **changed}
    try:
        return refusals(Settings.from_environment(environment).prepared(), start)
    except SettingError as error:
        return [str(error)]


@pytest.mark.parametrize(
    ("changed", "start"),
    [
        ({}, Start()),
        (LOOPBACK, Start()),
        ({"PUBLIC_URL": "http://localhost:5005"}, Start()),
        ({"PUBLIC_URL": "http://[::1]:5005"}, Start()),
        ({"DATABASE_URL": "postgresql://dripdesk@127.0.0.1/dripdesk"}, Start()),
        (DEV, Start(dev=True, debug=True, user=0)),
        ({**DEV, "PUBLIC_URL": "http://chat.clinic.test"}, Start()),
    ],
)
def test_what_is_safe_starts(database: Path, changed: dict[str, str], start: Start) -> None:
    assert said(database, changed, start) == []


@pytest.mark.parametrize(
    ("changed", "start", "parts"),
    [
        (LOOPBACK, Start(dev=True), ["DRIPDESK_MODE=production", "--dev"]),
        ({}, Start(debug=True), ["DRIPDESK_MODE=production", "debug", "PYTHONASYNCIODEBUG"]),
        ({}, Start(user=0), ["DRIPDESK_MODE=production", "root", "adduser"]),
        (
            {"DRIPDESK_MODE": "dev"},
            Start(dev=True),
            ["make dev", "PUBLIC_URL", "https://chat.clinic.test"],
        ),
        (
            {"PUBLIC_URL": "http://chat.clinic.test"},
            Start(),
            ["PUBLIC_URL", "http://chat.clinic.test", "https"],
        ),
        ({"PUBLIC_URL": "http://10.0.0.5"}, Start(), ["PUBLIC_URL", "http://10.0.0.5", "https"]),
        (
            {"PUBLIC_URL": "http://127.0.0.1.clinic.test"},
            Start(),
            ["PUBLIC_URL", "http://127.0.0.1.clinic.test", "https"],
        ),
        (
            {"ALLOWED_ORIGINS": "http://www.clinic.test"},
            Start(),
            ["ALLOWED_ORIGINS", "http://www.clinic.test", "https"],
        ),
        ({"ALLOWED_ORIGINS": "*"}, Start(), ["ALLOWED_ORIGINS", "'*'"]),
        ({"ALLOWED_ORIGINS": "null"}, Start(), ["ALLOWED_ORIGINS", "'null'"]),
        ({"DRIPDESK_SECRET": ""}, Start(), ["DRIPDESK_SECRET", "must be set"]),
        ({"RECORDS_KEY": ""}, Start(), ["RECORDS_KEY", "must be set"]),
        ({"DRIPDESK_SECRET": SAFE["DRIPDESK_SECRET"][:31]}, Start(), ["DRIPDESK_SECRET", "32"]),
        ({"KANNEL_TOKEN": SAFE["KANNEL_TOKEN"][:31]}, Start(), ["KANNEL_TOKEN", "32"]),
        ({"DRIPDESK_SECRET": "change-me" * 5}, Start(), ["DRIPDESK_SECRET", "guessed"]),
        ({"DRIPDESK_SECRET": "abcdefg" * 5}, Start(), ["DRIPDESK_SECRET", "guessed"]),
        ({"RECORDS_KEY": "A" * 43 + "="}, Start(), ["RECORDS_KEY", "guessed"]),
        ({"NOTIFY_SECRET": "A" * 43 + "="}, Start(), ["NOTIFY_SECRET", "guessed"]),
        ({"KANNEL_TOKEN": "KANNEL-TOKEN-of-thirty-two-chars"}, Start(), ["KANNEL_TOKEN", "guess"]),
        (
            {"DRIPDESK_SECRET": SAFE["RECORDS_KEY"]},
            Start(),
            ["DRIPDESK_SECRET and RECORDS_KEY are the same"],
        ),
        (
            {"RECORDS_KEY": f"{SAFE['RECORDS_KEY']},{SAFE['DRIPDESK_SECRET']}"},
            Start(),
            ["DRIPDESK_SECRET and RECORDS_KEY are the same"],
        ),
        (
            {"KANNEL_TOKEN": SAFE["TWILIO_AUTH_TOKEN"]},
            Start(),
            ["TWILIO_AUTH_TOKEN and KANNEL_TOKEN are the same"],
        ),
        ({"TRUSTED_PROXIES": "0.0.0.0/0"}, Start(), ["TRUSTED_PROXIES", "0.0.0.0/0", "strangers"]),
        ({"TRUSTED_PROXIES": "::1, ::/0"}, Start(), ["TRUSTED_PROXIES", "::/0", "strangers"]),
        ({"TRUSTED_PROXIES": "10.0.0.0/7"}, Start(), ["TRUSTED_PROXIES", "10.0.0.0/7"]),
    ],
)
def test_what_is_not_is_refused_in_one_line(
    database: Path, changed: dict[str, str], start: Start, parts: list[str]
) -> None:
    (line,) = said(database, changed, start)
    assert [part for part in parts if part not in line] == []
    assert "\n" not in line


def test_halves_of_the_internet_are_no_proxies_either(database: Path) -> None:
    assert len(said(database, {"TRUSTED_PROXIES": "0.0.0.0/1, 128.0.0.0/1"}, Start())) == 2


def test_no_refusal_repeats_a_secret(database: Path) -> None:
    weak = "swordfish-password-swordfish-password"
    changed = {"DRIPDESK_SECRET": weak, "KANNEL_TOKEN": weak}
    told = said(database, changed, Start())
    assert len(told) == 3
    assert weak not in " ".join(told)


@pytest.mark.parametrize("mode", [0o604, 0o640, 0o660])
@pytest.mark.parametrize("name", ["dripdesk.db", "dripdesk.db-wal", "secret", "records_key"])
def test_a_file_that_others_can_read_is_refused(database: Path, name: str, mode: int) -> None:
    path = database.with_name(name)
    path.touch()
    path.chmod(mode)
    assert said(database, {}, Start()) == [f"{path} can be read by other users: chmod 600 {path}"]
    path.chmod(0o600)
    assert said(database, {}, Start()) == []


LOOK = """
import os, sys
from pathlib import Path
from dripdesk import safeguards, settings
settings.LOCAL = Path(sys.argv[1])
if os.geteuid() == 0:
    os.setuid(65534)
print(list(safeguards._readable(settings.Settings(database_url=f"sqlite:///{sys.argv[1]}/a.db"))))
"""


def test_a_folder_that_we_may_not_look_into_is_no_hindrance(local: Path) -> None:
    """As local/ is to a service whose files lie elsewhere, after root tried `make run`."""
    local.mkdir()
    (local / "secret").write_text("of another user")
    local.chmod(0)
    done = subprocess.run(
        [sys.executable, "-c", LOOK, local],
        cwd=PROJECT, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert (done.stdout, done.stderr) == ("[]\n", "")


@pytest.mark.parametrize("name", [".", "contact.yml"])
def test_facts_that_everybody_can_change_are_refused(
    database: Path, tmp_path: Path, name: str
) -> None:
    facts = tmp_path / "facts"
    shutil.copytree(PROJECT / "data" / "clinic", facts)
    changed = {"CLINIC_FACTS": str(facts)}
    assert said(database, changed, Start()) == []
    path = facts / name
    path.chmod(path.stat().st_mode | 0o002)
    assert said(database, changed, Start()) == [
        f"{path} can be changed by every user: chmod -R o-w {facts}"
    ]
    link = tmp_path / "link"
    link.symlink_to(facts)
    assert len(said(database, {"CLINIC_FACTS": str(link)}, Start())) == 1


def test_models_that_everybody_can_change_are_refused(
    database: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    models = tmp_path / "models"
    models.mkdir()
    monkeypatch.setattr("dripdesk.safeguards.PROJECT", tmp_path)
    (models / "dripdesk-1.tar.gz").touch()
    (models / "dripdesk-1.tar.gz").chmod(0o646)
    (line,) = said(database, {}, Start())
    assert "dripdesk-1.tar.gz can be changed by every user" in line
