"""Sees where in a message one question ends and the next begins."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from dripdesk.encoder import MAX_TOKENS, MODEL, VOCABULARY, released, session, tokenizer

HEAD = "head.json"


@dataclass(frozen=True)
class Cut:
    """A place where a further question may begin."""

    place: int
    """The number of the character."""
    chance: float


class Cuts:
    """The network in models/clauses, trained by train.py there, apart from Rasa's model.

    Raises EncoderError if its files are not as released. Only the first MAX_TOKENS are looked at.
    """

    def __init__(self, folder: Path) -> None:
        self._tokenizer = tokenizer(released(folder / VOCABULARY).decode("utf-8").splitlines())
        self._session = session(released(folder / MODEL))
        self._bias = float(json.loads(released(folder / HEAD))["bias"])

    def find(self, text: str) -> list[Cut]:
        """Return the beginnings of the words of a text but the first, each with its chance."""
        text = text.encode("utf-8", "replace").decode("utf-8")
        encoded = self._tokenizer.encode(text)
        ids = encoded.ids[:MAX_TOKENS]
        scores = self._session.run(None, {"input_ids": np.array([ids], np.int64)})[0][0, :, 0]
        chances = 1 / (1 + np.exp(-(scores + self._bias)))
        return [
            Cut(start, float(chances[number]))
            for number, (start, _) in enumerate(encoded.offsets[:MAX_TOKENS])
            if start and text[start - 1].isspace()
        ]
