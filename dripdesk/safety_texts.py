"""The safety texts, spoken word for word from data/general/safety.yml."""

from __future__ import annotations

from functools import lru_cache

from dripdesk import render
from dripdesk.facts import FactBook
from dripdesk.lined_yaml import LinedDict, load
from dripdesk.settings import PROJECT


@lru_cache(maxsize=1)
def _texts() -> LinedDict:
    # Not from the settings: no clinic may replace these.
    return load(PROJECT / "data" / "general" / "safety.yml")


def failure(channel: str, book: FactBook) -> str:
    """Return what a patient reads when no answer could be made, by channel (sms, else web)."""
    return _filled("failure", channel, book)


def too_long(channel: str, book: FactBook) -> str:
    """Return what a patient reads who wrote more than is read, by channel (sms, else web)."""
    return _filled("too_long", channel, book)


def _filled(name: str, channel: str, book: FactBook) -> str:
    text, _ = render.fill({"text": _texts()[name]["sms" if channel == "sms" else "web"]}, book)
    return text
