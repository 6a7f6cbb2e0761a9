"""What `make audit` makes of pip-audit's answer: silence about a package is not a clean bill."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.audit import __main__ as audit

LOCK = """
Sanic==21.12.2 \\
    --hash=sha256:00
ruamel.yaml==0.17.21 \\
    --hash=sha256:00
colorama==0.4.6 ; sys_platform == 'win32' \\
    --hash=sha256:00
"""
NAMES = {"sanic", "ruamel-yaml"}
WEAK = {"id": "PYSEC-2099-1", "aliases": ["CVE-2099-11"], "fix_versions": ["22.1", "23.0"]}


def answer(vulns: list[dict[str, Any]], **other: Any) -> dict[str, Any]:
    second = {"name": "ruamel-yaml", "version": "0.17.21", "vulns": []}
    return {
        "dependencies": [
            {"name": "sanic", "version": "21.12.2", "vulns": vulns},
            {**second, **other} if other else second,
        ],
        "fixes": [],
    }


def test_what_is_locked() -> None:
    assert audit.locked(LOCK) == NAMES
    ours = audit.locked(audit.LOCK.read_text("utf-8"))
    assert {"rasa", "sanic", "cryptography"} <= ours
    assert len(ours) > 100


@pytest.mark.parametrize(
    ("result", "known", "lines", "is_well"),
    [
        (answer([]), set(), ["2 of 2 packages were looked up."], True),
        (
            answer([WEAK]),
            set(),
            [
                "2 of 2 packages were looked up.",
                "FOUND: sanic 21.12.2: PYSEC-2099-1 = CVE-2099-11 (fixed in 22.1, 23.0)",
            ],
            False,
        ),
        (
            answer([{**WEAK, "fix_versions": []}]),
            {"CVE-2099-11"},
            [
                "2 of 2 packages were looked up.",
                "accepted in docs/SECURITY.md: sanic 21.12.2: PYSEC-2099-1 = CVE-2099-11 (no fix)",
            ],
            True,
        ),
        (
            answer([]),
            {"CVE-2099-11"},
            [
                "2 of 2 packages were looked up.",
                "accepted, but there no more: take CVE-2099-11 out",
            ],
            True,
        ),
        (
            answer([], skip_reason="not found"),
            {"CVE-2099-11"},
            [
                "1 of 2 packages were looked up.",
                f"NOT LOOKED UP: ruamel-yaml. {audit.UNKNOWN}",
            ],
            False,
        ),
        (
            {"dependencies": [], "fixes": []},
            set(),
            [
                "0 of 2 packages were looked up.",
                f"NOT LOOKED UP: ruamel-yaml, sanic. {audit.UNKNOWN}",
            ],
            False,
        ),
    ],
)
def test_report(result: dict[str, Any], known: set[str], lines: list[str], is_well: bool) -> None:
    assert audit.report(result, NAMES, known) == (lines, is_well)


def test_accepted_findings_stand_in_a_table() -> None:
    text = "| `CVE-2099-11` | sanic | why |\n| `GHSA-ab12-cd34` | x |\nSee `CVE-2099-12`.\n"
    assert audit.accepted(text) == {"CVE-2099-11", "GHSA-ab12-cd34"}


def test_without_the_service_nothing_is_called_clean(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    stand_in = tmp_path / "pip-audit"
    stand_in.write_text(f"#!{sys.executable}\nraise ConnectionError('no such host')\n")
    stand_in.chmod(0o700)
    monkeypatch.setattr(audit, "AUDITOR", stand_in)
    assert audit.main() == 1
    told = capsys.readouterr()
    assert told.out == ""
    assert "could not be asked: ConnectionError: no such host" in told.err
    assert "says nothing about the packages" in told.err


def test_the_tool_is_asked_for_all_of_the_lock(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    asked: list[list[str]] = []

    def run(command: list[str], **_: Any) -> subprocess.CompletedProcess[str]:
        asked.append(command)
        return subprocess.CompletedProcess(command, 0, '{"dependencies": [], "fixes": []}', "")

    monkeypatch.setattr(subprocess, "run", run)
    assert audit.main() == 1  # an empty answer is no answer
    assert "NOT LOOKED UP" in capsys.readouterr().out
    assert str(audit.LOCK) in asked[0]
