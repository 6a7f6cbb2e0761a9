"""Softmax regression on rows of which one part is dense and the rest sparse.

It finds what scikit-learn's LogisticRegression finds, which takes all as sparse, in less time: of
what a row holds, most is its embedding.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import scipy.sparse as sp
from numpy.typing import NDArray

Single = NDArray[np.float32]
Double = NDArray[np.float64]


@dataclass(frozen=True)
class Rows:
    """The features of n texts."""

    dense: Single
    """[n, width]"""
    sparse: sp.csr_matrix
    """[n, terms], float32"""

    def __getitem__(self, numbers: NDArray[np.intp]) -> Rows:
        """Return some of the rows."""
        return Rows(self.dense[numbers], self.sparse[numbers])


@dataclass(frozen=True)
class Regression:
    """What was learned: scores are rows @ weights + bias."""

    weights: Single
    """[features, classes]"""
    bias: Single
    """[classes]"""

    def scores(self, rows: Rows) -> Single:
        """Return the raw scores [n, classes]."""
        width = rows.dense.shape[1]
        product: Single = rows.dense @ self.weights[:width] + rows.sparse @ self.weights[width:]
        return product + self.bias


def learn(
    rows: Rows, labels: NDArray[np.intp], importance: Double, c: float, steps: int
) -> Regression:
    """Return the regression of n rows and the numbers of their classes.

    `importance` [classes] is how much a row of each class counts, `c` the inverse of the
    regularisation of the weights, `steps` how many are taken at most.
    """
    from scipy.optimize import minimize  # a server has no need of it

    dense, sparse = rows.dense.astype(np.float64), rows.sparse.astype(np.float64)
    # The other way round each column lies in one piece: twice as fast as to turn it each time.
    turned = sparse.T.tocsr()
    width, classes = dense.shape[1], len(importance)
    shape = (width + sparse.shape[1], classes)
    size = shape[0] * classes
    counts = importance[labels][:, None]
    places = np.arange(len(labels)), labels

    def loss(both: Double) -> tuple[float, Double]:
        weights, bias = both[:size].reshape(shape), both[size:]
        scores = dense @ weights[:width] + sparse @ weights[width:] + bias
        scores -= scores.max(axis=1, keepdims=True)
        error = np.exp(scores)
        sums = error.sum(axis=1, keepdims=True)
        surprise = np.log(sums[:, 0]) - scores[places]
        error /= sums
        error[places] -= 1
        error *= counts
        gradient = np.concatenate([dense.T @ error, turned @ error])
        gradient += weights / c
        value = counts[:, 0] @ surprise + (weights**2).sum() / (2 * c)
        return float(value), np.concatenate([gradient.ravel(), error.sum(axis=0)])

    start = np.zeros(size + classes)
    options = {"maxiter": steps, "gtol": 1e-4}
    found = minimize(loss, start, jac=True, method="L-BFGS-B", options=options).x
    return Regression(
        np.ascontiguousarray(found[:size].reshape(shape), dtype=np.float32),
        found[size:].astype(np.float32),
    )
