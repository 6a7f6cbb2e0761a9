"""Finds from which probability of danger on the reader's word counts: writes it into head.json.

Usage, in the project's folder:
PYTHONPATH=. .venv/bin/python models/danger/thresholds.py [--write], two minutes. Without --write it
only prints. It goes by sentences that no network has seen: of sentences.tsv, all of which came
after the first, those that train.py kept from the second.
"""

from __future__ import annotations

import hashlib
import json
import math
import sys
from pathlib import Path

import examples
import numpy as np

from dripdesk import live
from dripdesk.reader import Reader

HERE = Path(__file__).resolve().parent
ORDER, UNSEEN = 2, 10  # as in train.py
SURE, HARMLESS = 0.05, 0.2
"""The shares of the near-misses at which the safety text may stand alone, and for which a sign that
the screen sees is no more believed. They are the hardest that could be thought of."""
UNSURE = 0.002
"""The share of ordinary sentences for which it may come first; the first has seen these. A handful
of them decides it, so the limit is rounded up to a tenth."""


def main(write: bool) -> None:
    """Print the thresholds, and how much danger reaches them; write them if wanted."""
    late = [*examples.read_only()]
    lines = [*examples.built_with(), *examples.trained_with(), *late]
    kept = np.random.default_rng(ORDER).permutation(len(lines))[::UNSEEN]
    reader, screen = Reader(HERE), live.screen()
    labels = np.array([lines[i][0] for i in kept])
    danger = np.array([reader.chances(screen.mend(lines[i][1])).sum() for i in kept])
    is_late = kept >= len(lines) - len(late)
    near = danger[is_late & (labels == examples.NEAR_MISS)]
    ordinary = danger[~is_late & (labels == "ordinary")]
    limits = {
        "sure": round(float(np.quantile(near, 1 - SURE)), 3),
        "unsure": math.ceil(10 * np.quantile(ordinary, 1 - UNSURE, method="higher")) / 10,
        "harmless": round(float(np.quantile(near, 1 - HARMLESS)), 3),
    }
    for name, limit in limits.items():
        shares = (
            f"{kind} {(danger[is_late & (labels == kind)] >= limit).mean():.3f}"
            for kind in sorted(set(labels))
        )
        print(f"{name} from {limit}: {', '.join(shares)}")
    if write:
        head = json.loads((HERE / "head.json").read_text("utf-8")) | {"thresholds": limits}
        content = (json.dumps(head) + "\n").encode()
        (HERE / "head.json").write_bytes(content)
        sums = (HERE / "SHA256SUMS").read_text("utf-8").splitlines()
        sums = [line for line in sums if not line.endswith(" head.json")]
        sums.append(f"{hashlib.sha256(content).hexdigest()}  head.json")
        (HERE / "SHA256SUMS").write_text("\n".join(sums) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main("--write" in sys.argv[1:])
