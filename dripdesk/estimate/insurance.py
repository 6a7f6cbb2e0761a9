"""Finds the kind of insurance in a text: one that is surely named, or one that answers for it."""

from __future__ import annotations

import re
from typing import NamedTuple

from dripdesk.estimate.figures import plain


class Words(NamedTuple):
    """By which words a patient names a kind of insurance."""

    sure: re.Pattern[str]
    """In any message, so also where something else is asked or told."""
    answer: re.Pattern[str]
    """In an answer to the question for it: there "no" or "work" is enough."""


KINDS = {
    "medicare_advantage": Words(
        sure=re.compile(r"\badvantage\b|\bpart c\b|\bmedicare (hmo|ppo|adv)\b|\bma plan\b"),
        answer=re.compile(
            r"advantage|part c\b|medicare (hmo|ppo|adv)|^\W*ma\W*$|\bma plan", re.IGNORECASE
        ),
    ),
    "medicaid": Words(
        sure=re.compile(r"\bmedicaid\b|\bmedi-?cal\b"),
        answer=re.compile(r"medicaid|medi-?cal\b|\bchip\b", re.IGNORECASE),
    ),
    "medicare": Words(
        sure=re.compile(r"\bmedicare\b(?! (adv|advantage|hmo|ppo)\b)|\bpart b\b"),
        answer=re.compile(r"medicare|part b\b", re.IGNORECASE),
    ),
    "none": Words(
        sure=re.compile(
            r"\b(no|without|not have|don't have|haven't got)( any| health)? insurance\b"
            r"|\b(un|not )insured\b|\bself[- ]?pay(ing)?\b"
        ),
        answer=re.compile(
            r"^\W*(i have |got )?(none|no|nothing|nope|nada|n/?a)( at all)?\W*$"
            r"|\b(uninsured|self[ -]?pay(ing)?|cash|out of pocket|not insured)\b"
            r"|\b(no|without|don'?t have|not have|haven'?t got|lost)( any| my| health| medical)*"
            r" (insurance|coverage|plan)\b|\b(don'?t|not) have (any|it|one|that)\W*$",
            re.IGNORECASE,
        ),
    ),
    "private": Words(
        sure=re.compile(
            r"\b(through|thru|from|by|via|with) (my |his |her |our |the )?"
            r"(work|job|employer|husband|wife|spouse|company|union|parents?|market ?place|exchange)"
            r"|\b(employer|market ?place|private|commercial|work|job|group) (plan|insurance)\b"
            r"|\bobamacare\b"
        ),
        answer=re.compile(
            r"\b(work|job|employ)|market ?place|private|obama|exchange|group|company|commercial"
            r"|union|ppo|hmo|blue|cross|bcbs|aetna|cigna|united|uhc|humana|anthem|kaiser|oscar"
            r"|ambetter|parent|husband|wife|spouse|school|college|insurance",
            re.IGNORECASE,
        ),
    ),
}
"""The kinds, in the order in which an answer is tried for them: the surest words first."""
NOT_MINE = re.compile(
    r"\b(no|not|never|don'?t|isn'?t|ain'?t|without)( have| got| get)?( on| any| a)?"
    r" (medicare advantage|advantage|medicare|medicaid|medi-?cal|part [bc])\b"
    r"|\b(lost|quit|between|no|out of)( my| a)? (job|jobs|work)\b|\b(don'?t|not) work(ing)?\b",
    re.IGNORECASE,
)
"""What a patient says not to have: "not medicare, aetna", "i lost my job"."""


def surely_named(text: str) -> str | None:
    """Return the one kind of insurance that a text surely names, a key of KINDS, or None."""
    bare = _mine(plain(text))
    found = [kind for kind, words in KINDS.items() if words.sure.search(bare)]
    return found[0] if len(found) == 1 else None


def answered(text: str) -> str | None:
    """Return the kind of insurance, a key of KINDS, that answers the question for it, or None."""
    bare = _mine(text)
    return next((kind for kind, words in KINDS.items() if words.answer.search(bare)), None)


def _mine(text: str) -> str:
    return NOT_MINE.sub(" ", text)
