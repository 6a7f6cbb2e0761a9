"""What a classifier sees of a message: its meaning as a vector, and its words and word parts."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import scipy.sparse as sp
from sklearn.feature_extraction.text import TfidfVectorizer

from addons.nlu.encoder import Encoder

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

    def fit(self, texts: Sequence[str]) -> None:
        """Learn which words and word parts there are, and how rare each is."""
        for vectorizer in self._vectorizers.values():
            vectorizer.fit(texts)

    def parts(self, texts: Sequence[str]) -> list[Any]:
        """Return the features of n texts, float32, by kind: [n, 384], then sparse [n, terms] each.

        Apart, since a single row is multiplied in half the time that joining its parts would take.
        """
        sparse = (vectorizer.transform(texts) for vectorizer in self._vectorizers.values())
        return [self._encoder.embed_all(texts), *(part.astype(np.float32) for part in sparse)]

    def transform(self, texts: Sequence[str]) -> sp.csr_matrix:
        """Return the features of n texts side by side, float32 [n, features]."""
        dense, *sparse = self.parts(texts)
        return sp.hstack([sp.csr_matrix(dense), *sparse], format="csr", dtype=np.float32)

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


def _vectorizer(**settings: Any) -> TfidfVectorizer:
    # Texts come mended and in lower case.
    return TfidfVectorizer(sublinear_tf=True, lowercase=False, **settings)
