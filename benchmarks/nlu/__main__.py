"""`python -m benchmarks.nlu [--data FOLDER] [--rounds N]`: train, ask, measure, write the table."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from benchmarks import origin
from benchmarks.nlu import report
from benchmarks.nlu.measures import Parsed, needs, shares, texts
from benchmarks.nlu.pipelines import (
    OURS,
    STOCK,
    Pipeline,
    WorkerError,
    trained_by_stock_rasa,
    training_time,
)
from benchmarks.nlu.report import Result
from benchmarks.nlu.sets import Split, own_splits, public_splits
from dripdesk.checks.project import Project
from dripdesk.settings import PROJECT, Settings

ROUNDS = 3
STOCK_ON_A_QUARTER = """\
Stock Rasa needs more than two hours of one core to learn all our sentences. So it is compared with
ours on a quarter of each intent's sentences, drawn once; `ALL=1` trains it on all."""


def main() -> int:
    """Run the benchmark; return 0, or 1 if a pipeline could not be trained or run."""
    parser = argparse.ArgumentParser(prog="make benchmark-nlu")
    parser.add_argument("--data", type=Path, help="a folder with clinc150/ and banking77/")
    parser.add_argument("--rounds", type=int, default=ROUNDS, help="of parsing our own questions")
    parser.add_argument(
        "--all", action="store_true", help="train stock Rasa on all our sentences too (hours)"
    )
    options = parser.parse_args()
    origin.pin()
    try:
        splits = public_splits(options.data) if options.data else []
    except OSError as error:
        print(f"The public sets cannot be read: {error}")
        return 1
    try:
        quarter, own = own_splits(Project(PROJECT, Settings()))
        results = [
            _measured(quarter, (STOCK, OURS), options.rounds),
            _measured(own, (STOCK, OURS) if options.all else (OURS,), options.rounds),
            *(_measured(split, (STOCK, OURS), 1) for split in splits),
        ]
        remarks = [_in_stock_rasa(results[1])]
    except WorkerError as error:
        print(error)
        return 1
    if not options.all:
        remarks.append(STOCK_ON_A_QUARTER)
    if not splits:
        remarks.append("CLINC150 and BANKING77 were not run: give their folder with `DATA=`.")
    print(report.write(results, remarks))
    return 0


def _measured(split: Split, pipelines: Sequence[Pipeline], rounds: int) -> Result:
    """Train pipelines and have them parse in turn."""
    result = Result(split)
    for pipeline in pipelines:
        _say(f"{split.name}: training {pipeline.name}, unless it is kept ...")
        result.models[pipeline.name] = pipeline.train(split)
    asked = texts(split)
    seen: dict[str, list[Parsed]] = {pipeline.name: [] for pipeline in pipelines}
    for number in range(rounds):
        for pipeline in pipelines:
            _say(f"{split.name}: {pipeline.name} parses, round {number + 1} of {rounds} ...")
            seen[pipeline.name].append(pipeline.parse(result.models[pipeline.name], asked))
    for name, model in result.models.items():
        result.shares[name] = shares(split, seen[name][0]["parsed"])
        result.needs[name] = needs(seen[name], len(split.messages)) | training_time(model)
    return result


def _in_stock_rasa(own: Result) -> str:
    """Return whether an unmodified Rasa trains and loads our project, and understands the same."""
    _say("own: our config in an unmodified Rasa ...")
    asked = [message.text for message in own.split.messages]
    ours = OURS.parse(own.models[OURS.name], asked)["parsed"]
    try:
        pipeline, model = trained_by_stock_rasa()
        theirs = pipeline.parse(model, asked)["parsed"]
    except WorkerError as error:
        _say(str(error))
        return "An unmodified Rasa 3.6.21 does **not** train and load our project."
    same = sum(one["intent"] == other["intent"] for one, other in zip(ours, theirs, strict=True))
    return (
        "An unmodified Rasa 3.6.21, with TensorFlow, trains and loads our project, and finds the "
        f"same intent for {same} of {len(asked)} messages."
    )


def _say(text: str) -> None:
    print(text, file=sys.stderr, flush=True)


if __name__ == "__main__":
    sys.exit(main())
