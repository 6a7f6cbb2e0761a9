"""All that the checks look at, read once."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from dripdesk.content import ContentFile, all_responses, load_content
from dripdesk.fact_files import load_facts
from dripdesk.facts import FactBook
from dripdesk.lined_yaml import LinedDict, load
from dripdesk.settings import PROJECT, Settings
from dripdesk.vocabulary import load_vocabulary, terms


@dataclass(frozen=True)
class Problem:
    """One thing that is wrong, and how to mend it."""

    path: Path
    line: int
    message: str

    def __str__(self) -> str:
        path = self.path.relative_to(PROJECT) if self.path.is_relative_to(PROJECT) else self.path
        return f"{path}:{self.line}: {self.message}"


@dataclass(frozen=True)
class Project:
    """The content of a checkout. Raises FileError when a file cannot be read at all."""

    root: Path
    settings: Settings

    @cached_property
    def files(self) -> list[ContentFile]:
        """The training files."""
        return load_content(self.root / "data")

    @cached_property
    def topics(self) -> list[ContentFile]:
        """The training files of topics."""
        return [file for file in self.files if file.path.parent.name == "topics"]

    @cached_property
    def responses(self) -> dict[str, list[dict[str, Any]]]:
        """The texts of all files."""
        return all_responses(self.files)

    @cached_property
    def domain(self) -> LinedDict:
        """domain.yml."""
        return load(self.root / "domain.yml")

    @cached_property
    def book(self) -> FactBook:
        """The facts of the clinic in use."""
        return load_facts(self.settings)

    @cached_property
    def tests(self) -> dict[str, ContentFile]:
        """The test files of topics, habits and forms, by intent."""
        found = {}
        for folder, prefix in (("topics", "faq_"), ("habits", ""), ("forms", "")):
            for path in sorted((self.root / "tests" / folder).glob("*.yml")):
                found[prefix + path.stem] = ContentFile(path, load(path))
        return found

    @cached_property
    def terms(self) -> list[str]:
        """The words of data/vocabulary.yml."""
        return terms(load_vocabulary(self.root / "data" / "vocabulary.yml"))


def questions(test: ContentFile) -> Iterator[tuple[str, str]]:
    """Yield (style, question) for every held-out question of a test file."""
    for style, sentences in (test.content.get("questions") or {}).items():
        for sentence in sentences:
            yield style, sentence


def normalised(sentence: str) -> str:
    """Return a sentence without case and punctuation."""
    return " ".join(re.findall(r"\w+", sentence.lower().replace("'", "")))


def steps_of(entries: Iterable[Mapping[str, Any]], kind: str) -> Iterator[str]:
    """Yield what stands under `kind` (intent, action) in the steps of rules or stories."""
    for entry in entries:
        for step in entry.get("steps") or []:
            if kind in step:
                yield step[kind]
