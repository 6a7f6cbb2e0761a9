"""Splits a message into its questions, where it holds more than one."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import numpy as np
from numpy.typing import NDArray

from addons.nlu.cuts import Cut, Cuts
from dripdesk.language import is_question

Vector = NDArray[np.float64]
Chances = Callable[[str], Vector]
"""Returns the probabilities [classes] of a text."""

JOINT = re.compile(r"[?.!,;&]\s+\S|\b(and|n|also|plus|or|then)\b", re.IGNORECASE)
"""Where nothing joins two questions, none is looked for: that costs more than to understand one."""
LEAST_CHANCE = 0.02
"""Places less likely than this are not looked at."""
WRONG = 0.01
"""The share of single questions that may be split, of those judged by a model that did not know
them. Most were written to look as if they held two."""
FOLDS = 10
SMALL = 1e-4
REPEATABLE = 1


class Clauses:
    """Weighs a cut by how likely it looks, and by what its two sides would be understood as."""

    def __init__(self, cuts: Cuts) -> None:
        self._cuts = cuts
        self._weights: Vector = np.zeros(0)
        self._bias = 0.0

    def fit(self, texts: Sequence[str], is_several: Sequence[bool], chances: Chances) -> None:
        """Learn from messages that hold several questions, and from such that hold one."""
        # A server has no need of these.
        from sklearn.linear_model import LogisticRegression
        from sklearn.model_selection import cross_val_predict
        from sklearn.pipeline import make_pipeline
        from sklearn.preprocessing import StandardScaler

        with ThreadPoolExecutor(os.cpu_count()) as pool:
            found = list(pool.map(lambda text: self._best(text, chances), texts))
        known = np.array([best is not None for best in found])
        rows = np.stack([best[1] for best in found if best])
        wanted = np.array(is_several)[known]
        scaler, model = StandardScaler(), LogisticRegression(C=0.3, max_iter=500)
        judge = make_pipeline(scaler, model)
        unseen = cross_val_predict(judge, rows, wanted, cv=FOLDS, method="decision_function")
        judge.fit(rows, wanted)
        single = np.sort(np.concatenate([unseen[~wanted], np.full((~known).sum(), -np.inf)]))
        limit = single[-1 - int(WRONG * len(single))]
        self._weights = model.coef_[0] / scaler.scale_
        self._bias = float(model.intercept_[0] - self._weights @ scaler.mean_ - limit)

    def split(self, text: str, chances: Chances) -> list[str]:
        """Return the questions of a message, in order; itself, if it is one."""
        best = self._best(text, chances)
        if best is None or best[1] @ self._weights + self._bias <= 0:
            return [text]
        left, right = text[: best[0].place].strip(), text[best[0].place :].strip()
        return [*self.split(left, chances), *self.split(right, chances)]

    def state(self) -> dict[str, Any]:
        """Return what was learned, as plain values that JSON can hold."""
        return {"weights": self._weights.tolist(), "bias": self._bias}

    def restore(self, state: dict[str, Any]) -> None:
        """Take up again what `state` returned."""
        self._weights, self._bias = np.array(state["weights"]), state["bias"]

    def _best(self, text: str, chances: Chances) -> tuple[Cut, Vector] | None:
        """Return the likeliest cut of a text and what there is to judge it by, or None."""
        if not JOINT.search(text):
            return None
        cut = max(self._cuts.find(text), key=lambda one: one.chance, default=None)
        if cut is None or cut.chance < LEAST_CHANCE:
            return None
        return cut, _features(text, cut, chances)


def _features(text: str, cut: Cut, chances: Chances) -> Vector:
    left, right = text[: cut.place].strip(), text[cut.place :].strip()
    of_left, of_right, of_whole = chances(left), chances(right), chances(text)
    logs = np.log(
        np.maximum(
            [
                cut.chance,
                1 - cut.chance,
                of_left @ of_right,  # that both sides ask the same
                1 - of_left @ of_right,
                of_left.max(),
                of_right.max(),
                of_whole.max(),
                of_whole[of_left.argmax()],
                of_whole[of_right.argmax()],
            ],
            SMALL,
        )
    )
    words = [1 / len(side.split()) for side in (left, right)]
    return np.array([*logs, *words, is_question(left), is_question(right)], dtype=np.float64)
