"""Reads what the assistant understands and says: the training files below data/."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from dripdesk.lined_yaml import FileError, LinedDict, load

NEAR_MISSES = "near_misses"
FOLDERS = ("topics", "habits", NEAR_MISSES, "stories", "forms")


@dataclass(frozen=True)
class ContentFile:
    """One training file: examples by intent, responses, rules and stories."""

    path: Path
    content: LinedDict

    @property
    def name(self) -> str:
        """The topic or habit it holds."""
        return self.path.stem

    @property
    def sounds_dangerous(self) -> bool:
        """Whether it only adds sentences, to any intent, that sound like danger and are none."""
        return self.path.parent.name == NEAR_MISSES

    @cached_property
    def examples(self) -> dict[str, list[str]]:
        """The training sentences by intent. Raises FileError if an entry is not an intent."""
        found: dict[str, list[str]] = {}
        for entry in self.content.get("nlu") or []:
            is_named = isinstance(entry, Mapping) and "intent" in entry
            if not is_named or not isinstance(entry.get("examples"), str):
                raise FileError(self.path, self.line("nlu"), "each needs an intent and examples: |")
            lines = (line.strip() for line in entry["examples"].splitlines())
            texts = [line.removeprefix("- ").strip() for line in lines if line]
            found.setdefault(entry["intent"], []).extend(texts)
        return found

    @property
    def responses(self) -> dict[str, list[dict[str, Any]]]:
        """The texts by response name."""
        return self.content.get("responses") or {}

    @property
    def rules(self) -> list[Mapping[str, Any]]:
        """The rules, each with its steps."""
        return self.content.get("rules") or []

    @property
    def stories(self) -> list[Mapping[str, Any]]:
        """The stories, each with its steps."""
        return self.content.get("stories") or []

    def line(self, section: str, key: str = "") -> int:
        """Return the line of a section, or of a key in it."""
        part = self.content.get(section)
        if key and isinstance(part, LinedDict) and key in part.lines:
            return part.lines[key]
        return self.content.lines.get(section, 1)


def load_content(data: Path) -> list[ContentFile]:
    """Return the files of all folders, in order of their names. Raises FileError."""
    paths = [path for folder in FOLDERS for path in sorted((data / folder).glob("*.yml"))]
    return [ContentFile(path, load(path)) for path in paths]


def all_responses(files: list[ContentFile]) -> dict[str, list[dict[str, Any]]]:
    """Return the responses of all files together."""
    return {name: texts for file in files for name, texts in file.responses.items()}
