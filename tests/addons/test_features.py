"""One message is weighed as many are."""

from __future__ import annotations

import numpy as np
import pytest

from addons.nlu.classifier import ENCODER
from addons.nlu.features import Features
from dripdesk.encoder import Encoder

LEARNED = [
    "is there wifi", "do you have wifi", "is there parking", "how much is it", "what is it",
    "how much is parking", "is it far", "do you have parking there",
]  # fmt: skip


@pytest.fixture(scope="module")
def features() -> Features:
    made = Features(Encoder(ENCODER))
    made.fit(LEARNED)
    restored = Features(Encoder(ENCODER))
    restored.restore(made.state())
    return restored


@pytest.mark.parametrize(
    "text", [*LEARNED, "is is is there there", "", "zzz", "parking ? how much , is it ?"]
)
def test_a_single_text_is_weighed_as_in_a_matrix(features: Features, text: str) -> None:
    rows = features.transform([text])
    weights = np.random.default_rng(1).normal(size=(rows.shape[1], 5)).astype(np.float32)
    found = features.times(text, features.embed(text), weights)
    assert found == pytest.approx((rows @ weights)[0], abs=1e-4)
