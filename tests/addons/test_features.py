"""One message is weighed as many are."""

from __future__ import annotations

import numpy as np
import pytest
from sklearn.feature_extraction.text import CountVectorizer

from addons.nlu.classifier import ENCODER
from addons.nlu.features import Features, parts
from addons.nlu.regression import Regression
from dripdesk.encoder import Encoder

LEARNED = [
    "is there wifi", "do you have wifi", "is there parking", "how much is it", "what is it",
    "how much is parking", "is it far", "do you have parking there",
]  # fmt: skip


@pytest.fixture(scope="module")
def learned() -> Features:
    features = Features(Encoder(ENCODER))
    features.fit(LEARNED)
    return features


@pytest.fixture(scope="module")
def restored(learned: Features) -> Features:
    features = Features(Encoder(ENCODER))
    features.restore(learned.state())
    return features


@pytest.mark.parametrize(
    "text", [*LEARNED, "is is is there there", "", "zzz", "parking ? how much , is it ?"]
)
def test_a_single_text_is_weighed_as_in_a_matrix(
    learned: Features, restored: Features, text: str
) -> None:
    rows = learned.transform([text])
    shape = (rows.dense.shape[1] + rows.sparse.shape[1], 5)
    weights = np.random.default_rng(1).normal(size=shape).astype(np.float32)
    bias = np.zeros(5, np.float32)
    found = restored.times(text, restored.embed(text), weights)
    assert found == pytest.approx(Regression(weights, bias).scores(rows)[0], abs=1e-4)


@pytest.mark.parametrize(
    "text", [*LEARNED, "", "a", "is it", " two  blanks\tand\u00a0more ", "é ñandú"]
)
def test_parts_of_words_are_those_of_scikit_learn(text: str) -> None:
    theirs = CountVectorizer(analyzer="char_wb", ngram_range=(3, 4), lowercase=False)
    assert sorted(parts(text)) == sorted(theirs.build_analyzer()(text))


def test_parts_of_words() -> None:
    assert list(parts("a it")) == [" a ", " it", "it ", " it "]
