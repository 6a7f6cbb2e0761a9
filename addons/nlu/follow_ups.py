"""Understands a message by what was talked about just before it: "and for shots?", "how much?"."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize

from addons.nlu.calibration import softmax
from addons.nlu.network import ConversationNetwork

MORE = "more"
COST = 1.0
"""Of the squares of the weights; half or twice as much makes no difference."""
LEAST = 1e-6
"""The least probability of which a logarithm is taken."""
LEAST_SHARE = 0.25
"""From this share on of follow-ups that are about a medicine or treatment, a topic is of the kind
that can be."""
SHORT = 6  # words; a message of no more leans on what was said before,
LEANING = re.compile(  # as does one with a word that stands for it
    r"^(and|n|but|so|ok|okay|or|what about|how about|wat about|same)\b"
    r"|\b(it|its|it's|that|this|these|those|they|them|their|there|then|one|ones|mine)\b",
    re.IGNORECASE,
)

Vector = NDArray[np.float64]


@dataclass(frozen=True)
class Reading:
    """What there is to go by."""

    text: str
    topic: str | None
    """The intent just talked about."""
    alone: Vector
    """The probabilities [classes] of the message by itself."""


class FollowUps:
    """A conditional logit over the classes: the same evidence is weighed for each.

    That is its probability by itself and behind the topic before, as the network sees it, and
    whether it is that topic again or the wish for more; each also by how short the message is, and
    how clear by itself.
    """

    def __init__(self, network: ConversationNetwork) -> None:
        self._network = network
        self._classes: list[str] = []
        self._titles: Mapping[str, str] = {}
        self._weights: Vector = np.zeros(0)
        self._about: frozenset[str] = frozenset()

    def use(self, classes: Sequence[str], titles: Mapping[str, str]) -> None:
        """Take these as the classes, and as the titles by intent."""
        self._classes, self._titles = list(classes), titles

    def fit(self, readings: Sequence[Reading], right: Sequence[Sequence[str]]) -> None:
        """Learn from n readings, and for each the classes that are right."""
        evidence = np.stack([self._evidence(one) for one in readings])  # [n, classes, kinds]
        wanted = np.array([[name in names for name in self._classes] for names in right], float)

        def loss(weights: Vector) -> tuple[float, Vector]:
            chances = softmax(np.asarray(evidence @ weights, np.float64), 1.0)
            held = np.maximum((chances * wanted).sum(1, keepdims=True), 1e-12)
            error = chances - chances * wanted / held  # the gradient by the scores
            cost = -np.log(held).sum() + COST / 2 * (weights**2).sum()
            return float(cost), np.einsum("nck,nc->k", evidence, error) + COST * weights

        start = np.zeros(evidence.shape[2])
        self._weights = minimize(loss, start, jac=True, method="L-BFGS-B").x

    def learn_about(self, examples: Iterable[tuple[str, bool]]) -> None:
        """Learn from intents, each with whether it was asked about a medicine or a treatment."""
        asked: Counter[str] = Counter()
        about: Counter[str] = Counter()
        for intent, is_about in examples:
            asked[intent] += 1
            about[intent] += is_about
        self._about = frozenset(one for one in asked if about[one] >= LEAST_SHARE * asked[one])

    def chances(self, reading: Reading) -> Vector:
        """Return the probabilities [classes] of a message in its place."""
        return softmax(np.asarray(self._evidence(reading) @ self._weights, np.float64), 1.0)

    def leans(self, text: str, intent: str) -> bool:
        """Return whether a message is about the medicine or treatment just talked about."""
        is_short = len(text.split()) <= SHORT
        return intent in self._about and (is_short or bool(LEANING.search(text)))

    def state(self) -> dict[str, Any]:
        """Return what was learned, as plain values that JSON can hold."""
        return {"weights": self._weights.tolist(), "about": sorted(self._about)}

    def restore(self, state: dict[str, Any]) -> None:
        """Take up again what `state` returned."""
        self._weights, self._about = np.array(state["weights"]), frozenset(state["about"])

    def _evidence(self, reading: Reading) -> Vector:
        """Return what speaks for each class [classes, kinds]."""
        seen = self._network.chances(self._titles[str(reading.topic)], reading.text)
        known = dict(zip(self._network.intents, seen, strict=True))
        # A topic that is newer than the network is judged by itself.
        behind = [known.get(name, reading.alone[n]) for n, name in enumerate(self._classes)]
        logs = (np.log(np.maximum(part, LEAST)) for part in (reading.alone, np.array(behind)))
        same = np.array([name == reading.topic for name in self._classes], float)
        more = np.array([name == MORE for name in self._classes], float)
        kinds = np.stack([*logs, same, more], axis=1)
        shortness = 1 / np.sqrt(max(len(reading.text.split()), 1))
        return np.concatenate([kinds, kinds * shortness, kinds * reading.alone.max()], axis=1)
