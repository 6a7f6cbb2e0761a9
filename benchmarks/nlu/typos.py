"""Misspells messages, the same way each time."""

from __future__ import annotations

import string
from random import Random

from benchmarks.nlu.sets import SEED


def misspelt(text: str, rate: float, seed: int = SEED) -> str:
    """Return a text in which each word has, with this probability, one random edit."""
    random = Random(f"{seed} {rate} {text}")  # noqa: S311 (the same edits each time)
    words = text.split()
    return " ".join(edited(word, random) if random.random() < rate else word for word in words)


def edited(word: str, random: Random) -> str:
    """Return a word with a letter replaced, left out or added, or with two letters swapped."""
    at = random.randrange(len(word))
    letter = random.choice(string.ascii_lowercase)
    edits = [word[:at] + letter + word[at + 1 :], word[:at] + letter + word[at:]]
    if len(word) > 1:
        at = min(at, len(word) - 2)
        edits += [word[:at] + word[at + 1 :], word[:at] + word[at + 1] + word[at] + word[at + 2 :]]
    return random.choice(edits)
