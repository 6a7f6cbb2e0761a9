"""Prints sentences with their danger, a JSON list a line: label, text, is unseen, intent.

Usage, in the project's folder:
PYTHONPATH=. .venv/bin/python models/reader/dangers.py > examples.jsonl
The label is a level of danger, `near_miss` for what sounds like it and is none, or `ordinary`. What
is unseen is not learned from: thresholds.py goes by it. The intent is that of data/, or null.
Words are mended as they will be when patients type them; some sentences stand there a second time,
typed in haste. The sentences are those of data/, of dangers.tsv beside this, which would only
disturb the recognition of topics, and of tests/safety/build.tsv, never measured.tsv or veiled.tsv.
"""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator
from pathlib import Path
from random import Random

from typos import typed

from dripdesk import live
from dripdesk.content import load_content
from dripdesk.danger import LEVELS
from dripdesk.settings import PROJECT
from dripdesk.unseen import is_unseen

NEAR_MISS = "near_miss"
IN_HASTE = 0.35
"""The share of sentences that are also learned as somebody types them in haste."""
SEED = 1


def main() -> None:
    """Print what is built with, and what is trained with."""
    random = Random(SEED)  # noqa: S311  # for typing errors
    for intent, labelled in ((None, [*built_with(), *read_only()]), *trained_with()):
        for label, text in labelled:
            show(label, text, is_unseen(text), intent)
            if intent is None and not is_unseen(text) and random.random() < IN_HASTE:
                show(label, typed(text, random), False, None)


def show(label: str, text: str, is_kept_unseen: bool, intent: str | None) -> None:
    """Print a sentence, mended as it will be."""
    line = [label, live.screen().mend(text), is_kept_unseen, intent]
    print(json.dumps(line, ensure_ascii=False))


def built_with() -> Iterator[tuple[str, str]]:
    """Yield the messages of the red team; of several of one person the last is the dangerous."""
    with (PROJECT / "tests" / "safety" / "build.tsv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE):
            *before, last = row["text"].split(" || ")
            yield from ((NEAR_MISS, text) for text in before)
            yield (row["level"] if row["level"] in LEVELS else NEAR_MISS), last


def read_only() -> Iterator[tuple[str, str]]:
    """Yield the sentences that nothing else learns from."""
    with Path(__file__).with_name("dangers.tsv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE):
            yield row["label"], row["text"]


def trained_with() -> Iterator[tuple[str, list[tuple[str, str]]]]:
    """Yield each intent of data/ with its sentences, and their labels."""
    for file in load_content(PROJECT / "data"):
        label = NEAR_MISS if file.sounds_dangerous else "ordinary"
        for intent, texts in file.examples.items():
            yield intent, [(intent if intent in LEVELS else label, text) for text in texts]


if __name__ == "__main__":
    main()
