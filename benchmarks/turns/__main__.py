"""`python -m benchmarks.turns`: times turns within this process, and writes benchmarks/turns.md."""

from __future__ import annotations

import asyncio
import itertools
import logging
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from addons.turns.turn import Incoming, Turns
from benchmarks import origin
from benchmarks.agent import loaded
from benchmarks.answers import checked
from benchmarks.speed.talk import endless
from dripdesk.settings import PROJECT

TABLE = PROJECT / "benchmarks" / "turns.md"
ROUNDS = 15
LATE = 1000
AROUND = 20  # turns about the tenth and the thousandth
LONG = "word " * 20_000  # 100 kB
NOTES = """\
In process, with SQLite in a file; HTTP adds less than a millisecond. Each figure is a median over
rounds. Five at once: from the first message to the last answer. Beside another message: the time
of a turn when another patient's message comes at the same moment."""


@dataclass(frozen=True)
class Figure:
    """A time beside the one it is compared with, in ms, and how many times as long it may be."""

    name: str
    time: float
    base_name: str
    base: float
    most: float

    @property
    def ratio(self) -> float:
        """How many times as long."""
        return self.time / self.base


class Stopwatch:
    """Sends messages, each with a number of its own, and times the answers."""

    def __init__(self, turns: Turns) -> None:
        self._turns = turns
        self.texts = endless()
        """Never the same one after the other: of the last ones much is kept."""
        self._numbers: Iterator[int] = itertools.count()

    async def say(self, text: str, who: str) -> float:
        """Return the time until the answer, in ms."""
        start = time.perf_counter()
        answer = await self._turns.answer(Incoming("web", who, str(next(self._numbers)), text))
        took = (time.perf_counter() - start) * 1000
        checked(answer)
        return took

    async def conversation(self, who: str, turns: int) -> list[float]:
        """Return the times of so many turns, one after the other."""
        return [await self.say(next(self.texts), who) for _ in range(turns)]


async def measure(watch: Stopwatch) -> list[Figure]:
    """Return all figures."""
    await watch.conversation("warm-up", 50)
    times: dict[str, list[float]] = defaultdict(list)
    for number in range(3):
        talk = await watch.conversation(f"long {number}", LATE + AROUND // 2)
        times["early"] += talk[:AROUND]
        times["late"] += talk[-AROUND:]
    for number in range(ROUNDS):
        times["one"].append(await watch.say(next(watch.texts), f"one {number}"))
        several = (watch.say(text, f"five {number}") for text in itertools.islice(watch.texts, 5))
        times["five"].append(max(await asyncio.gather(*several)))
        for name, other in (("beside short", next(watch.texts)), ("beside long", LONG)):
            patient = watch.say(next(watch.texts), f"patient {number}")
            both = (watch.say(other, f"other {number}"), patient)
            times[name].append((await asyncio.gather(*both))[1])
    middle = {name: median(found) for name, found in times.items()}
    return [
        Figure("turn 1000", middle["late"], "turn 10", middle["early"], 1.5),
        Figure("five at once", middle["five"], "one", middle["one"], 10),
        Figure(
            "beside a message of 100 kB", middle["beside long"],
            "beside an ordinary one", middle["beside short"], 1,
        ),
    ]  # fmt: skip


def main() -> int:
    """Measure, print and write the table; return 1 if something takes longer than it may."""
    origin.pin()
    logging.disable(logging.INFO)
    with tempfile.TemporaryDirectory() as folder:
        agent, database = loaded(Path(folder))
        figures = asyncio.run(measure(Stopwatch(agent.turns)))
        database.close()
    lines = [
        "# How long a turn takes",
        "",
        f"`make benchmark-turns`, {origin.today()}, commit {origin.commit()}, {origin.machine()}.",
        "",
        NOTES,
        "",
        "| turn | ms | beside | ms | ratio | at most |",
        "| --- | --- | --- | --- | --- | --- |",
    ]
    for one in figures:
        lines.append(
            f"| {one.name} | {one.time:.2f} | {one.base_name} | {one.base:.2f} "
            f"| {one.ratio:.2f} | {one.most:g} |"
        )
    TABLE.write_text("\n".join(lines) + "\n", encoding="utf-8")
    print(TABLE.read_text())
    return 0 if all(one.ratio <= one.most for one in figures) else 1


if __name__ == "__main__":
    sys.exit(main())
