"""The safety screen: finds danger in a message with no model, no database and no Rasa."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import pairwise, product
from pathlib import Path
from typing import Any

from spacy.matcher import PhraseMatcher
from spacy.tokens import Doc
from spacy.vocab import Vocab

from dripdesk.danger import HELP, LEVELS, Danger, most_urgent
from dripdesk.language import is_spanish
from dripdesk.lined_yaml import FileError, LinedDict, load
from dripdesk.spelling import Speller, english_words, frequent_words, tokens

NEAR = 5  # words that may stand between two parts of a sign
THEME_WITHIN = 10  # words between a theme and the sign
DENIED_WITHIN = 3  # words between a denial and the sign
LONGEST_SENTENCE = 60  # words; a longer one is read in pieces, or the time would grow
ENDS = frozenset(".!?;|")
BREAKS = frozenset([",", "but", "and", "i", "im", "my", "he", "she", "because", "also"])
"""Words that end the reach of a denial: "no, i have chest pain"."""
FREQUENT = 3000
"""English words that a misspelt one may be mended to, besides those of the signs."""
THEMES = ("figure", "other")
"""Kinds of talk that count near a sign: "the price nearly gave me a heart attack"."""

Span = tuple[int, int]
"""A run of words: the first, and the one after the last."""
Found = Mapping[str, Sequence[Span]]
"""Where each part of a sign, and each kind of talk, stands in a sentence."""


@dataclass(frozen=True)
class Sign:
    """One way to say that there is danger: parts near each other, in this order or in any."""

    danger: Danger
    parts: tuple[str, ...]
    ordered: bool


class Screen:
    """Compares what is typed with the signs of data/general/danger_signs.yml."""

    def __init__(self, path: Path, shorthand: Mapping[str, str], names: Iterable[str]) -> None:
        """Read the signs; mend words with the shorthand, but no name. Raises FileError."""
        content = load(path)
        signs = list(_signs(path, content["rules"]))
        self._signs: dict[str, list[Sign]] = defaultdict(list)
        for sign in signs:
            self._signs[sign.parts[0]].append(sign)
        phrases = {
            part: _expand(content["words"].get(part, [part]))
            for sign in signs
            for part in sign.parts
        } | {kind: _expand(words) for kind, words in content["talk"].items()}
        self._vocab = Vocab()
        self._matcher = PhraseMatcher(self._vocab)
        for name, ways in phrases.items():
            self._matcher.add(name, [Doc(self._vocab, words=way.split()) for way in ways])
        self._alone = {text: level for level, ways in content["alone"].items() for text in ways}
        ways = (way for ways in phrases.values() for way in ways)
        self._spoken = {word for way in ways for word in way.split()}
        counts = dict.fromkeys(frequent_words(FREQUENT), 1) | dict.fromkeys(self._spoken, 100)
        self._speller = Speller(counts, shorthand, names)

    def mend(self, text: str) -> str:
        """Return the text in lower case with its words mended, joined by blanks.

        Spanish is left as it is: its words look like misspelt English ones.
        """
        # Half a surrogate pair, which JSON can carry, is refused by spaCy.
        text = text.encode("utf-8", "ignore").decode().replace("\n", " . ")
        return " ".join(tokens(text)) if is_spanish(text) else self._speller.repair(text)

    def find(self, text: str) -> Danger | None:
        """Return the most urgent danger that a text tells of, or None."""
        return self.find_mended(self.mend(text))

    def find_mended(self, mended: str) -> Danger | None:
        """Return the most urgent danger that a mended text tells of, or None."""
        if level := self._alone.get(mended.strip(" .!?")):
            return Danger(level, HELP, f"{level}: a number alone")
        return most_urgent(
            sign.danger
            for words in _sentences(_plain(mended).split())
            for sign in self._meant(words)
        )

    def suspect(self, mended: str) -> Danger | None:
        """Return the most urgent danger that a mended text tells of or talks about; it is not sure.

        For where no reader can tell the two apart.
        """
        seen = most_urgent(
            sign.danger
            for words in _sentences(_plain(mended).split())
            for sign, _ in self._found(words)
        )
        return replace(seen, sure=False) if seen else None

    def _meant(self, words: Sequence[str]) -> Iterator[Sign]:
        """Yield the signs in a sentence that do not only talk about danger."""
        return (sign for sign, is_meant in self._found(words) if is_meant)

    def _found(self, words: Sequence[str]) -> Iterator[tuple[Sign, bool]]:
        """Yield the signs in a sentence, and whether they do not only talk about danger."""
        found: dict[str, list[Span]] = {}
        # spaCy keeps every word that it has ever seen: it is shown only those of the signs.
        doc = Doc(self._vocab, words=[word if word in self._spoken else "_" for word in words])
        for key, start, end in self._matcher(doc):
            found.setdefault(self._vocab.strings[key], []).append((start, end))
        for sign in (sign for part in found for sign in self._signs.get(part, ())):
            if places := list(_places(sign, found)):
                yield sign, any(_is_meant(spans, words, found) for spans in places)


def _is_meant(spans: Sequence[Span], words: Sequence[str], found: Found) -> bool:
    """Return whether a sign at these places is neither offered, denied, long past nor talk."""
    first, last = min(start for start, _ in spans), max(end for _, end in spans)

    def said(kind: str) -> Iterator[Span]:
        """Yield where such talk stands, but not within the sign: "wont stop" is no denial."""
        for start, end in found.get(kind, ()):
            if all(end <= a or b <= start for a, b in spans):
                yield start, end

    offered = {start for start, _ in found.get("offered", ())}
    if any(start in offered for start, _ in spans):
        return False  # "cant we do that with a tablet i swallow"
    for start, end in said("denied"):
        is_before = end <= first <= end + DENIED_WITHIN and BREAKS.isdisjoint(words[end:first])
        if is_before or first < start < last:  # "no chest pain", "my chest does not hurt"
            return False
    far = min((_between(now, (first, last)) for now in said("now")), default=len(words))
    if any(_between(past, (first, last)) <= far for past in said("past")):
        return False  # "suicidal as a teenager, all good now", but not "in 2009, and now again"
    if any(said("asked")):
        return False
    themes = (theme for kind in THEMES for theme in said(kind))
    return all(_between(theme, (first, last)) > THEME_WITHIN for theme in themes)


def _between(one: Span, other: Span) -> int:
    """Return how many words stand between two runs of words."""
    return max(0, one[0] - other[1], other[0] - one[1])


def _places(sign: Sign, found: Found) -> Iterator[Sequence[Span]]:
    """Yield where all parts of a sign stand near enough to each other."""
    if any(part not in found for part in sign.parts):
        return
    for spans in product(*(found[part] for part in sign.parts)):
        ordered = spans if sign.ordered else sorted(spans)
        if all(0 <= after[0] - before[1] <= NEAR for before, after in pairwise(ordered)):
            yield spans


def _plain(text: str) -> str:
    """Return a text as signs are written: without apostrophes, and without accents."""
    letters = unicodedata.normalize("NFD", text)
    return "".join(one for one in letters if one != "'" and not unicodedata.combining(one))


def _sentences(words: Sequence[str]) -> Iterator[Sequence[str]]:
    start = 0
    for place, word in enumerate(words):
        if word in ENDS or place - start == LONGEST_SENTENCE:
            yield words[start:place]
            start = place if word not in ENDS else place + 1
    yield words[start:]


def _signs(path: Path, rules: LinedDict) -> Iterator[Sign]:
    for level, groups in rules.items():
        if level not in LEVELS:
            raise FileError(path, rules.lines[level], f"a level is one of {', '.join(LEVELS)}.")
        for group, rule in groups.items():
            for sign in map(str, rule["signs"]):
                danger = Danger(level, group, sign, tuple(rule["sources"]))
                yield Sign(danger, tuple(re.split(r" [+>] ", sign)), " > " in sign)


def _expand(phrases: Iterable[Any]) -> set[str]:
    """Return phrases with every word for "swell*" that begins so."""
    written = (_plain(str(one)).split() for one in phrases)
    return {" ".join(way) for words in written for way in product(*map(_ways, words))}


def _ways(word: str) -> Sequence[str]:
    if not word.endswith("*"):
        return (word,)
    stem = word[:-1]
    if stem.isdigit():
        return [str(year) for year in range(1900, 2100) if str(year).startswith(stem)]
    words = _sorted_words()
    return [stem, *words[bisect_left(words, stem) : bisect_left(words, stem + "~")]]


@lru_cache(maxsize=1)
def _sorted_words() -> Sequence[str]:
    return sorted(word for word in english_words() if word.isascii())
