"""What a classifier sees of a message: its meaning as a vector, and its words and word parts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from typing import Any

import numpy as np
import scipy.sparse as sp
from numpy.typing import NDArray

from addons.nlu.regression import Rows
from dripdesk.encoder import DIMENSIONS, Encoder

PARTS = (3, 4)
"""Letters of a part of a word, with the blank before it and after it."""


def parts(text: str) -> Iterator[str]:
    """Yield the parts of each word; a word shorter than a part is its own, and counts once."""
    for word in text.split():
        padded = f" {word} "
        for size in PARTS:
            if len(padded) <= size:
                yield padded
                break
            yield from (padded[at : at + size] for at in range(len(padded) - size + 1))


# Each kind is a unit vector, as the embedding is. On sentences by other writers a half or one and
# a half of their weight is no better.
SPLIT: dict[str, Callable[[str], Sequence[str]]] = {
    "words": str.split,
    "parts": lambda text: list(parts(text)),
}
# Rare ones and pairs of words are left out: on sentences by other writers there is no loss, and
# training takes half the time.
RAREST = {"words": 2, "parts": 3}


class Features:
    """Turns mended texts into rows [n, features]: embedding, word tf-idf, character tf-idf."""

    def __init__(self, encoder: Encoder) -> None:
        self._encoder = encoder
        self._vectorizers: dict[str, Any] = {}
        self._terms: dict[str, _Terms] = {}

    def fit(self, texts: Sequence[str]) -> None:
        """Learn which words and word parts there are, and how rare each is."""
        # Only training needs it: left out of a server, it saves 60 MB and half a second.
        from sklearn.feature_extraction.text import TfidfVectorizer

        for name, split in SPLIT.items():
            # Texts come mended and in lower case.
            vectorizer = TfidfVectorizer(analyzer=split, min_df=RAREST[name], sublinear_tf=True)
            self._vectorizers[name] = vectorizer.fit(texts)
            terms = [str(term) for term in vectorizer.get_feature_names_out()]
            self._terms[name] = _Terms(split, terms, vectorizer.idf_)

    def transform(self, texts: Sequence[str]) -> Rows:
        """Return the features of n texts, after `fit`."""
        sparse = [vectorizer.transform(texts) for vectorizer in self._vectorizers.values()]
        terms = sp.hstack(sparse, format="csr", dtype=np.float32)
        return Rows(self._encoder.embed_all(texts), terms)

    def embed(self, text: str) -> NDArray[np.float32]:
        """Return the embedding [DIMENSIONS] of one text."""
        return self._encoder.embed(text)

    def times(
        self, text: str, embedding: NDArray[np.float32], weights: NDArray[np.float32]
    ) -> NDArray[np.float32]:
        """Return the features of one text times weights [features, classes]: a score [classes].

        The same as `transform` times weights, in a tenth of the time for the sparse part: most of
        that goes into the sparse matrices, where a message needs only some fifty rows.
        """
        product: NDArray[np.float32] = embedding @ weights[:DIMENSIONS]
        start = DIMENSIONS
        for terms in self._terms.values():
            numbers, values = terms.weigh(text)
            product += values @ weights[start + numbers]
            start += len(terms)
        return product

    def state(self) -> dict[str, Any]:
        """Return what was learned, as plain lists that JSON can hold."""
        return {name: terms.state() for name, terms in self._terms.items()}

    def restore(self, state: dict[str, Any]) -> None:
        """Take up again what `state` returned."""
        for name, learned in state.items():
            self._terms[name] = _Terms(SPLIT[name], learned["terms"], np.array(learned["idf"]))


class _Terms:
    """Weighs the terms of a single text as a vectorizer does."""

    def __init__(
        self, split: Callable[[str], Sequence[str]], terms: Sequence[str], idf: NDArray[Any]
    ) -> None:
        self._split = split
        self._numbers = {term: number for number, term in enumerate(terms)}
        self._idf = np.asarray(idf, dtype=np.float32)

    def state(self) -> dict[str, Any]:
        """Return the terms and how rare each is, as plain lists."""
        return {
            "terms": list(self._numbers),
            "idf": [round(float(value), 6) for value in self._idf],
        }

    def __len__(self) -> int:
        return len(self._numbers)

    def weigh(self, text: str) -> tuple[NDArray[np.intp], NDArray[np.float32]]:
        """Return the numbers of a text's known terms and their weights, a unit vector."""
        counts = Counter(term for term in self._split(text) if term in self._numbers)
        numbers = np.fromiter((self._numbers[term] for term in counts), np.intp, len(counts))
        times = np.fromiter(counts.values(), np.float32, len(counts))
        weights = (1 + np.log(times)) * self._idf[numbers]
        return numbers, weights / (np.linalg.norm(weights) or 1)
