"""The facts, texts and danger signs that this process answers from."""

from __future__ import annotations

import logging
from functools import lru_cache

from dripdesk import aftermath, lasting
from dripdesk.content import all_responses, load_content
from dripdesk.danger import HELP, Danger, most_urgent
from dripdesk.details import Details
from dripdesk.encoder import EncoderError
from dripdesk.fact_files import LiveFacts
from dripdesk.facts import FactBook
from dripdesk.network import Network
from dripdesk.reader import Reader
from dripdesk.records import Records
from dripdesk.render import Responses
from dripdesk.safety import Screen
from dripdesk.settings import PROJECT, Settings
from dripdesk.vault import Vault
from dripdesk.vocabulary import Vocabulary, all_names, load_vocabulary

logger = logging.getLogger(__name__)
FEW = 6
"""So many words a call for help has that no reader overrules: in more it may be part of a story."""
CALLS = (HELP, "fire")
"""The groups of signs that are calls for help: "911 please", "kitchen on fire"."""


@lru_cache(maxsize=1)
def _live_facts() -> LiveFacts:
    return LiveFacts(Settings.from_environment())


def facts() -> FactBook:
    """Return the facts as they are on disk now."""
    return _live_facts().book()


@lru_cache(maxsize=1)
def responses() -> Responses:
    """Return the texts as they were when this process first asked; new ones need training."""
    return all_responses(load_content(Settings.from_environment().data))


@lru_cache(maxsize=1)
def details() -> Details:
    """Return the matters within topics that have texts of their own."""
    return Details(responses())


@lru_cache(maxsize=1)
def records() -> Records:
    """Return the call-back requests. Raises SettingError."""
    settings = Settings.from_environment().prepared()
    return Records(settings.database_url, settings.records_keys, settings.ways)


def vault() -> Vault:
    """Return what patients type while a form asks for it. Raises SettingError."""
    return records().vault


@lru_cache(maxsize=1)
def vocabulary() -> Vocabulary:
    """Return the words of the field. Raises FileError if they cannot be read."""
    return load_vocabulary(PROJECT / "data" / "vocabulary.yml")


@lru_cache(maxsize=1)
def screen() -> Screen:
    """Return the safety screen. Raises FileError if its signs cannot be read."""
    signs = PROJECT / "data" / "general" / "danger_signs.yml"  # no clinic may replace these
    return Screen(signs, vocabulary()["shorthand"], all_names(vocabulary()))


@lru_cache(maxsize=1)
def network() -> Network:
    """Return what reads each message for danger and for its questions. Raises EncoderError."""
    return Network(PROJECT / "models" / "reader")


@lru_cache(maxsize=1)
def reader() -> Reader | None:
    """Return the second opinion on danger, or None if its files are damaged."""
    try:
        one = Reader(network())
        one.read("hello")  # a head that does not fit is found now
    except Exception as error:  # of any kind: the screen must not fail with it
        reason = error if isinstance(error, EncoderError) else type(error).__name__
        logger.error("Danger signs are found by the screen alone: %s", reason)
        return None
    return one


def has_read(text: str) -> bool:
    """Return whether the reader can look through a text for danger, or has; else others must."""
    second = reader()
    if second is None:
        return False
    try:
        second.read(screen().mend(text))  # what it was asked just now it knows
    except Exception:  # which is told where danger is looked for
        return False
    return True


def talks_of_danger(text: str) -> bool:
    """Return whether a text holds a sign of danger, if only in talk: "what if my throat swells"."""
    return screen().suspect(screen().mend(text)) is not None


def danger(text: str) -> Danger | None:
    """Return the most urgent danger that the screen or the reader finds in a text, or None.

    Either suffices; but what the screen takes for a sign is none where the reader is as good as
    certain that it is only talk, unless it calls for help in a few words. Without the reader,
    talk of danger may be danger too.
    """
    mended = screen().mend(text)
    seen, second = screen().find_mended(mended), reader()
    if second is None:
        return seen or screen().suspect(mended)
    try:
        opinion = second.read(mended)
    except Exception as error:
        logger.error("The reader of danger failed: %s", type(error).__name__)
        return seen or screen().suspect(mended)
    calls_for_help = seen and seen.group in CALLS and len(mended.split()) <= FEW
    if opinion.is_harmless and not calls_for_help:
        return None
    if seen is None and (aftermath.says_help_comes(text) or lasting.is_all(mended)):
        return None  # "ok 911 is coming", "he is on oxygen"
    return most_urgent(filter(None, (seen, opinion.danger)))
