"""`python -m benchmarks.speed.parts`: times turns without each of the replacements in addons/fast.

Prints medians in milliseconds of the processor's time, which other work disturbs less. The ways
take turns, talk by talk.
"""

from __future__ import annotations

import asyncio
import logging
import tempfile
import time
from collections import defaultdict
from pathlib import Path
from statistics import median

from addons import fast
from benchmarks import origin
from benchmarks.speed.inside import Say, ours
from benchmarks.speed.talk import talks

TALKS = 12
WARM_UP = 2
NONE = "none is made"
EVERY = "all are made"


async def measure(say: Say) -> dict[str, float]:
    """Return the median of a turn by what is left out."""
    names = list(dict.fromkeys(swap.name for swap in fast.SWAPS))
    ways = {EVERY: [], NONE: [fast.ALL]} | {f"without {name}": [name] for name in names}
    times: dict[str, list[float]] = defaultdict(list)
    texts = talks()  # never the same twice: of the last ones much is kept
    for number in range(WARM_UP + TALKS):
        for way, off in ways.items():
            fast.undo_all(fast.SWAPS)
            fast.make_all(fast.SWAPS, off)
            for text in next(texts):
                start = time.process_time()
                await say(text, f"{way} {number}")
                if number >= WARM_UP:
                    times[way].append((time.process_time() - start) * 1000)
    return {way: median(found) for way, found in times.items()}


def main() -> None:
    """Measure and print."""
    origin.pin()
    logging.disable(logging.INFO)
    with tempfile.TemporaryDirectory() as folder:
        say, engine = ours(Path(folder))
        figures = asyncio.run(measure(say))
        engine.dispose()
    for way, figure in figures.items():
        print(f"{way:20s} {figure:7.2f} ms  {figure - figures[EVERY]:+7.2f}")


if __name__ == "__main__":
    main()
