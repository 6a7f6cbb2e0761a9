"""The facts and texts that this process answers from."""

from __future__ import annotations

from functools import lru_cache

from dripdesk.content import all_responses, load_content
from dripdesk.fact_files import LiveFacts
from dripdesk.facts import FactBook
from dripdesk.render import Responses
from dripdesk.settings import Settings


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
