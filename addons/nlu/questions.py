"""Sees where in a message a further question begins, and what a message asks after another."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from addons.nlu.calibration import softmax
from dripdesk.encoder import MAX_TOKENS, MODEL, VOCABULARY, released, session, tokenizer

HEAD = "head.json"
KEPT = 64
"""Texts of which is kept what is seen in them: a turn may ask more than once for that of one."""
Floats = NDArray[np.float32]


@dataclass(frozen=True)
class Cut:
    """A place where a further question may begin."""

    place: int
    """The number of the character."""
    chance: float


@dataclass(frozen=True)
class Seen:
    """What the network sees in a message."""

    cuts: tuple[Cut, ...]
    """The beginnings of words, each with the chance of a further question; the first is none."""
    chances: NDArray[np.float64]
    """The probabilities [intents] of what the message asks."""


class Questions:
    """The network in models/clauses, trained by train.py there, apart from Rasa's model.

    Raises EncoderError if its files are not as released.
    """

    def __init__(self, folder: Path) -> None:
        self._tokenizer = tokenizer(released(folder / VOCABULARY))
        self._session = session(folder / MODEL)
        head = json.loads(released(folder / HEAD))
        self._bias = float(head["bias"])
        self.intents: tuple[str, ...] = tuple(head["intents"])
        self._weights = np.array(head["weights"], np.float32)
        self._biases = np.array(head["biases"], np.float32)
        self._run = lru_cache(KEPT)(self._see)

    def find(self, text: str) -> tuple[Cut, ...]:
        """Return where in a text a further question may begin."""
        return self.read(text).cuts

    def read(self, text: str, title: str | None = None) -> Seen:
        """Return what is seen in a text, after something with that title was talked about.

        Only the first MAX_TOKENS are looked at, and a title not at all if both are longer.
        """
        text = text.encode("utf-8", "replace").decode("utf-8")  # half a surrogate pair is refused
        encoded = self._tokenizer.encode(text)
        before = 0
        if title:
            behind = self._tokenizer.encode(title, text)
            if len(behind.ids) <= MAX_TOKENS:
                before = len(behind.ids) - len(encoded.ids) + 1
                encoded = behind
        scores, embedding = self._run(tuple(encoded.ids[:MAX_TOKENS]))
        chances = 1 / (1 + np.exp(-(scores + self._bias)))
        starts = [start for start, _ in encoded.offsets[:MAX_TOKENS]]
        cuts = tuple(
            Cut(start, float(chance))
            for start, chance in zip(starts[before:], chances[before:], strict=True)
            if start and text[start - 1].isspace()
        )
        raw = embedding @ self._weights + self._biases
        return Seen(cuts, softmax(raw.astype(np.float64), 1.0))

    def _see(self, ids: tuple[int, ...]) -> tuple[Floats, Floats]:
        """Return the score of a cut at each token [n], and the embedding [384] of all."""
        inputs = {"input_ids": np.array([ids], np.int64)}
        scores, embeddings = self._session.run(["scores", "embedding"], inputs)
        return scores[0, :, 0], embeddings[0]
