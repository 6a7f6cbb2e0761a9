"""Tells which events count without looking at each, where none takes others back.

Rasa compares each event with six classes, which are abstract ones, several times in a turn.
"""

from __future__ import annotations

from rasa.shared.core.events import (
    ActionReverted,
    ActiveLoop,
    Event,
    Restarted,
    SessionStarted,
    UserUtteranceReverted,
)
from rasa.shared.core.trackers import DialogueStateTracker

from addons.fast.swap import Swap

_stock = DialogueStateTracker.applied_events

BEGINNINGS = (Restarted, SessionStarted)
"""Of what came before these nothing counts, nor do they themselves."""
TAKE_BACK = (ActionReverted, UserUtteranceReverted, ActiveLoop)
"""These may take back what came before; in a form each run of it takes the last one back."""


def applied_events(self: DialogueStateTracker) -> list[Event]:
    """Return the events that count."""
    events = list(self.events)
    kinds = set(map(type, events))
    if any(issubclass(kind, TAKE_BACK) for kind in kinds):
        counting: list[Event] = _stock(self)
        return counting
    if any(issubclass(kind, BEGINNINGS) for kind in kinds):
        starts = [place for place, one in enumerate(events) if isinstance(one, BEGINNINGS)]
        return events[starts[-1] + 1 :]
    return events


SWAP = Swap(
    "histories", DialogueStateTracker, "applied_events", applied_events, (_stock,), "764d5065ea99"
)
