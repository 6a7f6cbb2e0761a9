"""Tells how much danger, and how much that only sounds like it, reaches the limits of the reader.

Usage, in the project's folder, a minute:
PYTHONPATH=. .venv/bin/python models/reader/thresholds.py examples.jsonl
It goes by sentences of which the network beside this has not learned. Whoever trains it anew
chooses SURE, LIKELY, UNSURE and HARMLESS in dripdesk/reader.py by them.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

import numpy as np
from dangers import NEAR_MISS

from dripdesk import reader
from dripdesk.network import Network

SHARES = (0.005, 0.01, 0.02, 0.03, 0.05, 0.1)
"""Of the near-misses. They are the hardest that could be thought of."""


def main(file: Path) -> None:
    """Print the share of each label from some probabilities on."""
    lines = [json.loads(line) for line in file.read_text("utf-8").splitlines()]
    kept = [(label, text) for label, text, is_unseen, _ in lines if is_unseen]
    asked = reader.Reader(Network(Path(__file__).resolve().parent))
    labels = np.array([label for label, _ in kept])
    danger = np.array([asked.chances(text).sum() for _, text in kept])
    limits = {name: getattr(reader, name) for name in ("SURE", "LIKELY", "UNSURE", "HARMLESS")}
    near = danger[labels == NEAR_MISS]
    limits |= {f"{share:.1%} of near-misses": np.quantile(near, 1 - share) for share in SHARES}
    for name, limit in limits.items():
        shares = (
            f"{kind} {(danger[labels == kind] >= limit).mean():.3f} of {(labels == kind).sum()}"
            for kind in sorted(set(labels))
        )
        print(f"{name}, from {limit:.3f}: {', '.join(shares)}")


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit("Usage: thresholds.py examples.jsonl")
    main(Path(sys.argv[1]))
