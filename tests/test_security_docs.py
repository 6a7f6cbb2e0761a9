"""docs/SECURITY.md and docs/PRIVACY.md name what there is, and leave no table out."""

from __future__ import annotations

import re

import pytest

from addons.stores import tables
from dripdesk import records
from dripdesk.settings import PROJECT
from tests.audit.__main__ import accepted

DOCS = {
    name: (PROJECT / "docs" / name).read_text("utf-8") for name in ("SECURITY.md", "PRIVACY.md")
}
SETTINGS = (PROJECT / "dripdesk" / "settings.py").read_text("utf-8")
MAKEFILE = (PROJECT / "Makefile").read_text("utf-8")
MADE = {"local/", "local/dripdesk.db", ".venv/bin/rasa"}


def named(pattern: str) -> list[str]:
    """Return what stands in code style in either file."""
    return sorted({one for text in DOCS.values() for one in re.findall(pattern, text)})


def test_every_table_says_how_long_it_is_kept_and_no_other_is_named() -> None:
    rows = re.findall(r"^\| `(\w+)` \|[^|]+\|([^|]+)\|$", DOCS["PRIVACY.md"], re.MULTILINE)
    kept = set(tables.metadata.tables) | set(records.metadata.tables)
    assert sorted(name for name, _ in rows) == sorted(kept)
    assert len(kept) >= 9
    assert all(re.search(r"RETENTION_DAYS|hour|for ever", long) for _, long in rows)


@pytest.mark.parametrize("name", named(r"`([A-Z]+_[A-Z_]+)(?:=\w+)?`"))
def test_a_setting_exists(name: str) -> None:
    assert f'environ, "{name}"' in SETTINGS or f'environ.get("{name}"' in SETTINGS


@pytest.mark.parametrize("path", named(r"`((?:[\w.-]+/)+[\w.-]*|[\w.-]+\.(?:yml|lock))`"))
def test_a_path_exists(path: str) -> None:
    assert path in MADE or (PROJECT / path).exists()


@pytest.mark.parametrize("target", named(r"`make ([\w-]+)"))
def test_a_command_exists(target: str) -> None:
    assert re.search(rf"^{target}:", MAKEFILE, re.MULTILINE)


def test_something_is_checked() -> None:
    assert {"DRIPDESK_MODE", "RECORDS_KEY", "DATABASE_URL"} <= set(
        named(r"`([A-Z]+_[A-Z_]+)(?:=\w+)?`")
    )
    assert {"audit", "callbacks", "purge", "dev"} <= set(named(r"`make ([\w-]+)"))


def test_every_accepted_finding_has_a_reason() -> None:
    text = DOCS["SECURITY.md"]
    rows = [line for line in text.splitlines() if re.match(r"\| `?(CVE|GHSA|PYSEC)-", line)]
    assert len(rows) == len(accepted(text))
    for row in rows:
        _, package, reason = [cell.strip() for cell in row.strip("|").split("|")]
        assert package
        assert len(reason.split()) >= 5
