"""Trains or runs one pipeline in the interpreter that runs this, and writes what it saw as JSON.

`python -m benchmarks.nlu.worker train CONFIG SENTENCES MODEL`, or `... parse MODEL TEXTS RESULT`.
Only this module needs Rasa.
"""

from __future__ import annotations

import asyncio
import json
import os
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from addons import logs

Times = dict[str, list[float]]
"""Milliseconds of each component: by the wall's clock, and of the processor."""
WARM_UP = 20
"""How many messages are parsed before any time is taken."""


def train(config: Path, sentences: Path, model: Path) -> None:
    """Train the NLU part of a config, and write how long that took beside the model."""
    from rasa.model_training import train_nlu

    start, cpu = time.perf_counter(), time.process_time()
    name = model.name.removesuffix(".tar.gz")
    train_nlu(str(config), str(sentences), str(model.parent), fixed_model_name=name)
    took = {
        "seconds": round(time.perf_counter() - start, 1),
        "cpu_seconds": round(time.process_time() - cpu, 1),
        "load": os.getloadavg()[0],
    }
    sidecar(model).write_text(json.dumps(took))


def sidecar(model: Path) -> Path:
    """Return where it stands how long the training of a model took."""
    return model.with_name(model.name.removesuffix(".tar.gz") + ".json")


def parse(model: Path, texts: Path, result: Path) -> None:
    """Parse each text of a JSON list, and write the rankings, times and memory."""
    start = time.perf_counter()
    from rasa.core.agent import Agent

    agent = Agent.load(str(model))
    loaded = time.perf_counter() - start
    parts: Times = {}
    kinds = _time_components(agent, parts)
    asked: list[str] = json.loads(texts.read_text())

    async def parse_all() -> list[dict[str, Any]]:
        for text in asked[:WARM_UP]:
            await agent.parse_message(text)
        return [await _parse(agent, text, parts) for text in asked]

    parsed = asyncio.run(parse_all())
    seen = {"load_seconds": loaded, "megabytes": _resident(), "kinds": kinds, "parsed": parsed}
    result.write_text(json.dumps(seen))


async def _parse(agent: Any, text: str, parts: Times) -> dict[str, Any]:
    parts.clear()
    start = _clocks()
    parsed = await agent.parse_message(text)
    whole = _since(start)
    return {
        "intent": parsed["intent"]["name"],
        "ranking": {one["name"]: one["confidence"] for one in parsed["intent_ranking"]},
        "whole": whole,
        "parts": dict(parts),
    }


def _clocks() -> tuple[float, float]:
    return time.perf_counter(), time.process_time()


def _since(start: tuple[float, float]) -> list[float]:
    """Return the milliseconds since a start, by the wall's clock and by the processor's."""
    return [(now - then) * 1000 for now, then in zip(_clocks(), start, strict=True)]


def _time_components(agent: Any, parts: Times) -> dict[str, list[str]]:
    """Have each component note its times in `parts`; return what kinds of component each is."""
    from rasa.engine.recipes.default_recipe import DefaultV1Recipe

    def timed(name: str, function: Callable[..., Any]) -> Callable[..., Any]:
        def run(*args: Any, **kwargs: Any) -> Any:
            start = _clocks()
            try:
                return function(*args, **kwargs)
            finally:
                parts[name] = _since(start)

        return run

    kinds = {}
    for name, node in agent.processor.graph_runner._instantiated_nodes.items():
        known = DefaultV1Recipe._registered_components.get(node._component_class.__name__)
        kinds[name] = sorted(kind.name for kind in known.types) if known else []
        node._fn = timed(name, node._fn)
    return kinds


def _resident() -> float:
    """Return this process's memory in MB, as Linux counts it."""
    status = Path("/proc/self/status").read_text()
    return int(status.split("VmRSS:")[1].split()[0]) / 1024


if __name__ == "__main__":
    logs.configure()  # before Rasa is imported
    {"train": train, "parse": parse}[sys.argv[1]](*map(Path, sys.argv[2:5]))
