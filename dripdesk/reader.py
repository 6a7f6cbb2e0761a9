"""The trained second opinion on danger: two small networks that read the whole message."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from dripdesk.danger import LEVELS, Danger
from dripdesk.encoder import Encoder, released
from dripdesk.network import HEAD, KEPT, Network
from dripdesk.settings import PROJECT

OTHER = PROJECT / "models" / "danger"
ASKED = 0.02
"""From this probability of danger on the other network is asked as well: so low that hardly any
danger is below it, and high enough that most ordinary questions are read by one network alone."""
WEIGHT = 1 / 3
"""Of the other network, which has learned from fewer sentences."""
SURE, LIKELY, UNSURE, HARMLESS = 0.988, 0.872, 0.664, 0.230
"""From these probabilities on the safety text may stand alone, comes first, comes first unless the
message asks something else, and a sign that the screen sees is believed: one in 200, three, five
and ten in 100 of near-misses reach them, which are the hardest that could be thought of.
models/reader/thresholds.py tells how much danger does."""
ASKS = 0.6
"""What is not LIKELY danger is none if it asks about a topic with this probability. Of unseen
messages of danger one in 200 is lost so, of false alarms at ordinary ones one in seven."""
DOTS = re.compile(r"(?: ?\.){2,}")
MARKS = re.compile(r"([?!])(?: [?!])+")
"""How many marks somebody types tells of a habit, not of danger."""
PHONE = re.compile(
    r"(?<!\d)(?:\+? ?1[ .-]+)?\(? ?\d{3} ?\)?[ .-]*\d{3}[ .-]*\d{4}(?!\d)"
    r"(?: ?(?:ext|extension|x)\b[ .]*\d+)?"
)
"""A phone number tells of no danger, and looks like nothing that was learned from."""
SENTENCE = re.compile(r"[^.!?]+[.!?]*")
WORDS = 20  # that are read at a time of a long message: more would drown a short cry for help
SHARED = 6  # words of a sentence without an end are read twice, or a cry might be cut in two
RIVAL = 0.05
"""A more urgent level is taken if it is at least this likely beside the likeliest one."""


@dataclass(frozen=True)
class Opinion:
    """What the reader makes of a message."""

    danger: Danger | None
    is_harmless: bool
    """Whether danger is so unlikely, in every part of the message, that a sign of it is talk."""


class Reader:
    """The network that reads all messages, and the one in a folder, which reads for danger alone.

    They err in different places: together they find more, with no more alarms. Raises EncoderError
    if the files in the folder are not as released.
    """

    def __init__(self, network: Network, other: Path = OTHER) -> None:
        self._network = network
        self._other = _Other(other)
        head = network.head
        self._intent_weights = np.array(head["intent_weights"], np.float32)
        self._intent_bias = np.array(head["intent_bias"], np.float32)
        self._is_topic = np.array([name.startswith("faq_") for name in head["intents"]])
        self._opinions = lru_cache(KEPT)(self._read)

    def chances(self, mended: str) -> NDArray[np.float32]:
        """Return the probabilities [levels] of a mended text; the rest to 1 is that of none."""
        text = calm(mended)
        scores = self._network.dangers(text)
        if 1 - np.exp(scores[0]) >= ASKED:
            scores = (1 - WEIGHT) * scores + WEIGHT * self._other.dangers(text)
        powers = np.exp(scores)
        return np.asarray(powers[1:] / powers.sum(), dtype=np.float32)

    def read(self, mended: str) -> Opinion:
        """Return what danger a mended text tells of, in any part of it.

        A turn asks more than once: of the last texts it is kept.
        """
        return self._opinions(mended)

    def _read(self, mended: str) -> Opinion:
        if not any(map(str.isalpha, calm(mended))):
            return Opinion(None, False)  # the screen knows which numbers tell of danger
        whole = self.chances(mended)
        # Of a long text the encoder skips the middle: only all parts together can rule danger out.
        texts = [] if self._network.reads_whole(mended) else list(_parts(mended))
        parts = [self.chances(one) for one in texts]
        is_all_read = all(map(self._network.reads_whole, texts))
        most = float(max(one.sum() for one in (whole, *parts)))
        # A part has lost what stood around it ("that was in 2015"): it counts only if it is sure.
        chances = max((whole, *(one for one in parts if one.sum() >= SURE)), key=np.sum)
        chance = chances.sum()
        # A long text is read in parts too: what none of them is sure of must be likely at least.
        is_unsure = chance >= UNSURE and not texts and self._asks(mended) < ASKS
        if chance >= LIKELY or is_unsure:
            return Opinion(_danger(chances, bool(chance >= SURE)), False)
        return Opinion(None, is_all_read and most < HARMLESS)

    def _asks(self, mended: str) -> float:
        """Return how likely the likeliest topic is, as the run that looked for danger sees it."""
        embedding = self._network.embed(calm(mended))
        raw = embedding @ self._intent_weights + self._intent_bias
        powers = np.exp(raw - raw.max())
        return float(powers[self._is_topic].max() / powers.sum())


class _Other(Encoder):
    """MiniLM as train.py in its folder refined it."""

    def __init__(self, folder: Path) -> None:
        super().__init__(folder)
        head = json.loads(released(folder / HEAD))
        self._weights = np.array(head["weights"], dtype=np.float32)
        self._bias = np.array(head["bias"], dtype=np.float32)

    def dangers(self, text: str) -> NDArray[np.float32]:
        """Return the logarithms of the probabilities [1 + levels], as Network does."""
        raw = self.embed(text) @ self._weights + self._bias
        return np.asarray(raw - np.logaddexp.reduce(raw), dtype=np.float32)


def _danger(chances: NDArray[np.float32], sure: bool) -> Danger:
    level = LEVELS[int(np.argmax(chances >= RIVAL * chances.max()))]  # the first that is so
    return Danger(level, level, f"read as {level}", sure=sure)


def calm(mended: str) -> str:
    """Return a mended text without phone numbers, and with one mark at an end for several."""
    return MARKS.sub(r"\1", DOTS.sub(" ", PHONE.sub(" ", mended))).strip()


def _parts(mended: str) -> Iterator[str]:
    """Yield the sentences of a long text, as many together as are read at a time, or their parts.

    Many people end no sentence at all when they type on a phone.
    """
    part: list[str] = []
    for sentence in SENTENCE.findall(mended):
        words = sentence.split()
        if part and len(part) + len(words) > WORDS:
            yield " ".join(part)
            part = []
        while len(words) > WORDS:
            yield " ".join(words[:WORDS])
            words = words[WORDS - SHARED :]
        part += words
    yield " ".join(part)
