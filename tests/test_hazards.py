"""Every control in the hazard log is proven by tests that exist, and pytest collects them."""

from __future__ import annotations

import ast
import re

import pytest

from dripdesk.settings import PROJECT

LOG = (PROJECT / "docs" / "HAZARDS.md").read_text(encoding="utf-8")
NAMED = sorted(set(re.findall(r"`(tests/[\w/]+\.py)::(\w+)`", LOG)))
HAZARDS = (
    "Missed emergency",
    "False reassurance",
    "Stale fact",
    "Wrong number",
    "Advice given",
    "Opt-out ignored",
    "Private data leaked",
    "Silence",
)


def test_every_hazard_is_in_the_log() -> None:
    assert re.findall(r"^\| \*\*(.+?)\*\*", LOG, flags=re.MULTILINE) == list(HAZARDS)


def test_every_control_names_a_test_or_says_that_there_is_none() -> None:
    rows = [line for line in LOG.splitlines() if line.startswith("| ")][2:]
    assert len(rows) > len(HAZARDS)
    assert [row for row in rows if "::test_" not in row and "none yet" not in row] == []


@pytest.mark.parametrize(("file", "name"), NAMED)
def test_a_named_test_exists_and_runs(file: str, name: str) -> None:
    assert name.startswith("test_")
    tree = ast.parse((PROJECT / file).read_text(encoding="utf-8"))
    (found,) = [one for one in tree.body if isinstance(one, ast.FunctionDef) and one.name == name]
    marks = {ast.unparse(one) for one in found.decorator_list}
    assert not [mark for mark in marks if "skip" in mark or "xfail" in mark]
