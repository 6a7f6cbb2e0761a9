"""Mends what patients type on a phone: shorthand, misspelt and run-together words."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from importlib.resources import files
from itertools import islice

from symspellpy import SymSpell, Verbosity
from symspellpy.editdistance import DistanceAlgorithm, EditDistance

SHORTEST_REPAIRED = 3
SHORTEST_GUESSED = 4
"""A shorter word has too many neighbours to tell which one was meant: only swapped or undoubled
letters of a frequent one are mended ("teh", "bil")."""
FREQUENT = 50
"""How often the subject has a word for that."""
TWO_EDITS_FROM = 8
"""A word this long may be mended in two places; a shorter one in one."""
COMMON = 5
"""A word that the subject has this often is right, also if no word list has it ("biologics") ..."""
TYPO_RATIO = 2
"""... unless a neighbour from the word list is this many times as frequent ("infusoin")."""
MOST_REPAIRS = 12
"""Repairs in one message: a looked-up word costs time, and a longer message needs it less."""
QUOTES = str.maketrans(
    {"\u2018": "'", "\u2019": "'", "\u201c": '"', "\u201d": '"', "\u2013": "-", "\u2014": "-"}
)


def _counted_words() -> Iterator[str]:
    lines = files("symspellpy").joinpath("frequency_dictionary_en_82_765.txt").read_text("utf-8")
    return (line.split(" ")[0].lstrip("\ufeff") for line in lines.splitlines())


@lru_cache(maxsize=1)
def english_words() -> frozenset[str]:
    """Return the English words of symspellpy's frequency list, lower case."""
    return frozenset(_counted_words())


def frequent_words(count: int) -> list[str]:
    """Return that many of the English words that are most frequent, lower case."""
    return list(islice(_counted_words(), count))


def normalise(text: str) -> str:
    """Return the text in NFKC and lower case, with plain quotes and dashes."""
    return unicodedata.normalize("NFKC", text).translate(QUOTES).lower()


def tokens(text: str) -> list[str]:
    """Return the words and marks of a text, normalised."""
    return re.findall(r"w/o\b|w/|[^\W_]+(?:'[^\W_]+)*|[^\w\s]", normalise(text))


class Speller:
    """Mends words towards those of a subject; a correct word, a name or a number stays.

    It may be used from several threads at a time.
    """

    def __init__(
        self,
        words: Mapping[str, int],
        shorthand: Mapping[str, str],
        names: Iterable[str] = (),
    ) -> None:
        """Take the words of the subject with their counts, the shorthand, and names to protect."""
        self._shorthand = {short: long for short, long in shorthand.items() if " " not in short}
        parts = {part for name in names for part in normalise(name).split()}
        english = english_words()
        # Not symspellpy's own, which keeps its sums where other threads overwrite them.
        distance = EditDistance(DistanceAlgorithm.DAMERAU_OSA_FAST)
        # With prefix_length=5 it takes 20 MB less, but mends four of 30,000 sentences wrongly.
        self._index = SymSpell(max_dictionary_edit_distance=2, distance_comparer=distance)
        self._learn({word: count for word, count in words.items() if word in english})
        self._learn({part: max(2, words.get(part, 0)) for part in parts})
        self._learn({word: count for word, count in words.items() if self._is_common(word, count)})

    def _learn(self, words: Mapping[str, int]) -> None:
        """Take up words that others may be mended to."""
        for word, count in words.items():
            if word not in self._index.words:
                self._index.create_dictionary_entry(word, count)

    def _is_common(self, word: str, count: int) -> bool:
        if count < COMMON or self._is_known(word):
            return False
        near = self._index.lookup(word, Verbosity.TOP, max_edit_distance=_edits(word))
        return not near or near[0].count < TYPO_RATIO * count

    def repair(self, text: str) -> str:
        """Return the text normalised and mended, its tokens joined by blanks."""
        left = MOST_REPAIRS
        mended = []
        for token in tokens(text):
            if token in self._shorthand:
                mended.append(self._shorthand[token])
            elif left and self._is_unknown(token):
                left -= 1
                mended.append(self.mend(token))
            else:
                mended.append(token)
        return " ".join(mended)

    def _is_unknown(self, token: str) -> bool:
        return (
            len(token) >= SHORTEST_REPAIRED
            and token.isascii()
            and token.isalpha()
            and not self._is_known(token)
        )

    def _is_known(self, word: str) -> bool:
        return word in self._index.words or word in english_words()

    def mend(self, word: str) -> str:
        """Return the word that a lower-case word was meant to be, or the word itself."""
        if not self._is_unknown(word):
            return word
        if len(word) < SHORTEST_GUESSED:
            near = self._index.lookup(word, Verbosity.CLOSEST, max_edit_distance=1)
            slips = (one for one in near if one.count >= FREQUENT and _is_slip(word, one.term))
            return str(next((one.term for one in slips), word))
        squeezed = re.sub(r"(.)\1{2,}", r"\1\1", word)  # "soooon" is "soon", "heyyy" is "heyy"
        for candidate in (squeezed, _undoubled(word)):
            if self._is_known(candidate):
                return candidate
        found = self._index.lookup(squeezed, Verbosity.CLOSEST, max_edit_distance=_edits(squeezed))
        if found:
            best = max(found, key=lambda one: (*_likeness(squeezed, one.term), one.count))
            return str(best.term)
        return self._split(squeezed) or word

    def _split(self, word: str) -> str | None:
        """Return "how long" for "howlong", by the more frequent words of the subject."""
        pairs = [(word[:i], word[i:]) for i in range(2, len(word) - 1)]
        counts = self._index.words
        known = [pair for pair in pairs if all(part in counts for part in pair)]
        best = max(known, key=lambda pair: min(map(counts.__getitem__, pair)), default=None)
        return " ".join(best) if best else None


def _edits(word: str) -> int:
    """Return in how many places a word may be mended."""
    return 2 if len(word) >= TWO_EDITS_FROM else 1


def _is_slip(typed: str, meant: str) -> bool:
    """Return whether letters were only swapped ("saty") or not doubled ("ofer")."""
    return sorted(typed) == sorted(meant) or _undoubled(typed) == _undoubled(meant)


def _undoubled(word: str) -> str:
    return re.sub(r"(.)\1+", r"\1", word)


def _likeness(typed: str, meant: str) -> tuple[bool, bool, bool]:
    """Rank words that are equally near.

    Fingers slip, seldom miss the first letter, and rather leave a letter out than add one.
    """
    return _is_slip(typed, meant), typed[0] == meant[0], len(typed) <= len(meant)
