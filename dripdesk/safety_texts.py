"""The safety texts, spoken word for word from data/general/safety.yml."""

from __future__ import annotations

from functools import lru_cache

from dripdesk import render
from dripdesk.facts import FactBook
from dripdesk.lined_yaml import LinedDict, load
from dripdesk.settings import PROJECT

SPANISH = "es"


@lru_cache(maxsize=1)
def texts() -> LinedDict:
    """Return the texts by use and channel. Raises FileError if the file cannot be read."""
    # Not from the settings: no clinic may replace these.
    return load(PROJECT / "data" / "general" / "safety.yml")


def failure(channel: str, book: FactBook) -> str:
    """Return what a patient reads when no answer could be made, by channel (sms, else web)."""
    return _filled(texts()["failure"][_variant(channel)], book)


def too_long(channel: str, book: FactBook) -> str:
    """Return what a patient reads who wrote more than is read, by channel (sms, else web)."""
    return _filled(texts()["too_long"][_variant(channel)], book)


def danger(
    level: str, group: str, channel: str, book: FactBook | None, in_spanish: bool = False
) -> list[str]:
    """Return what a patient reads whose message tells of danger: one text for each language.

    The text of the group is taken where it has one of its own, else that of the level. Without
    facts, or where the phone is not known, the clinic's number is left out.
    """
    by_use = texts()["danger"]
    text = by_use.get(group, by_use[level])
    if not (book and book.state("phone").spoken):
        text = by_use.get(f"{level}_unknown", text)
    variants = (*([SPANISH] if in_spanish else []), _variant(channel))
    return [_with_phone(text[variant], variant, book) for variant in variants]


def after(level: str, group: str, channel: str, book: FactBook) -> str:
    """Return what a patient reads who says that help is there, or that none is needed any more."""
    by_use, variant = texts()["after"], _variant(channel)
    return _with_phone(by_use.get(group, by_use[level])[variant], variant, book)


def reminder(level: str) -> str:
    """Return what stands before the answer to another question, right after a safety text."""
    return str(texts()["reminder"][level])


def _with_phone(text: str, variant: str, book: FactBook | None) -> str:
    if not (book and book.state("phone").spoken):
        return text
    return _filled(text if "{phone}" in text else text + texts()["clinic"][variant], book)


def _variant(channel: str) -> str:
    return "sms" if channel == "sms" else "web"


def _filled(text: str, book: FactBook) -> str:
    return render.fill({"text": text}, book)[0]
