"""The units are what systemd takes, and leave the server as little as it needs.

systemd-analyze reads them without a running systemd; nothing is started by it here.
"""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from dripdesk.settings import PROJECT

FOLDER = PROJECT / "deploy" / "systemd"
SERVICES = ("dripdesk.service", "dripdesk-purge.service")
ANALYZE = shutil.which("systemd-analyze")
EXPOSED_AT_MOST = 15  # tenths, from 0 (locked in) to 100; systemd calls 20 to 50 medium

needs_systemd = pytest.mark.skipif(
    ANALYZE is None and not os.environ.get("CI"),
    reason="LEFT OUT: this test needs Debian's package systemd.",
)


def settings(unit: str) -> dict[str, list[str]]:
    """Return what a unit sets: every value that a name is given, in order."""
    found: dict[str, list[str]] = {}
    for line in (FOLDER / unit).read_text().splitlines():
        name, is_set, value = line.partition("=")
        if is_set and not line.startswith("#"):
            found.setdefault(name, []).append(value)
    return found


@pytest.fixture
def units(tmp_path: Path) -> list[str]:
    """The units as they are, but for a Python that is there."""
    for path in FOLDER.iterdir():
        text = path.read_text().replace("/opt/dripdesk/.venv/bin/python", sys.executable)
        (tmp_path / path.name).write_text(text)
    return [str(path) for path in tmp_path.iterdir() if path.suffix in (".service", ".timer")]


@needs_systemd
def test_systemd_takes_the_units(units: list[str]) -> None:
    assert len(units) == 4
    done = subprocess.run(
        [str(ANALYZE), "verify", "--man=no", *units], capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stderr) == (0, "")


@needs_systemd
def test_systemd_would_tell_of_a_wrong_line(units: list[str], tmp_path: Path) -> None:
    wrong = tmp_path / "dripdesk.service"
    wrong.write_text(wrong.read_text().replace("ProtectSystem=strict", "ProtectSystem=stric"))
    done = subprocess.run(
        [str(ANALYZE), "verify", "--man=no", str(wrong)],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert "stric" in done.stderr


@needs_systemd
@pytest.mark.parametrize("unit", SERVICES)
def test_little_is_exposed(unit: str) -> None:
    limit = f"--threshold={EXPOSED_AT_MOST}"
    done = subprocess.run(
        [str(ANALYZE), "security", "--offline=true", "--no-pager", limit, str(FOLDER / unit)],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout


@pytest.mark.parametrize("unit", SERVICES)
def test_what_keeps_the_server_in_stands_in_each_unit(unit: str) -> None:
    found = settings(unit)
    for name, value in {
        "User": "dripdesk",
        "NoNewPrivileges": "yes",
        "ProtectSystem": "strict",
        "ProtectHome": "yes",
        "PrivateTmp": "yes",
        "CapabilityBoundingSet": "",
        "StateDirectory": "dripdesk",
        "UMask": "0077",
        "IPAddressDeny": "any",
        "IPAddressAllow": "localhost",
        "EnvironmentFile": "/etc/dripdesk.env",
    }.items():
        assert found[name] == [value]
    assert "DRIPDESK_MODE=production" in found["Environment"]
    # Tried out: without /proc/cpuinfo onnxruntime ends the process at its import.
    assert "ProcSubset" not in found
    assert found["MemoryDenyWriteExecute"] == ["yes"]  # tried out too
    assert not re.search(r"SECRET|KEY|TOKEN|://\w+:", (FOLDER / unit).read_text())


def test_both_services_are_kept_in_alike() -> None:
    differs = {"Type", "Description", "After", "ExecStart", "Restart", "RestartSec", "Nice"}
    differs |= {"TimeoutStopSec", "TimeoutStartSec", "StartLimitIntervalSec", "WantedBy"}
    differs |= {"OnFailure", "WatchdogSec", "NotifyAccess"}
    one, other = map(settings, SERVICES)
    assert {name: one[name] for name in one.keys() - differs} == {
        name: other[name] for name in other.keys() - differs
    }


def test_the_server_always_comes_back() -> None:
    found = settings("dripdesk.service")
    assert found["Restart"] == ["always"]
    assert found["StartLimitIntervalSec"] == ["0"]


@pytest.mark.parametrize(
    ("unit", "module"),
    [("dripdesk.service", "addons.server"), ("dripdesk-purge.service", "addons.stores.purge")],
)
def test_what_is_started_exists(unit: str, module: str) -> None:
    (command,) = settings(unit)["ExecStart"]
    assert command == f"/opt/dripdesk/.venv/bin/python -m {module}"
    assert (PROJECT / f"{module.replace('.', '/')}.py").exists()


def test_the_purge_runs_once_a_day_and_is_made_up_for() -> None:
    timer = settings("dripdesk-purge.timer")
    assert timer["OnCalendar"] == ["*-*-* 03:30"]
    assert timer["Persistent"] == ["true"]


def test_a_purge_that_fails_is_told_loudly() -> None:
    (unit,) = settings("dripdesk-purge.service")["OnFailure"]
    (command,) = settings(unit)["ExecStart"]
    program, *words = shlex.split(command)
    assert Path(program).exists()
    assert "daemon.emerg" in words  # journald writes it to every terminal
    assert "journalctl -u dripdesk-purge" in words[-1]
    tried = [program, "--no-act", "--socket-errors=off", *words]
    done = subprocess.run(tried, capture_output=True, check=False)
    assert (done.returncode, done.stderr) == (0, b"")


@needs_systemd
def test_whom_the_server_may_reach_is_said_to_every_unit_as_the_docs_say(
    units: list[str], tmp_path: Path
) -> None:
    docs = (PROJECT / "docs" / "DEPLOY.md").read_text("utf-8")
    start = docs.index("    mkdir -p dripdesk.service.d")
    lines = docs[start : docs.index("    systemctl daemon-reload", start)]
    shutil.copy(tmp_path / "dripdesk.service", tmp_path / "dripdesk-second.service")
    subprocess.run(["sh", "-euc", lines], cwd=tmp_path, check=True)
    told = list(tmp_path.glob("*.d/*.conf"))
    assert len(told) == 2
    assert all("[Service]\nIPAddressAllow=192.0.2.25 " in one.read_text() for one in told)
    names = (*SERVICES, "dripdesk-second.service")
    assert [verified(tmp_path / name) for name in names] == [""] * 3
    for one in told:  # a line that is told of shows that the file is read
        one.write_text(one.read_text() + "NoSuchKey=yes\n")
    assert ["NoSuchKey" in verified(tmp_path / name) for name in names] == [True] * 3


def verified(unit: Path) -> str:
    """Return what systemd says of a unit, with its drop-ins."""
    command = [str(ANALYZE), "verify", "--man=no", str(unit)]
    return subprocess.run(command, capture_output=True, text=True, check=False).stderr


@needs_systemd
def test_the_user_can_do_nothing_else() -> None:
    file = FOLDER / "sysusers.conf"
    done = subprocess.run(
        ["systemd-sysusers", "--dry-run", str(file)], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    assert "/usr/sbin/nologin" in file.read_text()
