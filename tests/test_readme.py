"""README tells the truth about paths, commands and settings."""

from __future__ import annotations

import re

import pytest

from dripdesk.settings import PROJECT

README = (PROJECT / "README.md").read_text()
MAKEFILE = (PROJECT / "Makefile").read_text()
PATHS = sorted(set(re.findall(r"`([\w.-]+(?:/[\w.-]*)+|[\w-]+\.(?:yml|md)|LICENSE)`", README)))
TARGETS = sorted(set(re.findall(r"(?:`|^ +|facts )make ([a-z][a-z-]+)", README, re.MULTILINE)))


def test_something_is_checked() -> None:
    assert len(PATHS) > 15
    assert {"run", "test", "check", "sign-off", "dev"} <= set(TARGETS)


@pytest.mark.parametrize("path", PATHS)
def test_path_exists(path: str) -> None:
    made = {".venv/bin/rasa", "local/"}
    assert path in made or (PROJECT / path).exists() or "webhooks" in path or "model/parse" in path


@pytest.mark.parametrize("target", TARGETS)
def test_make_target_exists(target: str) -> None:
    assert re.search(rf"^{target}:", MAKEFILE, re.MULTILINE)


def test_every_setting_is_listed() -> None:
    source = (PROJECT / "dripdesk" / "settings.py").read_text()
    names = set(re.findall(r'environ(?:\.get\(|, )"([A-Z_]+)"', source))
    assert len(names) >= 3
    assert names == set(re.findall(r"^\| `([A-Z_]+)` \|", README, re.MULTILINE))
