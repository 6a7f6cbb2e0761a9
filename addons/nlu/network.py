"""The network in models/conversation: what it sees in a message, and behind another topic."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from addons.nlu.calibration import softmax
from dripdesk.encoder import MAX_TOKENS, MODEL, VOCABULARY, released, session, tokenizer

HEAD = "head.json"


@dataclass(frozen=True)
class Cut:
    """A place where a further question may begin."""

    place: int
    """The number of the character."""
    chance: float


class ConversationNetwork:
    """Trained by models/conversation/train.py, apart from Rasa's model.

    Raises EncoderError if its files are not as released.
    """

    def __init__(self, folder: Path) -> None:
        self._tokenizer = tokenizer(released(folder / VOCABULARY).decode("utf-8").splitlines())
        self._session = session(released(folder / MODEL))
        head = json.loads(released(folder / HEAD))
        self.intents: list[str] = head["intents"]
        self._weights = np.array(head["weights"], dtype=np.float32)
        self._bias = np.array(head["bias"], dtype=np.float32)
        self._cut_bias = float(head["cut_bias"])

    def cuts(self, text: str) -> list[Cut]:
        """Return the beginnings of the words of a text, each with its chance; the first is none.

        Only the first MAX_TOKENS are looked at.
        """
        text = _whole(text)
        encoded = self._tokenizer.encode(text)
        scores = self._run("scores", encoded.ids[:MAX_TOKENS])[:, 0] + self._cut_bias
        chances = 1 / (1 + np.exp(-scores))
        return [
            Cut(start, float(chance))
            for (start, _), chance in zip(encoded.offsets[:MAX_TOKENS], chances, strict=True)
            if start and text[start - 1].isspace()
        ]

    def chances(self, before: str, text: str) -> NDArray[np.float64]:
        """Return the probabilities [intents] of what a text asks behind the title of a topic."""
        ids = self._tokenizer.encode(_whole(before), _whole(text)).ids
        if len(ids) > MAX_TOKENS:
            ids = ids[: MAX_TOKENS // 2] + ids[-MAX_TOKENS // 2 :]
        scores = self._run("embedding", ids) @ self._weights + self._bias
        return softmax(scores.astype(np.float64), 1.0)

    def _run(self, output: str, ids: list[int]) -> NDArray[np.float32]:
        found: NDArray[np.float32] = self._session.run(
            [output], {"input_ids": np.array([ids], np.int64)}
        )[0][0]
        return found


def _whole(text: str) -> str:
    """Return a text without half surrogate pairs, which JSON can carry: tokenizers refuse them."""
    return text.encode("utf-8", "replace").decode("utf-8")
