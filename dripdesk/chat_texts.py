"""What the website's chat says of itself, word for word from data/general/web.yml."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Any

from dripdesk import render
from dripdesk.facts import FactBook
from dripdesk.lined_yaml import LinedDict, load
from dripdesk.settings import PROJECT

WORD = re.compile(r"[^\W_]+")


@lru_cache(maxsize=1)
def texts() -> LinedDict:
    """Return the texts by their use. Raises FileError if the file cannot be read."""
    return load(PROJECT / "data" / "general" / "web.yml")


def say(name: str, book: FactBook, **values: Any) -> str:
    """Return a text with facts and values filled in."""
    return render.fill({"text": texts()[name]}, book, values)[0]


def error(code: str, book: FactBook) -> str:
    """Return what a patient reads of an error."""
    return render.fill({"text": texts()["errors"][code]}, book)[0]


def suggestions() -> list[str]:
    """Return questions that a first-time visitor may tap."""
    return list(texts()["suggestions"])


def command(text: str) -> str | None:
    """Return what a message asks the chat itself to do: the name of the text that says it is done.

    The names are started_over, known and forgotten; None is a question like any other.
    """
    return _commands().get(_plain(text))


@lru_cache(maxsize=1)
def _commands() -> dict[str, str]:
    return {
        _plain(phrase): name for name, phrases in texts()["commands"].items() for phrase in phrases
    }


def _plain(text: str) -> str:
    words = WORD.findall(text.lower())
    return " ".join(word for word in words if word not in ("please", "pls"))
