"""`make test-faults`: breaks each part in turn; writes benchmarks/faults.md."""

from __future__ import annotations

import logging
import sys
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import reduce
from operator import add
from pathlib import Path

from rasa.core.agent import Agent

from benchmarks import origin
from dripdesk.model import model_path
from dripdesk.settings import PROJECT
from tests.cluster import faults as parts
from tests.cluster.cluster import cluster
from tests.faults import inside, outside
from tests.faults.counts import Counts
from tests.faults.kills import EVERY_STEP, kill

TABLE = PROJECT / "benchmarks" / "faults.md"
ABOUT = """\
One server with SQLite, and two servers behind nginx with PostgreSQL, each of them a real process,
are broken while patients write. Who gets no answer, or the text for a failure (911 and the clinic's
number), sends the same message again, as gateways and the chat do.

| column | how many messages |
| --- | --- |
| lost | were never answered, also when all was well again |
| silent | got nothing at all |
| twice | are stored twice |
| changed | were answered once so and once otherwise |
| unstored | were answered, but are not kept |
| disordered | are stored before one that was answered earlier |
| told | got the text for a failure first: this may be |
| longest | how long somebody waited for a text of any kind, the one for a failure too |
| differ | were answered otherwise than when all is well |

All but `told` and `longest` shall be 0. Nobody shall wait for longer than 8 seconds, and 5 after a
server was killed; with one server one waits until it has started again. 0.0 s: not measured.
"""
KILLS = 50
TRIALS = 1000
PARTS = 5  # in which kills and trials are done, and written down
PATIENCE, PATIENCE_KILLED = 8.0, 5.0  # seconds that a patient may wait for a text


@dataclass(frozen=True)
class Row:
    """What came of a fault."""

    fault: str
    counts: Counts
    differ: int = 0
    """How many answers differ from those when all is well."""
    times: int = 1
    patience: float = PATIENCE
    """How long a patient may wait for a text, in seconds; 0 if nobody says."""

    def __add__(self, other: Row) -> Row:
        """Return what came of both, under the name of this."""
        return replace(
            self,
            counts=self.counts + other.counts,
            differ=self.differ + other.differ,
            times=self.times + other.times,
        )

    @property
    def is_slow(self) -> bool:
        """Whether somebody waited for too long."""
        return 0 < self.patience < self.counts.longest

    @property
    def is_good(self) -> bool:
        """Whether nobody noticed more than the text for a failure."""
        return self.counts.is_clean and not self.differ and not self.is_slow


def rows() -> Iterator[Row]:
    """Break everything; yield what came of it, in parts that belong together by their name."""
    with cluster() as one:
        for part in parts.FAULTS:
            if part is not parts.server_killed:
                yield Row(f"two servers: {_name(part)}", *parts.inject(one, part))
        for _ in range(PARTS):
            found = parts.inject(one, parts.server_killed, KILLS // PARTS)
            name = f"two servers: {_name(parts.server_killed)}"
            yield Row(name, *found, KILLS // PARTS, PATIENCE_KILLED)
            name = f"two servers: {parts.AT_ONCE} messages at once"
            yield Row(name, parts.simultaneous(one, TRIALS // PARTS), times=TRIALS // PARTS)
    for step in outside.FAULTS:
        with tempfile.TemporaryDirectory() as folder:
            yield Row(f"one server: {_name(step)}", outside.inject(Path(folder), step))
    processor = Agent.load(str(model_path())).processor
    for fault in inside.FAULTS:
        with tempfile.TemporaryDirectory() as folder:
            yield Row(f"one server: {_name(fault)}", inside.inject(Path(folder), processor, fault))
    for seed in range(KILLS // len(EVERY_STEP)):
        with tempfile.TemporaryDirectory() as folder:
            found = kill(Path(folder), list(EVERY_STEP), seed)
        yield Row("one server: killed at each step", *found, len(EVERY_STEP), 0)


def _name(fault: object) -> str:
    return str(getattr(fault, "__name__", fault)).replace("_", " ")


def table(found: Sequence[Row]) -> str:
    """Return the rows as Markdown, and the sum of them."""
    names = [*vars(Counts()), "differ"]
    lines = [
        "| fault | times | " + " | ".join(names) + " |",
        "| --- |" + " --- |" * (len(names) + 1),
    ]
    for row in (*found, replace(reduce(add, found), fault="all")):
        longest = f"{row.counts.longest:.1f} s"
        values = {**vars(row.counts), "longest": longest, "differ": row.differ}
        lines.append(
            f"| {row.fault} | {row.times} | " + " | ".join(map(str, values.values())) + " |"
        )
    slow = ", ".join(row.fault for row in found if row.is_slow) or "nothing"
    return "\n".join(lines) + f"\n\nToo long to wait: {slow}.\n"


def main() -> int:
    """Return 0 if nobody noticed more than the text for a failure, and nobody waited too long.

    The table is written after each part: what was measured is not lost if a later one ends it.
    """
    logging.disable(logging.CRITICAL)  # thousands of turns, most of them meant to fail
    run = f"`make test-faults`, {origin.today()}, commit {origin.commit()}, {origin.machine()}."
    found: dict[str, Row] = {}
    for row in rows():
        found[row.fault] = found[row.fault] + row if row.fault in found else row
        print(row, flush=True)
        text = table(list(found.values()))
        TABLE.write_text(f"# What patients notice of faults\n\n{run}\n\n{ABOUT}\n{text}")
    print(text)
    return 0 if all(row.is_good for row in found.values()) else 1


if __name__ == "__main__":
    sys.exit(main())
