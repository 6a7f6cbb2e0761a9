"""Measures of a text: its reading grade, and the SMS segments it takes."""

from __future__ import annotations

import re
from collections.abc import Iterable

GSM_BASIC = (
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡"
    "ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà"
)
GSM_EXTENDED = "^{}\\[~]|€"  # two septets each
PLACEHOLDER = re.compile(r"\{(\w+)\}")
SIMPLE_WORD = "paper"  # two syllables: what a name or a filled-in fact counts as


def placeholders(text: str) -> list[str]:
    """Return the names in braces, in order, each once."""
    return list(dict.fromkeys(PLACEHOLDER.findall(text)))


def sms_segments(text: str) -> int:
    """Return how many SMS segments a text takes (3GPP TS 23.038: 160/153 septets, 70/67 UCS-2)."""
    if all(char in GSM_BASIC or char in GSM_EXTENDED for char in text):
        length, single, part = len(text) + sum(c in GSM_EXTENDED for c in text), 160, 153
    else:
        length, single, part = len(text.encode("utf-16-be")) // 2, 70, 67
    return 1 if length <= single else -(-length // part)


def is_gsm(text: str) -> bool:
    """Whether every character is in the GSM-7 alphabet, which packs more into a segment."""
    return all(char in GSM_BASIC or char in GSM_EXTENDED for char in text)


def syllables(word: str) -> int:
    """Return the syllables of an English word, counted by its vowel groups (at least one)."""
    word = re.sub(r"[^a-z]", "", word.lower())
    groups = re.findall(r"[aeiouy]+", word)
    count = len(groups)
    if word.endswith("e") and not word.endswith(("le", "ee", "ye")) and count > 1:
        count -= 1
    if re.search(r"[^td]ed$", word) and count > 1:
        count -= 1
    return max(count, 1)


def grade(text: str, terms: Iterable[str] = ()) -> float:
    """Return the Flesch-Kincaid grade (Kincaid et al. 1975) of an English text.

    Terms (drug, route, insurance and therapy names) and placeholders count as one two-syllable
    word each.
    """
    for term in sorted(terms, key=len, reverse=True):
        text = re.sub(rf"\b{re.escape(term)}s?\b", SIMPLE_WORD, text, flags=re.IGNORECASE)
    text = PLACEHOLDER.sub(SIMPLE_WORD, text)
    words = re.findall(r"[A-Za-z0-9][A-Za-z0-9'-]*", text)
    sentences = len(re.findall(r"[.!?:;](?:\s|$|\")", text)) or 1
    if not words:
        return 0.0
    total = sum(syllables(word) for word in words)
    return 0.39 * len(words) / sentences + 11.8 * total / len(words) - 15.59
