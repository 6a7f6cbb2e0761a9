"""The official model computed plainly in numpy: what a quantised one is measured against."""

from __future__ import annotations

import math
from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]

LAYERS = 6
HEADS = 12
EPSILON = 1e-12
"""Added to a variance before its root is taken; the model was trained with it."""

erf = np.vectorize(math.erf, otypes=[np.float64])


class Reference:
    """The model in 64 bits, so that what is derived from it is the same on every processor."""

    def __init__(self, weights: Mapping[str, NDArray[np.float32]]) -> None:
        self._weights = {
            name: values.astype(np.float64)
            for name, values in weights.items()
            if values.dtype == np.float32
        }
        self.peaks: dict[str, Array] = {}
        """The largest magnitude so far of each channel that goes into a linear layer, by layer."""

    def embed(self, ids: list[int]) -> Array:
        """Return the embedding of token ids [n] as a unit vector [384]."""
        mean = self.states(ids).mean(axis=0)
        return np.asarray(mean / np.linalg.norm(mean))

    def states(self, ids: list[int]) -> Array:
        """Return what each of n tokens means in its sentence [n, 384]."""
        state = self._weights["embeddings.word_embeddings.weight"][ids]
        state = state + self._weights["embeddings.position_embeddings.weight"][: len(ids)]
        state = state + self._weights["embeddings.token_type_embeddings.weight"][0]
        state = self._normalise("embeddings.LayerNorm", state)
        for number in range(LAYERS):
            layer = f"encoder.layer.{number}"
            attended = self._linear(f"{layer}.attention.output.dense", self._attend(layer, state))
            state = self._normalise(f"{layer}.attention.output.LayerNorm", state + attended)
            inner = self._linear(f"{layer}.intermediate.dense", state)
            inner = inner * (1 + erf(inner / math.sqrt(2))) / 2
            outer = self._linear(f"{layer}.output.dense", inner)
            state = self._normalise(f"{layer}.output.LayerNorm", state + outer)
        return np.asarray(state)

    def _attend(self, layer: str, state: Array) -> Array:
        query, key, value = (
            np.stack(np.split(self._linear(f"{layer}.attention.self.{part}", state), HEADS, axis=1))
            for part in ("query", "key", "value")
        )
        scores = query @ key.transpose(0, 2, 1) / math.sqrt(query.shape[-1])
        scores = np.exp(scores - scores.max(axis=-1, keepdims=True))
        scores = scores / scores.sum(axis=-1, keepdims=True)
        return np.concatenate(list(scores @ value), axis=1)

    def _linear(self, name: str, state: Array) -> Array:
        peak = np.abs(state).max(axis=0)
        self.peaks[name] = np.maximum(self.peaks.get(name, peak), peak)
        return np.asarray(state @ self._weights[f"{name}.weight"].T + self._weights[f"{name}.bias"])

    def _normalise(self, name: str, state: Array) -> Array:
        centred = state - state.mean(axis=-1, keepdims=True)
        scaled = centred / np.sqrt((centred**2).mean(axis=-1, keepdims=True) + EPSILON)
        return np.asarray(scaled * self._weights[f"{name}.weight"] + self._weights[f"{name}.bias"])
