"""Finds the class of a stored event by its name, instead of by a walk through all classes."""

from __future__ import annotations

import rasa.shared.utils.common
from rasa.shared.core.events import Event

from addons.fast.swap import Swap

_stock = Event.resolve_by_type
_known: dict[str, type[Event]] = {}


def resolve_by_type(name: str, default: type[Event] | None = None) -> type[Event] | None:
    """Return the class of events of a type. Raises ValueError for an unknown one."""
    found = _known.get(name)
    if found is None:
        found = _stock(name, default)
        if found and found is not default:  # which the next call may not give
            _known[name] = found
    return found


SWAP = Swap(
    "events",
    Event,
    "resolve_by_type",
    staticmethod(resolve_by_type),
    (_stock, rasa.shared.utils.common.all_subclasses),
    "e45e2e8fd25c",
)
