"""Trains a model when, and only when, what it is made from has changed: `make train`."""

from __future__ import annotations

import logging
import os
import sys

from addons import logs
from dripdesk.content import FOLDERS
from dripdesk.model import KEPT, model_path, trained_models
from dripdesk.settings import PROJECT


def train() -> int:
    """Train the present content, keep the last two models; return 0, or 1 if it failed."""
    path = model_path()
    if path.exists():
        os.utime(path)  # stock Rasa commands take the newest file
        print(f"The model is up to date ({path.name}).")
        return 0
    print("The content has changed. Training a model takes five to ten minutes ...", flush=True)
    logs.configure()  # before Rasa is imported
    from rasa.model_training import train as train_rasa  # takes seconds: here, where it is needed
    from rasa.shared.exceptions import RasaException

    logging.getLogger("rasa.engine.training.hooks").setLevel(logging.INFO)  # progress
    os.chdir(PROJECT)  # addons are found from here
    try:
        train_rasa(
            domain="domain.yml",
            config="config.yml",
            training_files=[f"data/{name}" for name in FOLDERS],
            output=str(path.parent),
            force_training=True,  # our hash decides: Rasa's own does not see spelling.py
            fixed_model_name=path.name.removesuffix(".tar.gz"),
        )
    except RasaException as error:
        print(f"Training failed: {error}\nMend what it names, then run this again.")
        return 1
    for old in trained_models()[KEPT:]:
        old.unlink()
    print(f"Trained {path.name}.")
    return 0


if __name__ == "__main__":
    sys.exit(train())
