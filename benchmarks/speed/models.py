"""Trains stock Rasa, with its default pipeline and policies, and ours on the same content."""

from __future__ import annotations

import hashlib
import json
import resource
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from benchmarks.nlu.pipelines import MODELS, Pipeline, run
from benchmarks.nlu.sets import own_splits
from benchmarks.nlu.worker import sidecar
from dripdesk.checks.project import Project
from dripdesk.model import content_hash
from dripdesk.settings import PROJECT, Settings

DOMAIN = PROJECT / "domain.yml"
PARTS = ("responses", "rules", "stories")
EPOCHS = 100
"""How often the networks of benchmarks/stock/config.yml see all sentences, as Rasa has it."""


@dataclass(frozen=True)
class Trained:
    """A model, and how it came about."""

    path: Path
    seconds: float
    """Of the processor: what its training took on the day it was trained."""
    sentences: int
    """How many it has learned."""


def trained(pipeline: Pipeline, all_sentences: bool, epochs: int = EPOCHS) -> Trained:
    """Return a model of a pipeline and its policies; one that is kept is not trained again.

    It learns a quarter of our sentences, as in benchmarks/nlu, or all of them; and all rules,
    stories and texts. Networks see them `epochs` times. Raises WorkerError.
    """
    project = Project(PROJECT, Settings())
    split = own_splits(project)[all_sentences]
    content = dict(_content(project))
    config = pipeline.config.read_text(encoding="utf-8")
    config = config.replace(f"epochs: {EPOCHS}", f"epochs: {epochs}")
    learnt = json.dumps([config, DOMAIN.read_text(encoding="utf-8"), split.training, content])
    if not pipeline.keep:  # ours depends on our code too
        learnt += content_hash()
    name = f"{pipeline.name}-turns-{split.name}-"
    path = MODELS / f"{name}{hashlib.sha256(learnt.encode()).hexdigest()[:12]}.tar.gz"
    if not (path.exists() and sidecar(path).exists()):
        MODELS.mkdir(exist_ok=True)
        for old in MODELS.glob(f"{name}????????????.*"):
            old.unlink()
        _train(pipeline.python, config, split.nlu(), content, path)
    took = json.loads(sidecar(path).read_text())
    return Trained(path, took["cpu_seconds"], sum(map(len, split.training.values())))


def _content(project: Project) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield our training files without their sentences, each by a name."""
    for file in project.files:
        parts = {part: file.content[part] for part in PARTS if part in file.content}
        if parts:
            yield f"{file.path.parent.name}-{file.name}", parts


def _train(
    python: Path, config: str, sentences: str, content: dict[str, dict[str, Any]], path: Path
) -> None:
    with TemporaryDirectory() as folder:
        data, settings = Path(folder) / "data", Path(folder) / "config.yml"
        data.mkdir()
        settings.write_text(config, encoding="utf-8")
        (data / "nlu.yml").write_text(sentences, encoding="utf-8")
        for name, parts in content.items():
            # What is JSON is YAML too; after a comment, Rasa does not take it for another format.
            written = "# \n" + json.dumps({"version": "3.1", **parts})
            (data / f"{name}.yml").write_text(written, encoding="utf-8")
        command: list[str | Path] = [python, "-m", "rasa", "train", "--data", data]
        command += ["--config", settings, "--domain", DOMAIN, "--out", path.parent]
        command += ["--fixed-model-name", path.name.removesuffix(".tar.gz")]
        start, cpu = time.perf_counter(), _cpu_of_children()
        run(command, made=path)
        took = {"seconds": time.perf_counter() - start, "cpu_seconds": _cpu_of_children() - cpu}
    sidecar(path).write_text(json.dumps({name: round(one, 1) for name, one in took.items()}))


def _cpu_of_children() -> float:
    """Return how long the processor worked for the commands that were run."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime
