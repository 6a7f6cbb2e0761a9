"""Mends what patients type on a phone: shorthand, misspelt and run-together words."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from functools import lru_cache
from importlib.resources import files

from symspellpy import SymSpell, Verbosity

SHORTEST_REPAIRED = 4
"""Shorter words have too many neighbours to tell which one was meant."""
TWO_EDITS_FROM = 8
"""A word this long may be mended in two places; a shorter one in one."""
COMMON = 5
"""A word that the subject has this often is right, also if no word list has it ("wifi")."""
MOST_REPAIRS = 12
"""Repairs in one message: a looked-up word costs time, and a longer message needs it less."""
QUOTES = str.maketrans(
    {"\u2018": "'", "\u2019": "'", "\u201c": '"', "\u201d": '"', "\u2013": "-", "\u2014": "-"}
)


@lru_cache(maxsize=1)
def english_words() -> frozenset[str]:
    """Return the English words of symspellpy's frequency list, lower case."""
    lines = files("symspellpy").joinpath("frequency_dictionary_en_82_765.txt").read_text("utf-8")
    return frozenset(line.split(" ")[0].lstrip("\ufeff") for line in lines.splitlines())


def normalise(text: str) -> str:
    """Return the text in NFKC and lower case, with plain quotes and dashes."""
    return unicodedata.normalize("NFKC", text).translate(QUOTES).lower()


class Speller:
    """Mends words towards those of a subject; a correct word, a name or a number stays."""

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
        self._counts = {
            word: count for word, count in words.items() if word in english or count >= COMMON
        }
        for part in parts:
            if len(part) >= SHORTEST_REPAIRED:
                self._counts[part] = max(2, self._counts.get(part, 0))
        self._known = english | self._counts.keys() | parts
        self._index = SymSpell(max_dictionary_edit_distance=2)
        for word, count in self._counts.items():
            self._index.create_dictionary_entry(word, count)

    def repair(self, text: str) -> str:
        """Return the text normalised and mended, its tokens joined by blanks."""
        left = MOST_REPAIRS
        mended = []
        for token in re.findall(r"w/o\b|w/|[^\W_]+(?:'[^\W_]+)*|[^\w\s]", normalise(text)):
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
            and token not in self._known
        )

    def mend(self, word: str) -> str:
        """Return the word that a lower-case word was meant to be, or the word itself."""
        if not self._is_unknown(word):
            return word
        squeezed = re.sub(r"(.)\1{2,}", r"\1\1", word)  # "soooon" is "soon", "heyyy" is "heyy"
        single = re.sub(r"(.)\1+", r"\1", word)
        for candidate in (squeezed, single):
            if candidate in self._known:
                return candidate
        edits = 2 if len(squeezed) >= TWO_EDITS_FROM else 1
        found = self._index.lookup(squeezed, Verbosity.CLOSEST, max_edit_distance=edits)
        if found:
            return str(found[0].term)
        return self._split(squeezed) or word

    def _split(self, word: str) -> str | None:
        """Return "how long" for "howlong", by the more frequent words of the subject."""
        pairs = [(word[:i], word[i:]) for i in range(2, len(word) - 1)]
        known = [pair for pair in pairs if all(part in self._counts for part in pair)]
        best = max(known, key=lambda pair: min(map(self._counts.__getitem__, pair)), default=None)
        return " ".join(best) if best else None
