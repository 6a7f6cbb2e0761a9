"""The trained second opinion on danger: small networks that read the whole message."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from dripdesk.danger import LEVELS, Danger
from dripdesk.encoder import Encoder, released
from dripdesk.language import is_question
from dripdesk.network import HEAD, Network
from dripdesk.settings import PROJECT

OTHERS = (PROJECT / "models" / "danger", PROJECT / "models" / "danger" / "second")
ASKED = 0.04
"""From this probability of danger on the others are asked as well. Of 1,333 dangers that the first
has not seen none is below it, and a third of ordinary questions is."""
DOTS = re.compile(r"(?: ?\.){2,}")
MARKS = re.compile(r"([?!])(?: [?!])+")
"""How many marks somebody types tells of a habit, not of danger."""
SENTENCE = re.compile(r"[^.!?]+[.!?]*")
WORDS = 20  # that are read at a time of a long message: more would drown a short cry for help
ASIDE = re.compile(r"(?<=[.?!;])\s+|(?:\s(?:but|so|anyways?|also|btw))+\s+")
LEAST_WORDS = 3
RIVAL = 0.1
"""A more urgent level is taken if it is at least this likely beside the likeliest one."""


@dataclass(frozen=True)
class Opinion:
    """What the reader makes of a message."""

    danger: Danger | None
    is_harmless: bool
    """Whether danger is so unlikely, in every part of the message, that a sign of it is talk."""


class Reader:
    """The network that reads all messages, and those in folders, which read for danger alone.

    They err in different places: together they find more, with no more alarms. Raises EncoderError
    if the files in a folder are not as released.
    """

    def __init__(self, network: Network, others: Sequence[Path] = OTHERS) -> None:
        head = network.head
        self._first = _Levels(network, head["level_weights"], head["level_bias"])
        self._others = list(map(_Levels.of, others))
        self._reads_whole = network.reads_whole
        limits = head["thresholds"]
        self._sure, self._unsure, self._harmless = map(
            limits.__getitem__, ("sure", "unsure", "harmless")
        )

    def chances(self, mended: str) -> NDArray[np.float32]:
        """Return the probabilities [levels] of a mended text; the rest to 1 is that of none."""
        text = calm(mended)
        scores = self._first.scores(text)
        if 1 - np.exp(scores[0]) >= ASKED:
            scores = np.mean([scores, *(other.scores(text) for other in self._others)], axis=0)
        powers = np.exp(scores)
        return np.asarray(powers[1:] / powers.sum(), dtype=np.float32)

    def read(self, mended: str) -> Opinion:
        """Return what danger a mended text tells of, in any part of it."""
        whole = self.chances(mended)
        # Of a long text the encoder skips the middle: only all parts together can rule danger out.
        parts = [] if self._reads_whole(mended) else [self.chances(one) for one in _parts(mended)]
        most = float(max(one.sum() for one in (whole, *parts)))
        # A part has lost what stood around it ("that was in 2015"): it counts only if it is sure.
        chances = max((whole, *(one for one in parts if one.sum() >= self._sure)), key=np.sum)
        if chances.sum() >= self._unsure:
            return Opinion(_danger(chances, bool(chances.sum() >= self._sure)), False)
        # What stands beside a question drowns in it; where it was torn out, it is never sure.
        for aside in map(self.chances, _asides(mended)):
            danger = _danger(aside, sure=False)
            if aside.sum() >= self._sure and danger.level != "urgent_today":
                return Opinion(danger, False)
        return Opinion(None, most < self._harmless)


class _Levels:
    def __init__(self, encoder: Encoder, weights: list[list[float]], bias: list[float]) -> None:
        self._encoder = encoder
        self._weights = np.array(weights, dtype=np.float32)
        self._bias = np.array(bias, dtype=np.float32)

    @classmethod
    def of(cls, folder: Path) -> _Levels:
        head = json.loads(released(folder / HEAD))
        return cls(Encoder(folder), head["weights"], head["bias"])

    def scores(self, text: str) -> NDArray[np.float32]:
        """Return the logarithms of the probabilities [1 + levels], that of none first."""
        raw = self._encoder.embed(text) @ self._weights + self._bias
        return np.asarray(raw - np.logaddexp.reduce(raw), dtype=np.float32)


def _danger(chances: NDArray[np.float32], sure: bool) -> Danger:
    level = LEVELS[int(np.argmax(chances >= RIVAL * chances.max()))]  # the first that is so
    return Danger(level, level, f"read as {level}", sure=sure)


def calm(mended: str) -> str:
    """Return a mended text with one mark at an end where there were several."""
    return MARKS.sub(r"\1", DOTS.sub(" ", mended))


def _asides(mended: str) -> Iterator[str]:
    """Yield what is no question and stands before one, or after it: "help me but whats ur fax".

    The network has learned from such messages; of 342 that none has seen, two more are found so. A
    long text is read in parts instead, which takes less time.
    """
    if len(mended.split()) > 2 * WORDS:
        return
    for joint in ASIDE.finditer(mended):
        sides = mended[: joint.start()].strip(), mended[joint.end() :].strip()
        if min(len(side.split()) for side in sides) >= LEAST_WORDS:
            asked = [is_question(side) for side in sides]
            if any(asked) and not all(asked):
                yield sides[asked.index(False)]


def _parts(mended: str) -> Iterator[str]:
    """Yield the sentences of a long text, as many together as are read at a time."""
    if len(mended.split()) <= WORDS:
        return
    part: list[str] = []
    for sentence in SENTENCE.findall(mended):
        words = sentence.split()
        if part and len(part) + len(words) > WORDS:
            yield " ".join(part)
            part = []
        part += words
    yield " ".join(part)
