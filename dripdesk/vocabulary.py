"""The words of the field, from data/vocabulary.yml: names, and what else each is called."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from dripdesk.lined_yaml import load

Vocabulary = Mapping[str, Mapping[str, Any]]

NAMES = ("drug", "route", "therapy", "insurance")
"""The categories that hold names, each with a list of its other names."""


def load_vocabulary(path: Path) -> Vocabulary:
    """Return the names by category, and under `shorthand` what patients type for short.

    Raises FileError if the file cannot be read.
    """
    return load(path)


def all_names(vocabulary: Vocabulary) -> list[str]:
    """Return every name and other name."""
    return [
        name
        for category in NAMES
        for word, others in vocabulary[category].items()
        for name in (word, *others)
    ]
