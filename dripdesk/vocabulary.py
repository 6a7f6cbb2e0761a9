"""The words of the field, from data/vocabulary.yml: names, and what else each is called."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from dripdesk.lined_yaml import load

Vocabulary = Mapping[str, Any]

CATEGORIES = ("drug", "route", "treatment", "insurer", "setting", "condition")
"""What is named; each maps a main name to a list of its other names."""


PUBLIC_PLANS = frozenset(
    ["Medicaid", "Medicare", "Medicare Advantage", "Medigap", "TRICARE", "Veterans Affairs"]
)
"""Insurers of the vocabulary that are no companies with plans of their own."""


def load_vocabulary(path: Path) -> Vocabulary:
    """Return the names by category, further terms, and what patients type for short.

    Raises FileError if the file cannot be read.
    """
    return load(path)


def all_names(vocabulary: Vocabulary) -> list[str]:
    """Return every name and other name, and the further terms."""
    names = [
        name
        for category in CATEGORIES
        for word, others in vocabulary[category].items()
        for name in (word, *others)
    ]
    return [*names, *vocabulary["term"]]


def ways_to_call(vocabulary: Vocabulary, category: str, name: str) -> list[str]:
    """Return a main name with what else it is called."""
    return [name, *vocabulary[category].get(name, [])]


def terms(vocabulary: Vocabulary) -> list[str]:
    """Return the words that an answer may use where it explains them."""
    drugs = [name for word, others in vocabulary["drug"].items() for name in (word, *others)]
    main = [name for category in ("route", "treatment", "insurer") for name in vocabulary[category]]
    return [*drugs, *main, *vocabulary["term"]]
