"""`python -m benchmarks.conversations`: measures conversations, writes conversations.md.

With `--build` it measures those from which models learn, and with `--wrong` prints what went wrong.
"""

from __future__ import annotations

import argparse
import asyncio
import logging
import tempfile
from collections.abc import Sequence
from pathlib import Path

from benchmarks import history, origin
from benchmarks.agent import loaded
from benchmarks.conversations.measures import (
    MEASURED,
    Outcome,
    Patients,
    follow_ups,
    single,
    two_questions,
)
from benchmarks.figures import Share
from dripdesk.settings import PROJECT

TABLE = PROJECT / "benchmarks" / "conversations.md"
BUILD = PROJECT / "data" / "conversations"
WHAT = {
    "two questions, both right": two_questions,
    "one question, left whole": single,
    "follow-up, right": follow_ups,
}


async def measure(folder: Path) -> dict[str, list[Outcome]]:
    """Return the outcomes of each set in a folder."""
    with tempfile.TemporaryDirectory() as place:
        agent, database = loaded(Path(place))
        patients = Patients(agent, agent.turns)
        found = {name: await measured(patients, folder) for name, measured in WHAT.items()}
        await agent.recorder.done()
        database.close()
        return found


def write(shares: dict[str, Share]) -> None:
    """Write the table, and a line of history for each share."""
    lines = [
        "# Conversations",
        "",
        f"`make benchmark-conversations`, {origin.today()}, commit {origin.commit()}, "
        f"{origin.machine()}.",
        "The messages were written before any rule, and nothing learns from them. Each takes",
        "a whole turn. In brackets stands the lower end of Wilson's 95 % interval.",
        "",
        "| what | n | share |",
        "| --- | --- | --- |",
        *(f"| {n} | {one.n} | {one.value:.1%} ({one.lower:.1%}) |" for n, one in shares.items()),
    ]
    TABLE.write_text("\n".join(lines) + "\n", encoding="utf-8")
    history.append(("ours", "conversations", name, one) for name, one in shares.items())
    print(TABLE.read_text(encoding="utf-8"))


def tell(name: str, outcomes: Sequence[Outcome]) -> None:
    """Print what went wrong."""
    for one in outcomes:
        if not one.is_right:
            print(f"{name}: {' | '.join(one.row.values())} -> {', '.join(one.understood)}")


def main() -> None:
    """Measure, print, and write what was measured of the measured messages."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--build", action="store_true", help="measure what models learn from")
    parser.add_argument("--wrong", action="store_true", help="print what went wrong")
    asked = parser.parse_args()
    logging.disable(logging.ERROR)
    origin.pin()
    outcomes = asyncio.run(measure(BUILD if asked.build else MEASURED))
    shares = {name: Share.of(one.is_right for one in some) for name, some in outcomes.items()}
    if asked.wrong:
        for name, some in outcomes.items():
            tell(name, some)
    if asked.build:
        print("\n".join(f"{name}: {one.value:.1%} of {one.n}" for name, one in shares.items()))
    else:
        write(shares)


if __name__ == "__main__":
    main()
