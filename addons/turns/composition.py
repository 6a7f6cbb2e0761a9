"""Makes one answer of the answers to several questions: one offer, and the number once."""

from __future__ import annotations

from collections.abc import Sequence

from dripdesk.language import is_spanish
from dripdesk.texts import SENTENCE_END

SAME, BELOW = "utter_same_number", "utter_number_below"
"""The responses that stand for the number where it is repeated, and where it is yet to come."""


def compose(
    answers: Sequence[Sequence[str]], phone: str, words: dict[str, str], is_number: Sequence[bool]
) -> list[list[str]]:
    """Return the texts of each answer as they read one after the other.

    What an answer offers at its end is left out where another follows, since "yes" means the last
    offer. The phone number stays where it was asked for (`is_number`), else where it comes first,
    and in what is said in Spanish, which has no English words in it.
    """
    *before, last = answers
    texts = [*map(_without_offer, before), list(last)]
    told = [n for n, some in enumerate(texts) if any(phone in text for text in some)]
    if not phone or len(told) < 2:
        return texts
    kept = next((n for n in told if is_number[n]), told[0])
    for n in told:
        if n != kept:
            instead = words[BELOW if n < kept else SAME]
            texts[n] = [t if is_spanish(t) else t.replace(phone, instead) for t in texts[n]]
    return texts


def _without_offer(texts: Sequence[str]) -> list[str]:
    """Return the texts of an answer without a question at its end, if more than that is left."""
    *first, last = texts
    sentences = SENTENCE_END.split(last)
    if last.endswith("?") and len(sentences) > 1:
        return [*first, last.removesuffix(sentences[-1]).rstrip()]
    return [*texts]
