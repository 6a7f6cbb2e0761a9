"""The trained second opinion on danger: two small networks that read the whole message."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from dripdesk.danger import LEVELS, Danger
from dripdesk.encoder import Encoder, released
from dripdesk.language import is_question

HEAD = "head.json"
SECOND = "second"
ASKED = 0.02
"""From this probability of danger on the second network is asked as well: below it, both together
reach no threshold. Two of three messages are read by the first alone."""
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
    """The networks in models/danger, trained by train.py there, apart from Rasa's model.

    They err in different places: together they find more, with no more alarms. Raises EncoderError
    if their files are not as released.
    """

    def __init__(self, folder: Path) -> None:
        self._first, self._second = _Network(folder), _Network(folder / SECOND)
        limits = self._first.head["thresholds"]
        self._sure, self._unsure, self._harmless = map(
            limits.__getitem__, ("sure", "unsure", "harmless")
        )

    def chances(self, mended: str) -> NDArray[np.float32]:
        """Return the probabilities [levels] of a mended text; the rest to 1 is that of none."""
        text = calm(mended)
        scores = self._first.scores(text)
        if 1 - np.exp(scores[0]) >= ASKED:
            scores = (scores + self._second.scores(text)) / 2
        powers = np.exp(scores)
        return np.asarray(powers[1:] / powers.sum(), dtype=np.float32)

    def read(self, mended: str) -> Opinion:
        """Return what danger a mended text tells of, in any part of it."""
        whole, parts = self.chances(mended), [self.chances(part) for part in _parts(mended)]
        # Of a long text the encoder skips the middle: only all parts together can rule danger out.
        is_read = self._first.reads_whole(mended)
        most = float(max(one.sum() for one in (whole, *([] if is_read else parts))))
        # A part has lost what stood around it ("that was in 2015"): it counts only if it is sure.
        chances = max((whole, *(one for one in parts if one.sum() >= self._sure)), key=np.sum)
        if chances.sum() >= self._unsure:
            return Opinion(_danger(chances, bool(chances.sum() >= self._sure)), False)
        # What stands beside a question drowns in it; where it was torn out, it is never sure.
        for aside in map(self.chances, _asides(mended)):
            if aside.sum() >= self._sure:
                return Opinion(_danger(aside, sure=False), False)
        return Opinion(None, most < self._harmless)


class _Network:
    def __init__(self, folder: Path) -> None:
        self._encoder = Encoder(folder)
        self.head = json.loads(released(folder / HEAD))
        self._weights = np.array(self.head["weights"], dtype=np.float32)
        self._bias = np.array(self.head["bias"], dtype=np.float32)
        self.reads_whole = self._encoder.reads_whole

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

    Of 220 messages made so of danger and a question, 65 % are found with this, 59 % without. A long
    text is read in parts instead, which takes less time.
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
