"""Finds from which probability of danger on the reader's word counts: writes it into head.json.

Usage, in the project's folder:
PYTHONPATH=. .venv/bin/python models/danger/thresholds.py examples.jsonl [--write], a minute.
Without --write it only prints. It goes by the sentences that no network has seen. (Those that stand
in head.json were found so on 29 November 2026, but with SURE at 0.05 of other near-misses.)
"""

from __future__ import annotations

import hashlib
import json
import math
import sys
from pathlib import Path

import numpy as np
from examples import NEAR_MISS

from dripdesk.reader import Reader

HERE = Path(__file__).resolve().parent
SURE, HARMLESS = 0.02, 0.2
"""The shares of the near-misses at which the safety text may stand alone, and for which a sign that
the screen sees is no more believed. They are the hardest that could be thought of."""
UNSURE = 0.002
"""The share of ordinary sentences for which it may come first. A handful of them decides it, so the
limit is rounded up to a tenth."""


def main(file: Path, write: bool) -> None:
    """Print the thresholds, and how much danger reaches them; write them if wanted."""
    lines = [json.loads(line) for line in file.read_text("utf-8").splitlines()]
    kept = [(label, text) for label, text, is_unseen in lines if is_unseen]
    reader = Reader(HERE)
    labels = np.array([label for label, _ in kept])
    danger = np.array([reader.chances(text).sum() for _, text in kept])
    near, ordinary = danger[labels == NEAR_MISS], danger[labels == "ordinary"]
    limits = {
        "sure": round(float(np.quantile(near, 1 - SURE)), 3),
        "unsure": math.ceil(10 * np.quantile(ordinary, 1 - UNSURE, method="higher")) / 10,
        "harmless": round(float(np.quantile(near, 1 - HARMLESS)), 3),
    }
    for name, limit in limits.items():
        shares = (
            f"{kind} {(danger[labels == kind] >= limit).mean():.3f}" for kind in sorted(set(labels))
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
    if len(sys.argv) < 2:
        sys.exit("Usage: thresholds.py examples.jsonl [--write]")
    main(Path(sys.argv[1]), "--write" in sys.argv[2:])
