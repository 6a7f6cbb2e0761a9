"""What a message asks where it stands: after a topic, or as one of several questions."""

from __future__ import annotations

import csv
import json
import os
import re
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from addons.nlu.clauses import Clauses
from addons.nlu.follow_ups import FollowUps, Reading
from addons.nlu.questions import Questions
from dripdesk import live
from dripdesk.content import all_responses, load_content
from dripdesk.render import metadata
from dripdesk.settings import PROJECT

DATA = PROJECT / "data"
ASKS = re.compile(r"(?:why|how|when|where|who|which|what|is|are|does|do (?:you|they|we|i))\b")
"""How no yes or no begins, though "why would I want that" looks like one; "would you" may be."""
REPLIES = frozenset(["affirm", "deny"])
SMALL_TALK = frozenset("affirm deny goodbye greet more never_mind thanks".split())
"""Classes that are no question, and so no part of a message with several."""
NOT_NOTED = "?"
"""What stands in follow_ups.tsv where nobody noted what the answer must be about."""
CHANGES = 0.25
"""How many changes of the subject are learned from beside each follow-up. Of questions by other
writers behind another topic, 87.9 % were understood without any, so 89.7 %; twice as many bring
half a point more of these, and cost as many follow-ups."""
SEED = 1
SMALL = 1e-8
OF_ALONE = 0.5
"""How much the logarithm of what a further question asks by itself counts, beside what it asks
after the question before. Of messages to build with, 93 % of second questions are right so."""

Vector = NDArray[np.float64]


@dataclass(frozen=True)
class Sentence:
    """What is known of a text by itself."""

    mended: str
    """The text as it is read."""
    alone: Vector
    """The probabilities [classes] of what it asks, as the classifier has learned them."""
    chances: Vector
    """Those with a second opinion, where they are not clear."""
    embedding: NDArray[np.float32]
    """What it means [width]."""
    words: int
    """How many words there are in it, when it is mended."""


