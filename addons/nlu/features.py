"""What a classifier sees of a message: its meaning as a vector, and its words and word parts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
import scipy.sparse as sp
from numpy.typing import NDArray
from sklearn.feature_extraction.text import TfidfVectorizer

from dripdesk.encoder import DIMENSIONS, Encoder

# Each kind is a unit vector, as the embedding is. On sentences by other writers a half or one and
# a half of their weight is no better.
KINDS: dict[str, dict[str, Any]] = {
    # Rare ones and pairs of words are left out: on sentences by other writers there is no loss,
    # and training takes half the time.
    "words": {"analyzer": "word", "token_pattern": r"\S+", "min_df": 2},
    "parts": {"analyzer": "char_wb", "ngram_range": (3, 4), "min_df": 3},
}


class Features:
    """Turns mended texts into rows [n, features]: embedding, word tf-idf, character tf-idf."""

    def __init__(self, encoder: Encoder) -> None:
        self._encoder = encoder
        self._vectorizers = {name: _vectorizer(**kind) for name, kind in KINDS.items()}
        self._terms: list[_Terms] = []

    def fit(self, texts: Sequence[str]) -> None:
        """Learn which words and word parts there are, and how rare each is."""
        for vectorizer in self._vectorizers.values():
            vectorizer.fit(texts)
        self._terms = [_Terms(vectorizer) for vectorizer in self._vectorizers.values()]

    def transform(self, texts: Sequence[str]) -> sp.csr_matrix:
        """Return the features of n texts side by side, float32 [n, features]."""
        dense = sp.csr_matrix(self._encoder.embed_all(texts))
        sparse = (vectorizer.transform(texts) for vectorizer in self._vectorizers.values())
        return sp.hstack([dense, *sparse], format="csr", dtype=np.float32)

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
        for terms in self._terms:
            numbers, values = terms.weigh(text)
            product += values @ weights[start + numbers]
            start += len(terms)
        return product

    def state(self) -> dict[str, Any]:
        """Return what was learned, as plain lists that JSON can hold."""
        return {
            name: {
                "terms": [str(term) for term in vectorizer.get_feature_names_out()],
                "idf": [round(float(value), 6) for value in vectorizer.idf_],
            }
            for name, vectorizer in self._vectorizers.items()
        }

    def restore(self, state: dict[str, Any]) -> None:
        """Take up again what `state` returned."""
        for name, learned in state.items():
            kind = {key: value for key, value in KINDS[name].items() if key != "min_df"}
            vectorizer = _vectorizer(**kind, vocabulary=learned["terms"])
            vectorizer.idf_ = np.array(learned["idf"])
            self._vectorizers[name] = vectorizer
        self._terms = [_Terms(vectorizer) for vectorizer in self._vectorizers.values()]


class _Terms:
    """Weighs the terms of a single text as its vectorizer does."""

    def __init__(self, vectorizer: TfidfVectorizer) -> None:
        self._split: Callable[[str], list[str]] = vectorizer.build_analyzer()
        names = vectorizer.get_feature_names_out()
        self._numbers = {str(name): number for number, name in enumerate(names)}
        self._idf = np.asarray(vectorizer.idf_, dtype=np.float32)

    def __len__(self) -> int:
        return len(self._numbers)

    def weigh(self, text: str) -> tuple[NDArray[np.intp], NDArray[np.float32]]:
        """Return the numbers of a text's known terms and their weights, a unit vector."""
        counts = Counter(term for term in self._split(text) if term in self._numbers)
        numbers = np.fromiter((self._numbers[term] for term in counts), np.intp, len(counts))
        times = np.fromiter(counts.values(), np.float32, len(counts))
        weights = (1 + np.log(times)) * self._idf[numbers]
        return numbers, weights / (np.linalg.norm(weights) or 1)


def _vectorizer(**settings: Any) -> TfidfVectorizer:
    # Texts come mended and in lower case.
    return TfidfVectorizer(sublinear_tf=True, lowercase=False, **settings)
