"""How sentences look when they are typed in haste: "shes nt brethin rite"."""

from __future__ import annotations

import re
from random import Random

SHARE = 0.4
"""The share of the words of a sentence that are typed badly."""
SHORT_FORMS = {
    "and": "n", "are": "r", "be": "b", "because": "cuz", "before": "b4", "for": "4",
    "going": "goin", "gonna": "gna", "have": "hav", "great": "gr8", "hours": "hrs", "just": "jus",
    "minutes": "mins", "my": "mi", "people": "ppl", "please": "pls", "see": "c", "she's": "shes",
    "someone": "some1", "that": "dat", "the": "th", "to": "2", "today": "2day", "tonight": "2nite",
    "want": "wnt", "was": "wuz", "what": "wut", "when": "wen", "why": "y", "with": "w", "you": "u",
    "your": "ur",
}  # fmt: skip
SOUNDS = (
    ("ight", "ite"), ("ough", "uf"), ("tion", "shun"), ("ph", "f"), ("ck", "k"), ("ing", "in"),
    ("ea", "e"), ("ai", "a"), ("ee", "e"), ("oa", "o"), ("ou", "ow"), ("wh", "w"), ("ie", "ei"),
    ("x", "ks"), ("c", "k"), ("y", "i"), ("le", "el"), ("er", "r"), ("ed", "d"),
)  # fmt: skip
"""Letters that sound alike, or nearly."""
WORD = re.compile(r"[a-z']+", re.IGNORECASE)


def typed(text: str, random: Random) -> str:
    """Return a sentence as somebody types it who is in haste, or spells by ear."""
    hasty = WORD.sub(lambda word: _typed(word[0], random), text)
    return re.sub(r"[.,!;']", "", hasty.lower()) if random.random() < 0.7 else hasty


def _typed(word: str, random: Random) -> str:
    if random.random() > SHARE:
        return word
    if short := SHORT_FORMS.get(word.lower()):
        return short
    if len(word) < 4:
        return word
    return random.choice([_without_vowel, _swapped, _without_letter, _doubled, _heard])(
        word, random
    )


def _without_vowel(word: str, random: Random) -> str:
    places = [n for n in range(1, len(word)) if word[n] in "aeiou"]
    gone = set(random.sample(places, min(len(places), random.randint(1, 2))))
    return "".join(letter for n, letter in enumerate(word) if n not in gone)


def _swapped(word: str, random: Random) -> str:
    n = random.randrange(1, len(word) - 1)
    return word[:n] + word[n + 1] + word[n] + word[n + 2 :]


def _without_letter(word: str, random: Random) -> str:
    n = random.randrange(1, len(word))
    return word[:n] + word[n + 1 :]


def _doubled(word: str, random: Random) -> str:
    """Return a word with one letter twice, or once that stands twice."""
    once = re.sub(r"(.)\1", r"\1", word)
    if once != word:
        return once
    n = random.randrange(1, len(word))
    return word[:n] + word[n] + word[n:]


def _heard(word: str, random: Random) -> str:
    found = [pair for pair in SOUNDS if pair[0] in word[1:].lower()]
    if not found:
        return _without_letter(word, random)
    sound, heard = random.choice(found)
    return word[0] + word[1:].replace(sound, heard, 1)
