"""The messages that the network of this folder learns from, with what is known of each."""

from __future__ import annotations

import csv
import json
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import yaml

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))
from dripdesk.unseen import is_unseen

HERE = Path(__file__).resolve().parent
DATA = HERE.parent.parent / "data"
LEVELS = ("none", "emergency", "crisis", "poison", "urgent_today")
AFTER, TOGETHER = 15, 5000
"""How many sentences of each intent are also learned from after another topic, and how many pairs
of them as messages with two questions."""
BESIDE = 8000
"""How many sentences of danger, or of what sounds like it, are also learned from beside a question,
in which they would drown otherwise."""
SHORT = 14  # words of what is put together with something else
JOINTS = (" and ", " n ", " also ", ". ", "? ", ", ", " ", ". Also ", " & ", " plus ", "? And ")
BREAKS = (". ", ". ", ", ", " ", " but ", " anyway ", " also ", " and ", " so ", "... ", "! ")
CUT = " || "
PLACED = 0.3
"""The share of other messages that are learned from behind the title of some topic."""


@dataclass(frozen=True)
class Example:
    """A message to learn from."""

    text: str
    """With CUT where a further question begins."""
    before: tuple[str, ...] = ()
    """What may stand before it, if anything: one of these."""
    intents: tuple[int, ...] = ()
    """The numbers of the intents that are right; none if it asks several things."""
    has_cuts: bool = True
    """Whether it tells where questions begin: a follow-up may be anything."""
    level: int | None = None
    """The number of the level of danger, if known."""


def rows(path: Path) -> list[dict[str, str]]:
    """Return the rows of a table."""
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))


def content() -> tuple[dict[str, list[str]], dict[str, str]]:
    """Return the sentences of each intent in data/, and the titles of topics."""
    sentences, titles = {}, {}
    for path in sorted(
        p for kind in ("topics", "habits", "forms") for p in DATA.glob(f"{kind}/*.yml")
    ):
        file = yaml.safe_load(path.read_text("utf-8"))
        for entry in file.get("nlu") or []:
            lines = (line.removeprefix("- ").strip() for line in entry["examples"].splitlines())
            sentences[entry["intent"]] = [line for line in lines if line]
        for name, texts in (file.get("responses") or {}).items():
            if title := (texts[0].get("metadata") or {}).get("title"):
                titles[name.removeprefix("utter_")] = title
    return sentences, titles


def questions(
    sentences: dict[str, list[str]], titles: dict[str, str], random: np.random.Generator
) -> Iterator[Example]:
    """Yield messages with what they ask, or where in them a further question begins."""
    numbers = {intent: number for number, intent in enumerate(sorted(sentences))}
    anything = [*titles.values()]
    for row in rows(HERE / "messages.tsv"):
        topics, parts = row["topics"].split(","), row["text"].split(CUT)
        is_one = len(parts) == 1 and topics[0] in numbers
        placed = (str(random.choice(anything)),) if random.random() < PLACED else ()
        yield Example(row["text"], placed, (numbers[topics[0]],) if is_one else ())
        for place in range(1, len(parts)):
            title, right = titles.get(topics[place - 1]), numbers.get(topics[place])
            if title and right is not None:
                yield Example(parts[place], (title, parts[place - 1]), (right,))
    for row in rows(HERE / "follow_ups.tsv"):
        right = tuple(numbers[t] for t in row["expected"].split("|") if t in numbers)
        title = titles.get(row["topic"])
        if right and title:
            yield from [Example(row["follow_up"], (title, row["before"]), right, False)] * 2
    for intent, texts in sentences.items():
        seen = [text for text in texts if not is_unseen(text)]
        for text in random.permutation(seen)[:AFTER]:
            yield Example(str(text), (str(random.choice(anything)),), (numbers[intent],))
    topics = [intent for intent in sentences if intent.startswith("faq_")]
    for _ in range(TOGETHER):
        chosen = random.choice(topics, 2, replace=False)
        pair = [str(random.choice(_short(sentences[str(intent)]))) for intent in chosen]
        yield Example(_together(pair[0], pair[1], str(random.choice(JOINTS)), CUT))


def dangers(
    file: Path, sentences: dict[str, list[str]], random: np.random.Generator
) -> Iterator[Example]:
    """Yield the seen sentences of a file that dangers.py printed: its level, and what it asks."""
    numbers = {intent: number for number, intent in enumerate(sorted(sentences))}
    lines = [json.loads(line) for line in file.read_text("utf-8").splitlines()]
    seen = [(label, text, intent) for label, text, is_unseen, intent in lines if not is_unseen]

    def level(label: str) -> int:
        return LEVELS.index(label) if label in LEVELS else 0

    for label, text, intent in seen:
        right = (numbers[intent],) if intent in numbers else ()
        yield Example(text, (), right, bool(right), level(label))
    topics = [intent for intent in sentences if intent.startswith("faq_")]
    strong = [one for one in seen if one[0] != "ordinary" and len(one[1].split()) <= SHORT]
    for number in random.choice(len(strong), BESIDE, replace=False):
        label, text, _ = strong[number]
        question = str(random.choice(_short(sentences[str(random.choice(topics))])))
        both = (text, question) if random.random() < 0.5 else (question, text)
        joined = _together(*both, str(random.choice(BREAKS)), " ")
        yield Example(joined, has_cuts=False, level=level(label))


def _short(texts: Sequence[str]) -> list[str]:
    """Return the sentences that are seen and short."""
    return [text for text in texts if not is_unseen(text) and len(text.split()) <= SHORT]


def _together(first: str, second: str, joint: str, cut: str) -> str:
    """Return two sentences with a joint between them, of which the words begin the second."""
    mark = joint[: len(joint) - len(joint.lstrip("?.,!"))]
    rest = f"{joint[len(mark) :].strip()} {second}".strip()
    return f"{first.rstrip('?.! ')}{mark}{cut}{rest}"
