"""Which trained model belongs to the present content: its file name carries the content's hash."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from pathlib import Path

from dripdesk.content import FOLDERS
from dripdesk.settings import PROJECT


class ModelError(ValueError):
    """A file that is not loaded as a model; the message says why."""


KEPT = 2
"""How many trained models stay on disk: this one, and the one before to go back to."""


FILES = (
    "config.yml",
    "domain.yml",
    "requirements.lock",
    "data/vocabulary.yml",
    "dripdesk/content.py",
    "dripdesk/danger.py",
    "dripdesk/encoder.py",
    "dripdesk/intents.py",
    "dripdesk/language.py",
    "dripdesk/network.py",
    "dripdesk/privacy.py",
    "dripdesk/spelling.py",
    "dripdesk/unseen.py",
    "dripdesk/vocabulary.py",
    "models/encoder/SHA256SUMS",
    "models/reader/SHA256SUMS",
)


def training_files(root: Path = PROJECT) -> Iterator[Path]:
    """Yield every file that a trained model depends on. Facts are looked up live, so not those."""
    yield from (root / name for name in FILES)
    for folder in FOLDERS:
        yield from sorted((root / "data" / folder).glob("*.yml"))
    yield from sorted((root / "data" / "conversations").glob("*.tsv"))
    yield from sorted((root / "addons" / "nlu").glob("*.py"))


def content_hash(root: Path = PROJECT) -> str:
    """Return 12 hex digits that change with any name or byte of the training files."""
    digest = hashlib.sha256()
    for path in training_files(root):
        content = path.read_bytes()
        digest.update(f"{path.relative_to(root).as_posix()} {len(content)}\n".encode() + content)
    return digest.hexdigest()[:12]


def model_path(root: Path = PROJECT) -> Path:
    """Return where the model of the present content is, or will be."""
    return root / "models" / f"dripdesk-{content_hash(root)}.tar.gz"


def trained_models(root: Path = PROJECT) -> list[Path]:
    """Return the models on disk, the newest first."""
    found = (root / "models").glob("dripdesk-*.tar.gz")
    return sorted(found, key=lambda path: path.stat().st_mtime, reverse=True)


def usable_model(root: Path = PROJECT) -> Path | None:
    """Return the model of the present content, else the newest of an earlier one, else None."""
    path = model_path(root)
    return path if path.exists() else next(iter(trained_models(root)), None)


def archive(path: str | Path, root: Path = PROJECT) -> Path:
    """Return the file of a model, if it lies in the folder models/ and nowhere else.

    Loading a model runs code that it holds (Python's pickles), so none comes from another place,
    by a link either. Raises ModelError.
    """
    folder, file = (root / "models").resolve(), Path(path).resolve()
    if file.parent != folder:
        raise ModelError(f"{path} is not in {folder}, and models are loaded from nowhere else")
    if not file.is_file():
        raise ModelError(f"{path} is not a file")
    return file
