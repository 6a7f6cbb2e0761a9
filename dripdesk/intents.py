"""The intents that are no topic and that more than one module knows by name."""

from __future__ import annotations

FALLBACK = "nlu_fallback"
"""What is not understood, as Rasa calls it."""
ADVICE, OUT_OF_SCOPE = "clinical_advice", "out_of_scope"
AFTER_DANGER = "after_danger"
"""What follows a safety text and says that help has come, or that none is needed any more."""
DECLINED = frozenset([ADVICE, OUT_OF_SCOPE])
"""What is understood and not answered."""


def is_topic(intent: str) -> bool:
    """Return whether what is understood so has an answer of its own, if only that there is none."""
    return intent.startswith("faq_") or intent in DECLINED
