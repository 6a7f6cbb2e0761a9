"""What Debian's service of Kannel starts with our settings; tests/kannel/ sends texts through."""

from __future__ import annotations

import os
import re
import subprocess
from pathlib import Path

import pytest

from dripdesk.settings import PROJECT

OURS = PROJECT / "deploy" / "kannel" / "default"
CONFIGURATION = OURS.with_name("kannel.conf")
SERVICE = Path("/etc/init.d/kannel")


def started(folder: Path, default: Path) -> list[str]:
    """Return which programs Debian's script starts with such an /etc/default/kannel."""
    text = SERVICE.read_text()
    for old, new in {
        "BOXPATH=/usr/sbin": f"BOXPATH={folder}",
        "PIDFILES=/var/run/kannel": f"PIDFILES={folder}",
        "/etc/default/kannel": str(default),
        "sleep 1": ":",
    }.items():
        assert old in text
        text = text.replace(old, new)
    # These stand before Debian's own in the path of the script: nothing is started.
    for name in ("bearerbox", "start-stop-daemon"):
        (folder / name).write_text(f'#!/bin/sh\necho "$@" >> {folder}/told\n')
        (folder / name).chmod(0o755)
    (folder / "script").write_text(text)
    subprocess.run(["sh", folder / "script", "start"], check=True, capture_output=True)
    return re.findall(rf"{folder}/(\w+) -v", (folder / "told").read_text())


@pytest.mark.skipif(
    not SERVICE.exists() and not os.environ.get("CI"),
    reason="LEFT OUT: this test needs Debian's package kannel.",
)
def test_the_box_that_answers_is_started_and_none_that_nothing_needs(tmp_path: Path) -> None:
    assert started(tmp_path, OURS) == ["bearerbox", "smsbox"]


def test_readme_puts_files_and_folders_where_debians_service_needs_them() -> None:
    readme = (PROJECT / "README.md").read_text("utf-8")
    assert "install -m 644 deploy/kannel/default /etc/default/kannel" in readme
    # Debian's package makes none, and bearerbox does not start without it.
    (spool,) = re.findall(r'^store-location = "(.*)"', CONFIGURATION.read_text(), re.MULTILINE)
    assert f"install -d -o kannel -g root -m 700 {spool}\n" in readme
    # Passwords are nobody else's from the first moment. Debian makes no group for Kannel.
    assert "-o kannel -g root -m 600 deploy/kannel/kannel.conf deploy/kannel/smsc.conf" in readme
