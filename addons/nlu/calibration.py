"""Makes scores mean something: a temperature, and a threshold, from predictions of the unseen."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

ACCEPTED = 0.95
"""Share of the in-scope sentences that were held out that the threshold lets pass."""


@dataclass(frozen=True)
class Calibration:
    """How raw scores become probabilities, and from which one on a message is answered."""

    temperature: float
    threshold: float


def softmax(scores: NDArray[np.float64], temperature: float) -> NDArray[np.float64]:
    """Return probabilities [..., classes] of raw scores [..., classes]."""
    scaled = scores / temperature
    powers = np.exp(scaled - scaled.max(axis=-1, keepdims=True))
    probabilities: NDArray[np.float64] = powers / powers.sum(axis=-1, keepdims=True)
    return probabilities


def calibrate(
    scores: NDArray[np.float64], labels: NDArray[np.int64], in_scope: NDArray[np.bool_]
) -> Calibration:
    """Return the calibration of scores [n, classes] of unseen sentences with their true labels [n].

    `in_scope` [classes] marks the classes that count as an answer. The score of a message for
    "answer or not" is its best in-scope probability, also where another class is the likeliest.
    """
    from scipy.optimize import minimize_scalar  # a server has no need of it

    def loss(temperature: float) -> float:
        likely = softmax(scores, temperature)[np.arange(len(labels)), labels]
        return float(-np.log(np.maximum(likely, 1e-12)).mean())

    best = minimize_scalar(loss, bounds=(0.05, 5.0), method="bounded")
    temperature = float(best.x)
    ours = softmax(scores[in_scope[labels]], temperature)[:, in_scope].max(axis=1)
    return Calibration(temperature, float(np.quantile(ours, 1 - ACCEPTED)))
