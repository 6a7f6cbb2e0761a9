"""Sees where in a message a further question begins."""

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

    Raises EncoderError if its files are not as released.
    """

    def __init__(self, folder: Path) -> None:
        self._tokenizer = tokenizer(released(folder / VOCABULARY))
        self._session = session(folder / MODEL)
        self._bias = float(json.loads(released(folder / HEAD))["bias"])

    def find(self, text: str) -> list[Cut]:
        """Return the beginnings of the words of a text, each with its chance; the first is none.

        Only the first MAX_TOKENS are looked at.
        """
        text = text.encode("utf-8", "replace").decode("utf-8")  # half a surrogate pair is refused
        encoded = self._tokenizer.encode(text)
        ids = np.array([encoded.ids[:MAX_TOKENS]], np.int64)
        scores = self._session.run(["scores"], {"input_ids": ids})[0][0, :, 0]
        chances = 1 / (1 + np.exp(-(scores + self._bias)))
        return [
            Cut(start, float(chance))
            for (start, _), chance in zip(encoded.offsets[:MAX_TOKENS], chances, strict=True)
            if start and text[start - 1].isspace()
        ]
