"""Sees where in a message a further question begins, and what a message asks after another."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from addons.nlu.calibration import softmax
from dripdesk.network import Network


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
    """What the network in models/reader sees, but for danger."""

    def __init__(self, network: Network) -> None:
        self._network = network
        head = network.head
        self._cut_bias = float(head["cut_bias"])
        self.intents: tuple[str, ...] = tuple(head["intents"])
        self._weights = np.array(head["intent_weights"], np.float32)
        self._bias = np.array(head["intent_bias"], np.float32)

    def find(self, text: str) -> tuple[Cut, ...]:
        """Return where in a text a further question may begin."""
        return self.read(text).cuts

    def read(self, text: str, title: str | None = None) -> Seen:
        """Return what is seen in a text, after something with that title was talked about."""
        seen = self._network.read(text, title)
        chances = 1 / (1 + np.exp(-(seen.cuts + self._cut_bias)))
        cuts = tuple(
            Cut(start, float(chance))
            for start, chance in zip(seen.starts, chances, strict=True)
            if start and text[start - 1].isspace()
        )
        raw = seen.embedding @ self._weights + self._bias
        return Seen(cuts, softmax(raw.astype(np.float64), 1.0))
