"""The network in models/reader: it reads a message once for danger and for its questions."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np

from dripdesk.encoder import MAX_TOKENS, Encoder, Vectors, released

HEAD = "head.json"
KEPT = 64
"""Texts of which is kept what is seen in them: a turn asks more than once for that of one."""


@dataclass(frozen=True)
class Seen:
    """What the network sees in a text."""

    starts: Sequence[int]
    """The number of the character at which each token of the text [n] begins."""
    cuts: Vectors
    """The score of a further question at each token [n]."""
    embedding: Vectors
    """What the text means where it stands [384], as a unit vector."""


class Network(Encoder):
    """MiniLM as train.py beside it refined it, apart from Rasa's model.

    Raises EncoderError if its files are not as released. It may be used from several threads.
    """

    def __init__(self, folder: Path) -> None:
        super().__init__(folder)
        self.head: dict[str, Any] = json.loads(released(folder / HEAD))
        """The weights by which embeddings tell of danger and questions."""
        self._level_bias = np.array(self.head["level_bias"], np.float32)
        self._kept = lru_cache(KEPT)(super()._run)

    def read(self, text: str, title: str | None = None) -> Seen:
        """Return what is seen in the first MAX_TOKENS of a text, after a topic with that title.

        The title is left out if both together are longer.
        """
        encoded, before = self._encode(text), 0
        if title:
            behind = self._encode(text, title)
            if len(behind.ids) <= MAX_TOKENS:
                encoded, before = behind, len(behind.ids) - len(encoded.ids) + 1
        scores, embedding = self._run(tuple(encoded.ids[:MAX_TOKENS]))
        starts = [start for start, _ in encoded.offsets[before:MAX_TOKENS]]
        return Seen(starts, scores[0, before:, 0], embedding[0])

    def dangers(self, text: str) -> Vectors:
        """Return the logarithms of the probabilities [1 + levels] of no danger and of each level.

        Of a text longer than MAX_TOKENS only its beginning and its end are read.
        """
        scores, _ = self._run(self._ids(text))
        looks, signs = np.split(scores[0, :, 1:], 2, axis=1)  # [n, 1 + levels] each
        weights = np.exp(looks - looks.max(axis=0))
        raw = (weights / weights.sum(axis=0) * signs).sum(axis=0) + self._level_bias
        return np.asarray(raw - np.logaddexp.reduce(raw), dtype=np.float32)

    def _run(self, ids: tuple[int, ...]) -> list[Vectors]:
        return self._kept(ids)
