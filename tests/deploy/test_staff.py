"""The commands for staff on a server: what they have systemd run, and that this does what it says.

No systemd runs here: a program in its place notes what it was told.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from dripdesk.settings import PROJECT
from tests.deploy.test_systemd import needs_systemd, settings

SCRIPT = PROJECT / "deploy" / "dripdesk-staff"
INSTALLED = "/opt/dripdesk"
PYTHON = f"{INSTALLED}/.venv/bin/python"
DOCS = (PROJECT / "docs" / "DEPLOY.md").read_text("utf-8")


class Staff:
    """Somebody who runs the script."""

    def __init__(self, folder: Path, user: int = 0) -> None:
        self.folder, self.told = folder, folder / "told"
        for name, line in {
            "systemd-run": f'printf "%s\\0" "$@" > {self.told}',
            "id": f"echo {user}",
        }.items():
            (folder / name).write_text(f"#!/bin/sh\n{line}\n")
            (folder / name).chmod(0o755)

    def run(self, *words: str, **variables: str) -> subprocess.CompletedProcess[str]:
        environment = {"PATH": f"{self.folder}:{os.environ['PATH']}", **variables}
        return subprocess.run(
            [SCRIPT, *words], env=environment, capture_output=True, text=True, check=False
        )

    def asked(self, *words: str, **variables: str) -> tuple[list[str], list[str]]:
        """Return the options that systemd-run is given, and the command."""
        done = self.run(*words, **variables)
        assert (done.returncode, done.stderr) == (0, "")
        given = self.told.read_text().split("\0")[:-1]
        start = given.index(PYTHON)
        return given[:start], given[start:]


@pytest.fixture
def staff(tmp_path: Path) -> Staff:
    return Staff(tmp_path)


@pytest.mark.parametrize(
    ("words", "command"),
    [
        (["callbacks"], ["addons.stores.callbacks"]),
        (
            ["callbacks", "CLOSE=3", 'NAME=Ann "A." Lee=Bo'],
            ["addons.stores.callbacks", "--close", "3", "--name", 'Ann "A." Lee=Bo'],
        ),
        (["unanswered", "DAYS=7"], ["addons.stores.unanswered", "--days", "7"]),
        (["purge"], ["addons.stores.purge"]),
        (["backup"], ["addons.stores.backup"]),
        (["backup", "FILE=/mnt/to day"], ["addons.stores.backup", "/mnt/to day"]),
        (["restore", "FILE=/mnt/x"], ["addons.stores.backup", "--restore", "/mnt/x"]),
        (["check-twilio"], ["addons.channels.check", "twilio"]),
        (["check-kannel", "CONF=/k/k.conf"], ["addons.channels.check", "kannel", "/k/k.conf"]),
    ],
)
def test_a_command_is_run(staff: Staff, words: list[str], command: list[str]) -> None:
    _, asked = staff.asked(*words)
    assert asked == [PYTHON, "-m", *command]
    assert (PROJECT / f"{command[0].replace('.', '/')}.py").exists()


def test_it_has_the_user_the_settings_and_the_database_of_the_service(staff: Staff) -> None:
    options, _ = staff.asked("callbacks")
    unit = settings("dripdesk.service")
    assert f"--uid={unit['User'][0]}" in options
    assert f"--working-directory={unit['WorkingDirectory'][0]}" in options
    assert f"--property=EnvironmentFile={unit['EnvironmentFile'][0]}" in options
    assert f"--property=UMask={unit['UMask'][0]}" in options
    assert [one for one in options if one.startswith("--setenv=")] == [
        *(f"--setenv={one}" for one in unit["Environment"]),
        "--setenv=DRIPDESK_STAFF=root",
    ]


def test_who_called_it_is_passed_on(staff: Staff) -> None:
    options, _ = staff.asked("callbacks", SUDO_USER="ann")
    assert "--setenv=DRIPDESK_STAFF=ann" in options


def test_only_what_reads_kannels_files_may_read_what_is_not_its_own(staff: Staff) -> None:
    right = "--property=AmbientCapabilities="
    assert f"{right}CAP_DAC_READ_SEARCH" in staff.asked("check-kannel")[0]
    assert right in staff.asked("check-twilio")[0]
    assert "CAP_" not in str(staff.asked("check-twilio")[0])


@needs_systemd
def test_systemd_knows_the_options(staff: Staff) -> None:
    options, _ = staff.asked("callbacks")
    for more, code in (([], 0), (["--no-such-option"], 1)):
        # With --help it reads the options before it, and runs nothing.
        done = subprocess.run(
            ["systemd-run", *options, *more, "--help"], capture_output=True, check=False
        )
        assert done.returncode == code


def test_what_is_run_does_it(staff: Staff, tmp_path: Path) -> None:
    options, command = staff.asked("unanswered", "DAYS=7")
    set_there = [one.removeprefix("--setenv=") for one in options if one.startswith("--setenv=")]
    environment = dict(one.split("=", 1) for one in set_there) | {  # and what is in dripdesk.env
        "DRIPDESK_SECRET": "0123456789abcdefABCDEF0123456789xyz",
        "RECORDS_KEY": "c2l4dGVlbiBieXRlcyBhbmQgc2l4dGVlbiBtb3JlISE=",
        "PUBLIC_URL": "https://chat.clinic.example",
        "DATABASE_URL": f"sqlite:///{tmp_path / 'dripdesk.db'}",
    }
    done = subprocess.run(
        [sys.executable, *command[1:]],
        cwd=PROJECT, env=environment, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith("Nothing was left unanswered in the last 7 days.\n")


@pytest.mark.parametrize("words", [[], ["serve"], ["callbacks", "3"], ["callbacks", "--close"]])
def test_what_is_no_command_is_refused_with_those_there_are(staff: Staff, words: list[str]) -> None:
    done = staff.run(*words)
    assert done.returncode == 2
    assert "dripdesk-staff callbacks" in done.stderr
    assert not staff.told.exists()


def test_who_is_not_root_is_told(tmp_path: Path) -> None:
    somebody = Staff(tmp_path, user=1000)
    done = somebody.run("callbacks")
    assert done.returncode == 1
    assert "as root: sudo dripdesk-staff callbacks" in done.stderr
    assert not somebody.told.exists()


def test_it_is_installed_by_the_docs_and_named_where_staff_read() -> None:
    assert f"install deploy/{SCRIPT.name} /usr/local/bin/" in DOCS
    alerts = (PROJECT / "deploy" / "prometheus" / "alerts.yml").read_text()
    assert "`dripdesk-staff callbacks`" in alerts


@pytest.mark.skipif(
    shutil.which("shellcheck") is None and not os.environ.get("CI"),
    reason="shellcheck is not there: apt-get install shellcheck",
)
def test_shellcheck_has_nothing_to_say() -> None:
    done = subprocess.run(["shellcheck", SCRIPT], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (0, "")