class Conversations:
    """Weighs what a message asks by itself, as `read` tells, and what was talked about before it.

    Saved as JSON and npz.
    """

    def __init__(self, read: Callable[[str], Sentence]) -> None:
        self._read = read
        self._classes: list[str] = []
        self._places: NDArray[np.intp] = np.empty(0, dtype=np.intp)
        self.is_small_talk: NDArray[np.bool_] = np.zeros(0, dtype=bool)
        self._is_reply = self.is_small_talk
        self._titles: dict[str, str] = {}
        self._follow_ups = FollowUps([])
        self._questions = Questions(live.network())
        self._clauses = Clauses(self._questions)

    def know(self, classes: list[str]) -> None:
        """Take up the classes, and at which place the network has each (-1: at none)."""
        self._classes = classes
        intents = self._questions.intents
        places = [intents.index(name) if name in intents else -1 for name in classes]
        self._places = np.array(places, dtype=np.intp)
        self.is_small_talk = np.array([name in SMALL_TALK for name in classes], dtype=bool)
        self._is_reply = np.array([name in REPLIES for name in classes], dtype=bool)

    def fit(self, unseen: Sequence[tuple[Sentence, int]]) -> None:
        """Learn from data/conversations how to weigh, for the classes that are known.

        Of the sentences of data/, those that were not learned from come with their class.
        """
        classes = self._classes
        texts = all_responses(load_content(DATA))
        titles = {name: metadata(texts.get(f"utter_{name}", [{}])[0]) for name in classes}
        self._titles = {name: about["title"] for name, about in titles.items() if "title" in about}
        follow_ups = _rows("follow_ups")
        pairs, single = _rows("two_questions"), _rows("single")
        messages = [row["text"] for row in (*pairs, *single)]
        kinds = [True] * len(pairs) + [False] * len(single)
        self._clauses.fit(messages, kinds, self)
        self._follow_ups = FollowUps(classes)
        numbers = {name: number for number, name in enumerate(classes)}
        asked, right = [], []
        for row in follow_ups:
            wanted = [numbers[name] for name in row["expected"].split("|") if name in numbers]
            if row["topic"] in self._titles and wanted:
                asked.append((row["follow_up"], row["topic"]))
                right.append(wanted)

        def reading(one: tuple[str, str]) -> Reading:
            text, topic = one
            return self._reading(self._read(text), topic)

        with ThreadPoolExecutor(os.cpu_count()) as pool:
            readings = list(pool.map(reading, asked))
        before = [topic for _, topic in asked]
        for changed, number in self._changes(unseen, before, int(CHANGES * len(readings))):
            readings.append(changed)
            right.append([number])
        self._follow_ups.fit(readings, right)
        about = (
            (name, bool(row["about"]))
            for row in follow_ups
            if row["about"] != NOT_NOTED
            for name in row["expected"].split("|")
        )
        self._follow_ups.learn_about(about)

    def second_opinion(self, mended: str, alone: Vector) -> Vector:
        """Return the probabilities [classes] of a mended text, of which `alone` is known."""
        product = alone * self._network(mended, None, alone)
        return np.asarray(product / product.sum())

    def alone(self, text: str) -> Vector:
        """Return what a text asks by itself."""
        return self._read(text).chances

    def seen(self, text: str) -> Vector:
        """Return what the network alone sees in it."""
        sentence = self._read(text)
        return self._network(sentence.mended, None, sentence.alone)

    def seen_after(self, before: str, text: str) -> tuple[Vector, int]:
        """Return what the network sees in it after another text, and what that asks."""
        sentence, topic = self._read(text), int(self.alone(before).argmax())
        title = self._titles.get(self._classes[topic])
        return self._network(sentence.mended, title, sentence.alone), topic

    def split(self, text: str) -> list[str]:
        """Return the questions of a message, in order; itself, if it is one."""
        return self._clauses.split(text, self)

    def chances(
        self, sentence: Sentence, topic: str | None, is_part: bool, is_harmless: bool = False
    ) -> Vector:
        """Return the probabilities [classes] of a text in its place.

        The topic is the one just talked about, if any; a part is a question of a message with
        several, of which the one before was about the topic.
        """
        if topic not in self._titles:
            return sentence.chances
        if is_part:
            return self._in_part(sentence, topic)
        stands_alone = self._follow_ups.stands_alone(sentence.alone, sentence.words, is_harmless)
        if stands_alone and not (self._is_small_talk(sentence) and ASKS.match(sentence.mended)):
            return sentence.alone
        chances = self._follow_ups.chances(self._reading(sentence, topic))
        if not ASKS.match(sentence.mended):
            return chances
        asked = np.where(self._is_reply, 0.0, chances)
        return np.asarray(asked / asked.sum())

    def _is_small_talk(self, sentence: Sentence) -> bool:
        return bool(self.is_small_talk[int(sentence.alone.argmax())])

    def leans(self, text: str, intent: str) -> bool:
        """Return whether a message is about the medicine or treatment just talked about."""
        return self._follow_ups.leans(text, intent)

    def save(self, folder: Path) -> None:
        """Write into a folder what was learned."""
        state = {"titles": self._titles, "clauses": self._clauses.state()}
        (folder / "conversations.json").write_text(json.dumps(state), encoding="utf-8")
        np.savez_compressed(folder / "follow_ups.npz", **self._follow_ups.state())

    def restore(self, folder: Path, classes: list[str]) -> None:
        """Take up again what `save` wrote."""
        self.know(classes)
        state = json.loads((folder / "conversations.json").read_text(encoding="utf-8"))
        self._titles = state["titles"]
        self._clauses.restore(state["clauses"])
        self._follow_ups = FollowUps(classes)
        with np.load(folder / "follow_ups.npz", allow_pickle=False) as arrays:
            self._follow_ups.restore(arrays)

    def _in_part(self, sentence: Sentence, topic: str) -> Vector:
        """Return the probabilities of a further question, which is no small talk."""
        joint = self._network(sentence.mended, self._titles[topic], sentence.alone)
        product = np.maximum(sentence.alone**OF_ALONE * joint, SMALL)
        asked = np.where(self.is_small_talk, 0.0, product)
        return np.asarray(asked / asked.sum())

    def _reading(self, sentence: Sentence, topic: str) -> Reading:
        return Reading(
            before=self._classes.index(topic),
            alone=sentence.chances,
            joint=self._network(sentence.mended, self._titles[topic], sentence.alone),
            embedding=sentence.embedding,
            words=sentence.words,
        )

    def _changes(
        self, unseen: Sequence[tuple[Sentence, int]], before: Sequence[str], most: int
    ) -> Iterator[tuple[Reading, int]]:
        """Yield sentences on a topic behind another one: people change the subject.

        Those before are as frequent as before follow-ups, or they would count for too much there.
        """
        random = np.random.default_rng(SEED)
        on_topics = [one for one in unseen if self._classes[one[1]] in self._titles]
        for number in random.permutation(len(on_topics))[:most]:
            sentence, asked = on_topics[number]
            others = [topic for topic in before if topic != self._classes[asked]]
            yield self._reading(sentence, str(random.choice(others))), asked

    def _network(self, mended: str, title: str | None, alone: Vector) -> Vector:
        """Return what the network sees in a text; of classes it does not know, what is known."""
        seen = self._questions.read(mended, title).chances
        known = np.where(self._places < 0, alone, seen[self._places])
        return np.asarray(known / known.sum())


def _rows(name: str) -> list[dict[str, Any]]:
    with (DATA / "conversations" / f"{name}.tsv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))
