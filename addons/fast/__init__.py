"""Parts of Rasa in less time: each a function that does the same, and can be switched off.

Rasa's files stay as they are. Each replacement names the source that it was written after; where
that has changed, it stays off. tests/addons/test_fast.py plays the same conversations with and
without them.
"""

from __future__ import annotations

from addons.fast import domains, events, histories, loads, logged, results, rules, runs, states
from addons.fast.swap import ALL, make_all, undo_all

__all__ = ["ALL", "SWAPS", "make_all", "undo_all"]

SWAPS = (
    results.SWAP,
    events.SWAP,
    domains.SWAP,
    histories.SWAP,
    loads.SWAP,
    runs.SWAP,
    states.SWAP,
    rules.SWAP,
    *logged.SWAPS,
)
