"""What is learnt and what is asked: our own content, and public sets from a folder."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from math import ceil
from pathlib import Path
from random import Random
from typing import Any, TypeVar

from dripdesk.checks.project import Project, questions

T = TypeVar("T")
Row = tuple[str, str]
"""A sentence and its intent."""
Sentences = dict[str, list[str]]

SEED = 1
DECLINING = ("out_of_scope", "clinical_advice")


@dataclass(frozen=True)
class Message:
    """A message that is not among the training sentences, and the intents that are right for it.

    The first of them is that of the file it stands in.
    """

    text: str
    style: str
    intents: tuple[str, ...]


@dataclass(frozen=True)
class Split:
    """Training sentences by intent, and messages to ask."""

    name: str
    training: Sentences
    messages: list[Message]
    topics: frozenset[str]
    """The intents that are answered with content: what the rest is told apart from."""

    @property
    def in_scope(self) -> list[Message]:
        """The messages that ask for a topic."""
        return [message for message in self.messages if self.asks_topic(message)]

    def asks_topic(self, message: Message) -> bool:
        """Return whether a message is in scope: the first of its intents decides."""
        return any(intent in self.topics for intent in message.intents[:1])

    def nlu(self) -> str:
        """Return the training sentences as Rasa reads them."""
        lines = ['version: "3.1"', "nlu:"]
        for intent, sentences in self.training.items():
            lines += [f"- intent: {json.dumps(intent)}", "  examples: |"]
            lines += [f"    - {sentence}" for sentence in sentences]
        return "\n".join(lines) + "\n"


def own_splits(project: Project) -> tuple[Split, Split]:
    """Return a quarter of each intent's training sentences, and all; each with the held-out set."""
    training: Sentences = {}
    for file in project.files:
        for intent, sentences in file.examples.items():
            training.setdefault(intent, []).extend(sentences)
    topics = frozenset(intent for intent in training if intent.startswith("faq_"))
    messages = list(_held_out(project))
    few = {intent: _some(all_, ceil(len(all_) / 4)) for intent, all_ in training.items()}
    return Split("own-quarter", few, messages, topics), Split("own", training, messages, topics)


def _held_out(project: Project) -> Iterator[Message]:
    for intent, test in project.tests.items():
        also: Mapping[str, str] = test.content.get("also") or {}
        is_topic = intent.startswith("faq_")
        for style, text in questions(test):
            others = (f"faq_{also[text]}",) if text in also else ()
            group = intent if intent in DECLINING else style if is_topic else "habits"
            yield Message(text, group, (intent, *others))


def public_splits(folder: Path) -> list[Split]:
    """Return CLINC150 with 10 and 30 examples of 50 intents, and BANKING77 with 10.

    What is out of scope for both is CLINC150's own set ("far"); for CLINC150 also questions of its
    other 100 intents ("near").
    """
    clinc = _json(folder / "clinc150" / "data_full.json")
    domains = _json(folder / "clinc150" / "domains.json")
    chosen = {intent for _, intents in sorted(domains.items()) for intent in _some(intents, 5)}
    far = [Message(text, "out_of_scope far", ()) for text, _ in clinc["oos_test"]]
    near = [
        Message(text, "out_of_scope near", ())
        for text, intent in clinc["test"]
        if intent not in chosen
    ]
    rows = [row for row in clinc["train"] if row[1] in chosen]
    asked = _asked(row for row in clinc["test"] if row[1] in chosen)
    messages = asked + far + _some(near, 1000)
    splits = [_split(f"clinc150-{count}", rows, count, messages) for count in (10, 30)]
    asked = _asked(_csv(folder / "banking77" / "test.csv"))
    rows = _csv(folder / "banking77" / "train.csv")
    return [*splits, _split("banking77-10", rows, 10, asked + far)]


def _split(name: str, rows: list[Row], count: int, messages: list[Message]) -> Split:
    by_intent: Sentences = {}
    for text, intent in rows:
        by_intent.setdefault(intent, []).append(text)
    training = {intent: _some(texts, count) for intent, texts in sorted(by_intent.items())}
    return Split(name, training, messages, frozenset(training))


def _asked(rows: Iterable[Row]) -> list[Message]:
    return [Message(text, "all", (intent,)) for text, intent in rows]


def _some(items: list[T], count: int) -> list[T]:
    return Random(SEED).sample(items, count)  # noqa: S311 (the same choice each time)


def _json(path: Path) -> dict[str, list[Any]]:
    content: dict[str, list[Any]] = json.loads(path.read_text(encoding="utf-8"))
    return content


def _csv(path: Path) -> list[Row]:
    with path.open(encoding="utf-8", newline="") as file:
        return [(" ".join(row["text"].split()), row["category"]) for row in csv.DictReader(file)]
