"""Where our time and memory go. `python -m benchmarks.speed.left FOLDER` prints it as JSON."""

from __future__ import annotations

import asyncio
import functools
import gc
import json
import os
import sys
import time
from collections import defaultdict
from collections.abc import Awaitable, Callable
from pathlib import Path
from statistics import fmean, median
from typing import Any

from benchmarks.speed.processes import resident

WARM_UP, TALKS = 2, 10

Say = Callable[[str, str], Awaitable[None]]

Left = dict[str, dict[str, float]]
"""Seconds of a start and MB of memory by stage, milliseconds of a turn by part."""


async def start(folder: Path) -> tuple[Say, Left]:
    """Return what says a text, and the seconds and MB that each stage of a start adds."""
    left: Left = {"start": {}, "memory": {}}
    began, held = time.perf_counter(), 0.0

    def end_of(stage: str) -> None:
        nonlocal began, held
        left["start"][stage] = time.perf_counter() - began
        now = resident([os.getpid()])
        left["memory"][stage] = now - held
        began, held = time.perf_counter(), now

    gc.disable()  # as the server does
    from addons.slim import left_out

    left_out.begin_server()
    import addons.server  # noqa: F401

    end_of("Python and packages")
    from benchmarks.speed.inside import ours

    say, _ = ours(folder)
    end_of("model")
    await say("is there wifi", "first")
    end_of("words and networks")
    gc.freeze()
    gc.enable()
    return say, left


async def turn(say: Say) -> tuple[dict[str, float], float]:
    """Return the median milliseconds of a turn by part, and how often networks run in one."""
    from onnxruntime import InferenceSession

    from addons.stores.database import Database
    from benchmarks.speed.talk import some

    spent: dict[str, float] = defaultdict(float)
    runs = 0

    def timed(part: str, call: Callable[..., Any]) -> Callable[..., Any]:
        @functools.wraps(call)
        def wrapper(*args: Any, **named: Any) -> Any:
            nonlocal runs
            runs += part == "networks"
            began = time.perf_counter()
            try:
                return call(*args, **named)
            finally:
                spent[part] += (time.perf_counter() - began) * 1000

        return wrapper

    InferenceSession.run = timed("networks", InferenceSession.run)
    Database.transact = timed("database", Database.transact)  # type: ignore[method-assign]

    parts: dict[str, list[float]] = defaultdict(list)
    counts = []
    for number, talk in enumerate(some(WARM_UP + TALKS)):
        for text in talk:
            spent.clear()
            runs = 0
            began = time.perf_counter()
            await say(text, str(number))
            whole = (time.perf_counter() - began) * 1000
            if number >= WARM_UP:
                for part in ("networks", "database"):
                    parts[part].append(spent[part])
                parts["all else"].append(whole - sum(spent.values()))
                counts.append(runs)
    return {part: median(values) for part, values in parts.items()}, fmean(counts)


def told(left: Left) -> str:
    """Return in Markdown where time and memory go."""
    columns = {"start": ("Of a start", "s"), "memory": ("Of the memory", "MB")}
    columns["turn"] = ("Of a turn in process", "ms")
    lines = ["## Where ours go", "", "| what | how much |", "| --- | --- |"]
    for key, (title, unit) in columns.items():
        lines += [f"| {title}: {part} | {value:.3g} {unit} |" for part, value in left[key].items()]
    runs = left["runs"]["a turn"]
    lines += [
        "",
        f"Networks run {runs:.1f} times in a turn: one reads a message for danger and for where a",
        "further question begins, one for its sense; the first again behind the topic before",
        "it, and in parts where there may be several questions; another is asked where there may",
        "be danger. Each run goes through 10 MB of weights.",
    ]
    return "\n".join(lines)


async def main() -> None:
    """Measure and print."""
    say, left = await start(Path(sys.argv[1]))
    left["turn"], runs = await turn(say)
    left["runs"] = {"a turn": runs}
    print(json.dumps(left))


if __name__ == "__main__":
    asyncio.run(main())
