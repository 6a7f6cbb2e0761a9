"""Splits a message into its questions, where it holds more than one."""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from addons.nlu.questions import Cut, Questions
from dripdesk.language import is_question

Vector = NDArray[np.float64]

MOST = 4
"""So many questions are looked for: one more than is answered, which tells that there are more."""
PLACES, LEAST_CHANCE = 2, 0.01
"""So many places are judged, and none less likely than this."""
WRONG = 0.015
"""The share of single questions that may be split, of those judged by a model that did not know
them. Most were written to look as if they held two, as few messages of patients do."""
FOLDS = 10
COST = 0.1
SMALL = 1e-4


class Opinions(Protocol):
    """What texts ask, as probabilities [classes]."""

    is_small_talk: NDArray[np.bool_]
    """Which classes [classes] are no question."""

    def alone(self, text: str) -> Vector:
        """Return what a text is understood as."""

    def seen(self, text: str) -> Vector:
        """Return what the network of questions sees in it."""

    def seen_after(self, before: str, text: str) -> tuple[Vector, int]:
        """Return what the network sees in it after another, and the class of that."""


class Clauses:
    """Weighs a cut by how likely it looks, and by what its two sides would be understood as."""

    def __init__(self, questions: Questions) -> None:
        self._questions = questions
        self._weights: Vector = np.zeros(0)
        self._bias = 0.0

    def fit(self, texts: Sequence[str], is_several: Sequence[bool], opinions: Opinions) -> None:
        """Learn from messages that hold several questions, and from such that hold one."""
        # A server has no need of these.
        from sklearn.linear_model import LogisticRegression
        from sklearn.model_selection import StratifiedKFold
        from sklearn.pipeline import make_pipeline
        from sklearn.preprocessing import StandardScaler

        with ThreadPoolExecutor(os.cpu_count()) as pool:
            found = list(pool.map(lambda text: self._places(text, opinions), texts))
        kinds = np.array(is_several)

        def learned(some: Iterable[int]) -> Any:
            known = [number for number in some if found[number]]
            judge = make_pipeline(StandardScaler(), LogisticRegression(C=COST, max_iter=2000))
            return judge.fit(np.stack([found[number][0][1] for number in known]), kinds[known])

        unseen = np.full(len(found), -np.inf)
        for others, some in StratifiedKFold(FOLDS).split(kinds, kinds):
            judge = learned(others)
            for number in some:
                if found[number]:
                    rows = np.stack([row for _, row in found[number]])
                    unseen[number] = judge.decision_function(rows).max()
        single = np.sort(unseen[~kinds])
        limit = single[-1 - int(WRONG * len(single))]
        scaler, model = (step for _, step in learned(range(len(found))).steps)
        self._weights = model.coef_[0] / scaler.scale_
        self._bias = float(model.intercept_[0] - self._weights @ scaler.mean_ - limit)

    def split(self, text: str, opinions: Opinions, most: int = MOST) -> list[str]:
        """Return the questions of a message, in order; itself, if it is one."""
        places = self._places(text, opinions) if most > 1 else []
        judged = ((float(row @ self._weights + self._bias), cut.place) for cut, row in places)
        score, place = max(judged, default=(0.0, 0))
        if score <= 0:
            return [text]
        left, right = text[:place].strip(), text[place:].strip()
        before = self.split(left, opinions, most - 1)
        return [*before, *self.split(right, opinions, most - len(before))]

    def state(self) -> dict[str, Any]:
        """Return what was learned, as plain values that JSON can hold."""
        return {"weights": self._weights.tolist(), "bias": self._bias}

    def restore(self, state: dict[str, Any]) -> None:
        """Take up again what `state` returned."""
        self._weights, self._bias = np.array(state["weights"]), state["bias"]

    def _places(self, text: str, opinions: Opinions) -> list[tuple[Cut, Vector]]:
        """Return the likeliest cuts of a text, each with what there is to judge it by."""
        cuts = [cut for cut in self._questions.find(text) if cut.chance >= LEAST_CHANCE]
        cuts = sorted(cuts, key=lambda cut: -cut.chance)[:PLACES]
        return [(cut, _features(text, cut, opinions)) for cut in cuts]


def _features(text: str, cut: Cut, opinions: Opinions) -> Vector:
    left, right = text[: cut.place].strip(), text[cut.place :].strip()
    after, topic = opinions.seen_after(left, right)
    small_talk = after @ opinions.is_small_talk
    logs = [
        cut.chance,
        1 - cut.chance,
        *_agreement(*map(opinions.alone, (left, right, text))),
        *_agreement(*map(opinions.seen, (left, right, text))),
        after.max(),
        after[topic],  # that the right side asks the same again
        1 - after[topic],
        small_talk,
        1 - small_talk,
    ]
    sides = [1 / len(side.split()) for side in (left, right)]
    words = [*sides, is_question(left), is_question(right)]
    return np.array([*np.log(np.maximum(logs, SMALL)), *words], dtype=np.float64)


def _agreement(of_left: Vector, of_right: Vector, of_whole: Vector) -> list[float]:
    """Return how clear both sides of a cut and the whole are, and how far they ask the same."""
    same = float(of_left @ of_right)
    clear = [float(one.max()) for one in (of_left, of_right, of_whole)]
    within = [float(of_whole[side.argmax()]) for side in (of_left, of_right)]
    return [same, 1 - same, *clear, *within]
