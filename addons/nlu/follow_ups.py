"""Understands a message by what was talked about just before it: "and for shots?", "how much?"."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from addons.nlu.calibration import softmax
from dripdesk.danger import LEVELS

MORE = "more"
OF_EVIDENCE, OF_PASSAGE, OF_MEANING = 1.0, 3.0, 1.0
"""What the squares of the weights cost; half or twice as much makes no difference."""
EMBEDDING_SCALE = 3.0
LEAST = 1e-6
"""The least probability of which a logarithm is taken."""

LIKELY, SURE = 0.5, 0.9
"""From these probabilities on a yes is a yes, whatever was talked about: if it is one word, and if
it is more ("why would that be?" looks like one)."""
MOSTLY, OFTEN, AT_TIMES = 0.6, 0.25, 0.15
"""Shares of a topic's follow-ups that are about the medicine or treatment before: from the first on
all are taken for such, then short ones, then those alone with a word that stands for it. Of 1,049
that were, 94 % are, and of 309 that were not, 34 %."""
SHORT = 6  # words
LEANING = re.compile(
    r"^(and|n|but|so|ok|okay|or|what about|how about|wat about|same)\b"
    r"|\b(it|its|it's|that|this|these|those|they|them|their|there|then|one|ones|mine)\b",
    re.IGNORECASE,
)

Vector = NDArray[np.float64]


@dataclass(frozen=True)
class Reading:
    """What there is to go by."""

    before: int
    """The number of the topic just talked about."""
    alone: Vector
    """The probabilities [classes] of the message by itself,"""
    joint: Vector
    """and behind the title of that topic, as the network of questions sees it."""
    embedding: NDArray[np.float32]
    """The embedding [width] of the message by itself."""
    words: int


class FollowUps:
    """A conditional logit over the classes: the same evidence is weighed for each.

    That is its probability alone and with the topic before, and whether it is that topic again or
    the wish for more, each also by how short the message is, and how clear by itself. On top of
    that comes for each class what patients ask it after, and what the message means.
    """

    def __init__(self, classes: Sequence[str]) -> None:
        self._is_more = np.array([name == MORE for name in classes], np.float64)
        self._is_danger = np.array([name in LEVELS for name in classes], bool)
        self._count = len(classes)
        self._shared: Vector = np.zeros(0)
        """The weights [kinds] of the evidence."""
        self._own: Vector = np.zeros((0, 0))
        """Those of each class [classes, classes + width] for the topic before and the meaning."""
        self._can_follow: NDArray[np.bool_] = np.zeros(0, dtype=bool)
        """Which classes [classes] were ever right: "yes" is not, and means the offer before it."""
        self._about: dict[str, float] = {}
        """The share of each intent's follow-ups that is about a medicine or treatment."""

    def fit(self, readings: Sequence[Reading], right: Sequence[Sequence[int]]) -> None:
        """Learn from n readings, and for each the numbers of the classes that are right."""
        from scipy.optimize import minimize  # a server has no need of it

        # One row for each reading and class: so all is left to two products of matrices.
        evidence = np.concatenate([self._evidence(one) for one in readings])
        places = np.stack([self._place(one) for one in readings])
        wanted = np.zeros((len(readings), self._count))
        for row, numbers in enumerate(right):
            wanted[row, list(numbers)] = 1
        kinds, shape = evidence.shape[1], (self._count, places.shape[1])
        costs = np.full(shape, OF_MEANING)
        costs[:, : self._count] = OF_PASSAGE
        costs = np.concatenate([np.full(kinds, OF_EVIDENCE), costs.ravel()])

        def loss(weights: Vector) -> tuple[float, Vector]:
            own = weights[kinds:].reshape(shape)
            scores = (evidence @ weights[:kinds]).reshape(wanted.shape) + places @ own.T
            chances = softmax(scores, 1.0)
            held = np.maximum((chances * wanted).sum(1, keepdims=True), 1e-12)
            error = chances - chances * wanted / held  # the gradient by the scores
            by_kind = error.ravel() @ evidence
            gradient = np.concatenate([by_kind, (error.T @ places).ravel()])
            loss = -np.log(held).sum() + 0.5 * (costs * weights**2).sum()
            return float(loss), gradient + costs * weights

        self._can_follow = wanted.any(axis=0)
        found = minimize(loss, np.zeros(len(costs)), jac=True, method="L-BFGS-B").x
        self._shared, self._own = found[:kinds], found[kinds:].reshape(shape)

    def learn_about(self, examples: Iterable[tuple[str, bool]]) -> None:
        """Learn from intents, each with whether it was asked about a medicine or a treatment."""
        asked: Counter[str] = Counter()
        about: Counter[str] = Counter()
        for intent, is_about in examples:
            asked[intent] += 1
            about[intent] += is_about
        self._about = {one: about[one] / asked[one] for one in asked}

    def stands_alone(self, alone: Vector, words: int, is_harmless: bool) -> bool:
        """Return whether a message with these probabilities means the same in every place.

        What is harmless was looked through for danger by others: short words are not taken for it.
        """
        likeliest = int(alone.argmax())
        if self._is_danger[likeliest]:
            return not is_harmless and bool(alone[likeliest] >= LIKELY)
        least = LIKELY if words == 1 else SURE
        return bool(alone[likeliest] >= least and not self._can_follow[likeliest])

    def chances(self, reading: Reading) -> Vector:
        """Return the probabilities [classes] of a message in its place."""
        scores = self._evidence(reading) @ self._shared + self._own @ self._place(reading)
        return softmax(np.asarray(scores, np.float64), 1.0)

    def leans(self, text: str, intent: str) -> bool:
        """Return whether a message is about the medicine or treatment just talked about."""
        share = self._about.get(intent, 0.0)
        is_short, has_word = len(text.split()) <= SHORT, bool(LEANING.search(text))
        return (
            intent == MORE
            or share >= MOSTLY
            or (share >= OFTEN and is_short)
            or (share >= AT_TIMES and has_word)
        )

    def state(self) -> dict[str, Any]:
        """Return what was learned, as arrays by name."""
        return {
            "shared": self._shared.astype(np.float32),
            "own": self._own.astype(np.float32),
            "can_follow": self._can_follow,
            "about": np.array(list(self._about)),
            "about_shares": np.array(list(self._about.values())),
        }

    def restore(self, state: Mapping[str, Any]) -> None:
        """Take up again what `state` returned."""
        self._shared, self._own = (state[name].astype(np.float64) for name in ("shared", "own"))
        self._can_follow = state["can_follow"]
        shares = state["about_shares"].tolist()
        self._about = dict(zip(map(str, state["about"]), shares, strict=True))

    def _evidence(self, reading: Reading) -> Vector:
        """Return what speaks for each class [classes, kinds]."""
        same = np.zeros(self._count)
        same[reading.before] = 1
        logs = (np.log(np.maximum(part, LEAST)) for part in (reading.alone, reading.joint))
        kinds = np.stack([*logs, same, self._is_more], axis=1)
        shortness = 1 / np.sqrt(max(reading.words, 1))
        return np.concatenate([kinds, kinds * shortness, kinds * reading.alone.max()], axis=1)

    def _place(self, reading: Reading) -> Vector:
        """Return where a message stands and what it means [classes + width]."""
        before = np.zeros(self._count)
        before[reading.before] = 1
        return np.concatenate([before, reading.embedding * EMBEDDING_SCALE])
