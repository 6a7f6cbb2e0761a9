"""Finds from which probability of danger on the reader's word counts: writes it into head.json.

Usage, in the project's folder:
PYTHONPATH=. .venv/bin/python models/reader/thresholds.py examples.jsonl [--write], a minute.
Without --write it only prints. It goes by sentences that the network beside this has not seen;
those in models/danger have seen all of them but the new ones.
"""

from __future__ import annotations

import hashlib
import json
import sys
from pathlib import Path

import numpy as np
from dangers import NEAR_MISS

from dripdesk.network import Network
from dripdesk.reader import Reader

HERE = Path(__file__).resolve().parent
SURE, HARMLESS = 0.005, 0.1
"""The shares of the near-misses at which the safety text may stand alone, and for which a sign that
the screen sees is no more believed. They are the hardest that could be thought of."""
UNSURE = 0.6
"""From here on it may come first: of a hundred new near-misses two reach it. From .45 on three do;
that was taken first, and gave three alarms at held-out questions where there may be one."""


def main(file: Path, write: bool) -> None:
    """Print the thresholds, and how much danger reaches them; write them if wanted."""
    lines = [json.loads(line) for line in file.read_text("utf-8").splitlines()]
    kept = [(label, text, is_new) for label, text, is_unseen, _, is_new in lines if is_unseen]
    reader = Reader(Network(HERE))
    labels, new = np.array([label for label, *_ in kept]), np.array([one for *_, one in kept])
    danger = np.array([reader.chances(text).sum() for _, text, _ in kept])
    near = danger[labels == NEAR_MISS]
    limits = {
        "sure": round(float(np.quantile(near, 1 - SURE)), 3),
        "unsure": UNSURE,
        "harmless": round(float(np.quantile(near, 1 - HARMLESS)), 3),
    }
    print(f"{len(near)} near-misses, {int(new.sum())} new sentences")
    for name, limit in limits.items():
        for which, of in (("all", labels != ""), ("new", new)):
            shares = (
                f"{kind} {(danger[(labels == kind) & of] >= limit).mean():.3f}"
                for kind in sorted(set(labels[of]))
            )
            print(f"{name} from {limit}, {which}: {', '.join(shares)}")
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
