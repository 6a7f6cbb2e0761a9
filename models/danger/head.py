"""Fits the reader's head anew, on sentences that its network has not seen: head.json.

Usage, in the project's folder:
PYTHONPATH=. .venv/bin/python models/danger/head.py [--write], a few minutes. What the network has
learned by heart looks surer to it than anything a patient will write, so the head is judged, and
for the most part learned, by sentences.tsv, which came after it; a sample of the others keeps it
from forgetting them. Without --write it only prints what it would be worth.
"""

from __future__ import annotations

import hashlib
import json
import sys
from collections.abc import Sequence
from itertools import chain
from pathlib import Path

import examples
import numpy as np
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import StratifiedKFold

from dripdesk import live
from dripdesk.danger import LEVELS
from dripdesk.encoder import Encoder
from dripdesk.reader import calm

HERE = Path(__file__).resolve().parent
NONE = "none"
KINDS = (NONE, *LEVELS)
SEED = 5
SAMPLE = {"ordinary": 3000, examples.NEAR_MISS: 3000}
OTHERS = 1500
"""How many seen sentences of each kind there are in the sample."""
WEIGHT = 0.3
"""How much one of them counts beside an unseen one."""
C = 20.0
FOLDS = 5
ALARMS = {"sure": 0.02, "unsure": 0.05, "harmless": 0.16}
"""The shares of the unseen near-misses at which the safety text may stand alone, or come first, and
for which a sign that the screen sees is believed. They are the hardest that could be thought of."""

Matrix = NDArray[np.float32]


def main(write: bool) -> None:
    """Print how much danger is found, by the present head and a new one; write that if wanted."""
    encoder, screen = Encoder(HERE), live.screen()

    def read(sentences: Sequence[tuple[str, str]]) -> tuple[NDArray[np.str_], Matrix]:
        texts = [calm(screen.mend(text)) for _, text in sentences]
        return np.array([label for label, _ in sentences]), encoder.embed_all(texts)

    labels, rows = read([*examples.read_only()])
    seen_labels, seen = read(sample([*chain(examples.built_with(), examples.trained_with())]))
    kinds, seen_kinds = (
        np.array([label if label in LEVELS else NONE for label in some])
        for some in (labels, seen_labels)
    )
    chances = np.zeros(len(rows))
    for some, others in StratifiedKFold(FOLDS, shuffle=True, random_state=SEED).split(rows, kinds):
        model = fit(rows[some], kinds[some], seen, seen_kinds)
        chances[others] = danger(model, rows[others])
    limits = {
        name: float(np.quantile(chances[labels == examples.NEAR_MISS], 1 - share))
        for name, share in ALARMS.items()
    }
    head = json.loads((HERE / "head.json").read_text("utf-8"))
    scores = rows @ np.array(head["weights"]) + np.array(head["bias"])
    powers = np.exp(scores - scores.max(1, keepdims=True))
    tell("before", labels, 1 - powers[:, 0] / powers.sum(1), head["thresholds"])
    tell("after", labels, chances, limits)
    if write:
        model = fit(rows, kinds, seen, seen_kinds)
        order = [list(model.classes_).index(kind) for kind in KINDS]
        head = {
            "weights": model.coef_[order].T.round(6).tolist(),
            "bias": model.intercept_[order].round(6).tolist(),
            "thresholds": limits,
        }
        content = (json.dumps(head) + "\n").encode()
        (HERE / "head.json").write_bytes(content)
        sums = (HERE / "SHA256SUMS").read_text("utf-8").splitlines()
        sums = [line for line in sums if not line.endswith(" head.json")]
        sums.append(f"{hashlib.sha256(content).hexdigest()}  head.json")
        (HERE / "SHA256SUMS").write_text("\n".join(sums) + "\n", encoding="utf-8")


def sample(sentences: list[tuple[str, str]]) -> list[tuple[str, str]]:
    """Return some sentences of each kind."""
    left = {label: SAMPLE.get(label, OTHERS) for label, _ in sentences}
    chosen = []
    for number in np.random.default_rng(SEED).permutation(len(sentences)):
        label, text = sentences[number]
        if left[label]:
            left[label] -= 1
            chosen.append((label, text))
    return chosen


def fit(
    rows: Matrix, kinds: NDArray[np.str_], seen: Matrix, seen_kinds: NDArray[np.str_]
) -> LogisticRegression:
    """Return a regression on unseen and seen sentences."""
    weights = np.concatenate([np.ones(len(rows)), np.full(len(seen), WEIGHT)])
    both = np.concatenate([rows, seen]), np.concatenate([kinds, seen_kinds])
    return LogisticRegression(C=C, max_iter=400).fit(*both, sample_weight=weights)


def danger(model: LogisticRegression, rows: Matrix) -> NDArray[np.float64]:
    """Return how likely each is of any danger."""
    return np.asarray(1 - model.predict_proba(rows)[:, list(model.classes_).index(NONE)])


def tell(
    name: str, labels: NDArray[np.str_], chances: NDArray[np.float64], limits: dict[str, float]
) -> None:
    """Print which share of each kind of sentence reaches the thresholds."""
    for limit, least in limits.items():
        shares = (f"{kind} {(chances[labels == kind] >= least).mean():.3f}" for kind in set(labels))
        print(f"{name}, {limit} from {least:.3f}: {', '.join(sorted(shares))}")


if __name__ == "__main__":
    main("--write" in sys.argv[1:])
