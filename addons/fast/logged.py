"""Copies nothing for lines of the log that are not written.

Rasa copies events and states in depth to hand them to its debug log, whether that is on or not.
"""

from __future__ import annotations

from types import SimpleNamespace

import rasa.core.processor
from rasa.core.policies import memoization, rule_policy

from addons.fast.swap import Swap

# In these modules nothing is copied but for the log: the hash of their source vouches for that.
NO_COPY = SimpleNamespace(deepcopy=lambda value: value)
SWAPS = [
    Swap("logged", rasa.core.processor, "copy", NO_COPY, (rasa.core.processor,), "f42dfbf26e2f"),
    Swap("logged", rule_policy, "copy", NO_COPY, (rule_policy,), "952d1a139065"),
    Swap("logged", memoization, "copy", NO_COPY, (memoization,), "e4519f1a04ec"),
]
