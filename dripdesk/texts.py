"""Measures of a text: its reading grade, and the SMS segments it takes."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence

GSM_BASIC = (
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡"
    "ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà"
)
GSM_EXTENDED = "^{}\\[~]|€"  # two septets each
PLAIN = str.maketrans(
    {
        **dict.fromkeys("\u2018\u2019\u201a\u2032\u00b4`", "'"),
        **dict.fromkeys("\u201c\u201d\u201e\u2033\u00ab\u00bb", '"'),
        **dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2015\u2212", "-"),
        **dict.fromkeys("\u2022\u2023\u25cf\u25aa\u00b7", "-"),
        **dict.fromkeys("\u00a0\u2007\u2009\u202f\t", " "),
        **dict.fromkeys("\u200b\u200d\u2060\ufeff"),
        "\u2026": "...",
        "\u00d7": "x",
        "\u2122": "",
        "\u00ae": "",
    }
)
"""Typographic characters, and what stands for each in the GSM-7 alphabet."""
UNACCENTED = str.maketrans("\u0142\u0141\u0111\u0110\u0131", "lLdDi")  # NFKD leaves these
SENTENCE_END = re.compile(r"(?<=[.!?])\s+")
BLANK, ANYWHERE = re.compile(r"\s+"), re.compile("")
PLACEHOLDER = re.compile(r"\{(\w+)\}")
SIMPLE_WORD = "paper"  # two syllables: what a name or a filled-in fact counts as


def placeholders(text: str) -> list[str]:
    """Return the names in braces, in order, each once."""
    return list(dict.fromkeys(PLACEHOLDER.findall(text)))


def sms_segments(text: str) -> int:
    """Return how many SMS segments a text takes (3GPP TS 23.038: 160/153 septets, 70/67 UCS-2)."""
    if is_gsm(text):
        length, single, part = len(text) + sum(c in GSM_EXTENDED for c in text), 160, 153
    else:
        length, single, part = len(text.encode("utf-16-be")) // 2, 70, 67
    return 1 if length <= single else -(-length // part)


def is_gsm(text: str) -> bool:
    """Whether every character is in the GSM-7 alphabet, which packs more into a segment."""
    return all(char in GSM_BASIC or char in GSM_EXTENDED for char in text)


def plain(text: str) -> str:
    """Return a text as far as can be in GSM-7: its quotes and dashes, and letters without accents.

    One character outside it would leave 67 to a segment; emoji and other symbols are left out.
    """
    return "".join(map(_plain, text.translate(PLAIN)))


def _plain(char: str) -> str:
    if is_gsm(char):
        return char
    base = unicodedata.normalize("NFKD", char)[0].translate(UNACCENTED)
    if is_gsm(base):
        return base
    return "" if unicodedata.category(char)[0] in "SMC" else char


def fit(text: str, more: str, most: int = 3, after: str = "") -> str:
    """Return a text of at most so many segments, with what comes after it.

    A text that is too long is cut where a sentence ends, or a word, and `more` comes after it.
    """
    if sms_segments(text + after) <= most:
        return text + after
    for pattern in (SENTENCE_END, BLANK, ANYWHERE):
        for match in reversed(list(pattern.finditer(text))):
            if match.start() and sms_segments(text[: match.start()] + more) <= most:
                return text[: match.start()] + more
    return more


def shorten(
    texts: Sequence[str], most: int, after: str = "", kept: Sequence[str] = ()
) -> list[str]:
    """Return several texts that together, joined by blanks, take at most so many segments.

    The longest loses its last sentence first. First sentences stay, and those in which one of
    `kept` stands; if these alone are too long, they are returned all the same.
    """
    parts = [SENTENCE_END.split(text) for text in texts]

    def places(part: list[str]) -> list[int]:
        return [n for n, one in enumerate(part) if n and not any(words in one for words in kept)]

    while sms_segments(" ".join(map(" ".join, parts)) + after) > most:
        longest = max((part for part in parts if places(part)), key=_length, default=None)
        if longest is None:
            break
        del longest[places(longest)[-1]]
    return [*map(" ".join, parts)]


def _length(sentences: Sequence[str]) -> int:
    return sum(map(len, sentences))


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
