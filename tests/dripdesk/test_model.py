from __future__ import annotations

import os
import re
import shutil
from pathlib import Path

import pytest

from dripdesk.model import FILES, ModelError, archive, content_hash, model_path, usable_model
from dripdesk.settings import PROJECT


@pytest.fixture
def root(tmp_path: Path) -> Path:
    shutil.copytree(PROJECT / "data", tmp_path / "data")
    for name in FILES:
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(PROJECT / name, tmp_path / name)
    return tmp_path


@pytest.mark.parametrize(
    ("file", "changes"),
    [
        ("config.yml", True),
        ("domain.yml", True),
        ("data/topics/hours.yml", True),
        ("data/stories/costs.yml", True),
        ("data/vocabulary.yml", True),
        ("dripdesk/spelling.py", True),
        ("models/encoder/SHA256SUMS", True),
        ("data/clinic/contact.yml", False),  # facts are looked up live
        ("data/general/costs.yml", False),
    ],
)
def test_what_a_model_depends_on(root: Path, file: str, changes: bool) -> None:
    before = content_hash(root)
    assert content_hash(root) == before
    with (root / file).open("a") as opened:
        opened.write("# changed\n")
    assert (content_hash(root) != before) is changes


def test_a_renamed_file_is_a_change(root: Path) -> None:
    before = content_hash(root)
    (root / "data/topics/hours.yml").rename(root / "data/topics/open.yml")
    assert content_hash(root) != before


def test_an_earlier_model_is_better_than_none(root: Path) -> None:
    assert usable_model(root) is None
    for number, name in enumerate(("dripdesk-old.tar.gz", "dripdesk-older.tar.gz")):
        (root / "models" / name).touch()
        os.utime(root / "models" / name, (1_000 - number, 1_000 - number))
    assert usable_model(root) == root / "models" / "dripdesk-old.tar.gz"
    model_path(root).touch()
    assert usable_model(root) == model_path(root)


def test_models_are_loaded_from_their_folder_only(root: Path, tmp_path: Path) -> None:
    folder, outside = root / "models", tmp_path / "dripdesk-evil.tar.gz"
    for file in (folder / "dripdesk-good.tar.gz", outside, folder / "encoder" / "evil.tar.gz"):
        file.touch()
    (folder / "dripdesk-link.tar.gz").symlink_to(outside)
    (folder / "dripdesk-same.tar.gz").symlink_to("dripdesk-good.tar.gz")
    (folder / "away").symlink_to(tmp_path)
    for good in ("dripdesk-good.tar.gz", "dripdesk-same.tar.gz"):
        assert archive(folder / good, root) == folder.resolve() / "dripdesk-good.tar.gz"
    for bad in (
        outside,
        folder / "dripdesk-link.tar.gz",
        folder / "away" / "dripdesk-evil.tar.gz",
        folder / ".." / "dripdesk-evil.tar.gz",
        folder / "encoder" / "evil.tar.gz",
        folder / "missing.tar.gz",
        folder / "encoder",
        folder,
        "https://models.example/dripdesk-evil.tar.gz",
    ):
        with pytest.raises(ModelError):
            archive(bad, root)


def test_what_training_uses_is_part_of_the_hash() -> None:
    """Code that looks facts and networks up live, or only names places, changes no model."""
    looked_up = {"live", "quantities", "render", "settings"}
    used = {
        name
        for path in (PROJECT / "addons" / "nlu").glob("*.py")
        for module, names in re.findall(
            r"^ *from dripdesk(?:\.(\w+))? import ([\w, ]+)", path.read_text(), re.MULTILINE
        )
        for name in ([module] if module else names.split(", "))
    }
    assert used > looked_up
    assert {f"dripdesk/{name}.py" for name in used - looked_up} <= set(FILES)
