"""The two pipelines, each trained and run by its own interpreter in a process of its own."""

from __future__ import annotations

import hashlib
import json
import os
import subprocess
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from benchmarks.nlu.sets import Split
from benchmarks.nlu.worker import sidecar
from dripdesk.content import FOLDERS
from dripdesk.lined_yaml import load
from dripdesk.settings import PROJECT

MODELS = PROJECT / "benchmarks" / ".models"
ENVIRONMENT = {
    "OMP_NUM_THREADS": "1",
    "TF_NUM_INTRAOP_THREADS": "1",
    "TF_NUM_INTEROP_THREADS": "1",
    "TF_INTRA_OP_PARALLELISM_THREADS": "1",  # Rasa's names for the same
    "TF_INTER_OP_PARALLELISM_THREADS": "1",
    "TF_CPP_MIN_LOG_LEVEL": "3",
    "RASA_MAX_CACHE_SIZE": "0",  # or a second training would take what the first made
}


class WorkerError(Exception):
    """A pipeline could not be trained or run; the message is what its process said."""


@dataclass(frozen=True)
class Pipeline:
    """A config, and the interpreter that trains and runs it."""

    name: str
    config: Path
    python: Path
    keep: bool = False
    """Whether a model of the same config and sentences is used again."""

    def model(self, split: Split) -> Path:
        """Return where the model of a split is, or will be."""
        config = load(self.config)
        learnt = json.dumps([config.get("language"), config["pipeline"], split.training])
        digest = hashlib.sha256(learnt.encode()).hexdigest()[:12]
        return MODELS / f"{self.name}-{split.name}-{digest}.tar.gz"

    def train(self, split: Split) -> Path:
        """Return a trained model. It replaces any earlier one of this pipeline and split."""
        model = self.model(split)
        if self.keep and model.exists() and sidecar(model).exists():
            return model
        MODELS.mkdir(exist_ok=True)
        for old in MODELS.glob(f"{self.name}-{split.name}-????????????.*"):
            old.unlink()
        with TemporaryDirectory() as folder:
            sentences = Path(folder) / "nlu.yml"
            sentences.write_text(split.nlu(), encoding="utf-8")
            self._work("train", self.config, sentences, model)
        return model

    def parse(self, model: Path, texts: list[str]) -> dict[str, Any]:
        """Return what the worker saw when it parsed some texts."""
        with TemporaryDirectory() as folder:
            asked, result = Path(folder) / "texts.json", Path(folder) / "result.json"
            asked.write_text(json.dumps(texts))
            self._work("parse", model, asked, result)
            seen: dict[str, Any] = json.loads(result.read_text())
            return seen

    def _work(self, task: str, *paths: Path) -> None:
        run([self.python, "-m", "benchmarks.nlu.worker", task, *paths], made=paths[-1])


def training_time(model: Path) -> dict[str, float]:
    """Return what the training of a model took, on the day it was trained."""
    figures: dict[str, float] = json.loads(sidecar(model).read_text())
    return {"training, s": figures["seconds"], "training, s of CPU": figures["cpu_seconds"]}


def run(command: list[str | Path], made: Path) -> None:
    """Run a command that makes a file. Raises WorkerError with its output if it does not."""
    environment = {**os.environ, **ENVIRONMENT}
    done = subprocess.run(  # noqa: S603 (commands of our own)
        command, cwd=PROJECT, env=environment, capture_output=True, text=True
    )
    if done.returncode or not made.exists():
        said = (done.stderr + done.stdout)[-3000:]
        raise WorkerError(f"{' '.join(map(str, command))}\n{said}")


OURS = Pipeline("ours", PROJECT / "config.yml", PROJECT / ".venv/bin/python")
STOCK = Pipeline(
    "stock",
    PROJECT / "benchmarks" / "stock" / "config.yml",
    PROJECT / ".venv-stock/bin/python",
    keep=True,
)


def trained_by_stock_rasa() -> tuple[Pipeline, Path]:
    """Train all of our own project in the unmodified Rasa, by its own command. Raises WorkerError.

    Returns what the model, policies included, can be parsed with.
    """
    model = MODELS / "ours-in-stock.tar.gz"
    model.unlink(missing_ok=True)
    command: list[str | Path] = [STOCK.python, "-m", "rasa", "train", "--config", OURS.config]
    folders = [PROJECT / "data" / name for name in FOLDERS]
    command += ["--domain", "domain.yml", "--data", *(one for one in folders if one.exists())]
    command += ["--out", MODELS, "--fixed-model-name", "ours-in-stock"]
    run(command, made=model)
    return Pipeline("ours in stock Rasa", OURS.config, STOCK.python), model
