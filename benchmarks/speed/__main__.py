"""`python -m benchmarks.speed [--rounds N] [--seconds N] [--all]`: measures, writes the table."""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import subprocess
import sys
from collections import defaultdict
from collections.abc import Sequence
from contextlib import ExitStack
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import tomli

from benchmarks import origin
from benchmarks.nlu.pipelines import OURS, STOCK, WorkerError
from benchmarks.speed import left, load, report
from benchmarks.speed.models import EPOCHS, Trained, trained
from benchmarks.speed.processes import StartError, resident, running
from benchmarks.speed.sides import PYTHON, STOCK_PYTHON, Echo, Ours, Side, Stock
from benchmarks.speed.table import Seen, table
from benchmarks.speed.talk import LONGEST
from dripdesk.model import model_path
from dripdesk.settings import PROJECT

ROUNDS, SECONDS = 5, 4.0
HUGE = 100_000  # characters: more than we take
CORE = 0
"""On which the servers run; whoever writes to them runs on the last one."""
OUR_FOLDERS = (
    "actions addons data dripdesk models/danger models/encoder models/reader widget/dist".split()
)


def main() -> int:
    """Measure, print and write the table; return 1 if something is not as it has to be."""
    parser = argparse.ArgumentParser(prog="make benchmark")
    parser.add_argument("--rounds", type=int, default=ROUNDS)
    parser.add_argument("--seconds", type=float, default=SECONDS, help="of each load over HTTP")
    parser.add_argument("--all", action="store_true", help="train on all sentences (hours)")
    few = (
        "so often stock Rasa sees the sentences: few, and its times are the same, but not its sense"
    )
    parser.add_argument("--epochs", type=int, default=EPOCHS, help=few)
    options = parser.parse_args()
    origin.pin()
    try:
        _say("Training stock Rasa, unless its model is kept: this takes an hour or more ...")
        models = {
            "stock": trained(STOCK, options.all, options.epochs),
            "ours": trained(OURS, options.all),
        }
        seen = _measured(models["stock"], options.rounds, options.seconds)
        parts = _left()
    except (WorkerError, StartError, load.RefusedMessageError) as error:
        print(error)
        return 1
    sizes = {"stock": _stock_size(models["stock"].path), "ours": _our_size()}
    rows, notes = table(seen, models, sizes, options.epochs)
    print(report.write(rows, f"{notes}\n\n{left.told(parts)}"))
    return 0 if all(row.is_met for row in rows) else 1


def _measured(model: Trained, rounds: int, seconds: float) -> Seen:
    """Return what was seen of both, which take turns, and of the echo."""
    seen: Seen = defaultdict(lambda: defaultdict(list))
    for number in range(rounds):
        for name in ("stock", "ours", "echo"):
            _say(f"Round {number + 1} of {rounds}: {name} ...")
            with TemporaryDirectory() as folder:
                for what, value in _round(name, Path(folder), model.path, seconds).items():
                    seen[name][what].append(value)
    for name in ("stock", "ours"):
        _say(f"A message of {HUGE} characters to {name} ...")
        with TemporaryDirectory() as folder:
            side = _side(name, Path(folder), model.path)
            with running(side.processes, side.environment, CORE, Path(folder) / "log"):
                seen[name]["huge"].append(asyncio.run(load.delay(side, HUGE)))
    return seen


def _side(name: str, folder: Path, model: Path) -> Side:
    if name == "echo":
        return Echo()
    return Stock(folder, model) if name == "stock" else Ours(folder)


def _round(name: str, folder: Path, model: Path, seconds: float) -> dict[str, Any]:
    """Return all figures of one round: over HTTP, then in process."""
    side = _side(name, folder, model)
    with running(side.processes, side.environment, CORE, folder / "log") as (pids, start):
        found: dict[str, Any] = {"start": start} | asyncio.run(load.measure(side, seconds))
        if name == "echo":
            return found
        found["memory"] = resident(pids)
        found["delay"] = asyncio.run(load.delay(side, LONGEST))
    with ExitStack() as stack:
        command = ["taskset", "--cpu-list", str(CORE), str(PYTHON), "-m", "benchmarks.speed.inside"]
        if isinstance(side, Stock):
            actions = running([side.actions], side.environment, CORE, folder / "log")
            stack.enter_context(actions)
            command[3] = str(STOCK_PYTHON)
            command += ["stock", str(folder), str(model), str(side.endpoints)]
        else:
            command += ["ours", str(folder)]
        inside: dict[str, Any] = json.loads(_output(command, side.environment))
        return found | inside


def _left() -> left.Left:
    """Return where our time and memory go."""
    with TemporaryDirectory() as folder:
        command = ["taskset", "--cpu-list", str(CORE), str(PYTHON), "-m", "benchmarks.speed.left"]
        found: left.Left = json.loads(_output([*command, folder], Ours(Path(folder)).environment))
        return found


def _output(command: Sequence[str], environment: Any) -> str:
    """Return the last line that a command writes. Raises WorkerError."""
    done = subprocess.run(  # noqa: S603 (commands of our own)
        command, cwd=PROJECT, env=dict(environment), capture_output=True, text=True
    )
    if done.returncode:
        raise WorkerError((done.stderr + done.stdout)[-3000:])
    return done.stdout.strip().splitlines()[-1]


def _stock_size(model: Path) -> float:
    return _packages(STOCK_PYTHON, ("rasa", "rasa-sdk")) + model.stat().st_size / 1e6


def _our_size() -> float:
    declared = tomli.loads((PROJECT / "pyproject.toml").read_text())["project"]["dependencies"]
    files = [model_path()]
    for folder in OUR_FOLDERS:
        files += [path for path in (PROJECT / folder).rglob("*") if path.is_file()]
    return _packages(PYTHON, declared) + sum(path.stat().st_size for path in files) / 1e6


def _packages(python: Path, names: Sequence[str]) -> float:
    """Return how many MB some packages take in an environment, with all that they need."""
    command = [str(python), "-m", "benchmarks.speed.sizes", *names]
    return float(_output(command, os.environ)) / 1e6


def _say(text: str) -> None:
    print(text, file=sys.stderr, flush=True)


if __name__ == "__main__":
    sys.exit(main())
