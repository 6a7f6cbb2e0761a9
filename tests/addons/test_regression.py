"""The regression of the classifier beside scikit-learn's."""

from __future__ import annotations

import numpy as np
import pytest
import scipy.sparse as sp
from sklearn.linear_model import LogisticRegression

from addons.nlu.regression import Rows, learn

COUNT, WIDTH, TERMS, CLASSES = 300, 8, 40, 4
IMPORTANCE = np.array([1.0, 2.0, 0.5, 3.0])


@pytest.mark.parametrize("steps", [5, 1000])
def test_it_learns_what_scikit_learn_learns(steps: int) -> None:
    random = np.random.default_rng(1)
    dense = random.normal(size=(COUNT, WIDTH)).astype(np.float32)
    sparse = sp.random(COUNT, TERMS, 0.1, "csr", np.float32, random_state=1)
    labels = random.integers(0, CLASSES, COUNT)
    theirs = LogisticRegression(
        C=2.0, class_weight=dict(enumerate(IMPORTANCE)), max_iter=steps
    ).fit(sp.hstack([sp.csr_matrix(dense), sparse], format="csr"), labels)
    rows = Rows(dense, sparse)
    ours = learn(rows, labels, IMPORTANCE, 2.0, steps)
    assert ours.weights == pytest.approx(theirs.coef_.T, abs=2e-3)
    assert ours.bias == pytest.approx(theirs.intercept_, abs=2e-3)
    some = np.array([2, 0, 1])
    expected = theirs.decision_function(np.hstack([dense, sparse.toarray()])[some])
    assert ours.scores(rows[some]) == pytest.approx(expected, abs=1e-2)
