"""`make test-faults`: each fault in turn, and 50 kills; prints what the patients noticed."""

from __future__ import annotations

import logging
import sys
import tempfile
from pathlib import Path

from rasa.core.agent import Agent

from dripdesk.model import model_path
from tests.faults.counts import Counts
from tests.faults.inside import FAULTS, inject
from tests.faults.kills import EVERY_STEP, kill

KILLS = 50


def main() -> int:
    """Break everything; return 0 if nobody noticed more than the text for a failure."""
    logging.disable(logging.CRITICAL)  # thousands of turns, most of them meant to fail
    rows: dict[str, Counts] = {}
    processor = Agent.load(str(model_path())).processor
    for fault in FAULTS:
        with tempfile.TemporaryDirectory() as folder:
            rows[fault.__name__.replace("_", " ")] = inject(Path(folder), processor, fault)
    rounds = [EVERY_STEP[number % len(EVERY_STEP)] for number in range(KILLS)]
    with tempfile.TemporaryDirectory() as folder:
        rows[f"{KILLS} kills"], differ = kill(Path(folder), rounds)
    total = sum(rows.values(), Counts(0, 0, 0, 0, 0, 0))
    print("\n| fault | " + " | ".join(vars(total)) + " |")
    print("| --- |" + " --- |" * len(vars(total)))
    for name, counts in {**rows, "all": total}.items():
        print(f"| {name} | " + " | ".join(map(str, vars(counts).values())) + " |")
    print(f"\nAnswers that differ from those of a server that nobody killed: {differ}")
    return 0 if total.is_clean and not differ else 1


if __name__ == "__main__":
    sys.exit(main())
