"""The network in models/reader: it reads a message once for danger and for its questions."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

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
        cuts, embedding = self._run(tuple(encoded.ids[:MAX_TOKENS]))
        starts = [start for start, _ in encoded.offsets[before:MAX_TOKENS]]
        return Seen(starts, cuts[0, before:, 0], embedding[0])

    def _run(self, ids: tuple[int, ...]) -> list[Vectors]:
        return self._kept(ids)
