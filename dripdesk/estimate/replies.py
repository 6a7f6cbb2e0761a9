"""Tells what patients say of an estimate that is no figure: make one, go back, what is that."""

from __future__ import annotations

import re

from dripdesk.estimate.figures import has_digit

WANTED = re.compile(
    r"\b(?:calculate|(?:work|figure|add) (?:it|this|that|mine|my \w+) (?:out|up)"
    r"|(?:work|figure) out (?:what|how much|my|an estimate)"
    r"|(?:can (?:we|you|u)|now|please|let'?s) (?:do|make|try) "
    r"(?:one for|hers|his|theirs|another one)"
    r"|run the numbers"
    r"|do the (?:math|sums?)|estimate (?:it|for me|mine|my|the|cost)|cost estimate"
    r"|(?:make|do|get|give me|give us|need|want|wants|like|have|with|through) "
    r"(?:me |us )?(?:an?|the|my|that) (?:rough |quick |personal )?estimate)\b"
)
"""What asks for a sum to be worked out."""
OF_OTHERS = re.compile(
    r"\bgood faith\b|\bin writing\b|\bwritten\b|\bpaper\b|\bdispute\b|\bcodes?\b"
)
"""What asks for an estimate in writing, or for what a plan needs to make one."""
BACK = re.compile(
    r"^\W*(?:(?:wait|no|ok|oh|please|sorry|can (?:i|we|you)|let'?s|let me)\W+)*"
    r"(?:go (?:back|one back)|back(?: up)?|(?:the )?(?:last|previous) (?:question|one|step))"
    r"(?: (?:please|pls|one|a step|a question|to (?:the )?(?:last|previous) \w+))*\W*$"
)
_FIGURE = (
    r"(?:allowed|deductible|share|coinsurance|copay|limit|max\w*|amount|figure|number|insurance)"
)
_IT = rf"(?: (?:it|that|this|out|those|the|my|an?|{_FIGURE}))*\W*$"
MEANING = re.compile(
    rf"^\W*(?:(?:wait|but|and|hm+|ok|sorry|idk|i don'?t know)\W+)*(?:the {_FIGURE}\W+)?"
    r"(?:(?:what|wat)(?:'?s| is| does| even is)?(?: an?| the)? allowed\b"
    r"|(?:what|wat)(?:'s| is| does| do)?(?: (?:you|that|this|it))* mean\b"
    rf"|no understand{_IT}|(?:i )?(?:don'?t|do not) (?:understand|get){_IT}"
    rf"|where (?:do|can|would|will) i (?:find|see|get|look){_IT}"
    rf"|how (?:do|would|should|can) i (?:know|find|tell|see){_IT}"
    r"|(?:and )?why (?:do|would) you (?:need|ask|want)|why\W*$)"
)
"""What asks for the sense of a figure, or where it stands."""
NOT_WANTED = re.compile(
    r"^\W*(?:(?:no|nope|but|wait|sorry|actually|ok)\W+)*(?:i )?(?:don'?t|do not) "
    r"(?:need|want) (?:an? |the |this |that |your |any )?(?:estimate|quote)\b"
)
"""What takes the wish for an estimate back."""


def is_declined(text: str) -> bool:
    """Whether a patient wants no estimate: "I don't need an estimate, just the codes"."""
    return bool(NOT_WANTED.search(text.lower().replace("\u2019", "'")))


def is_wanted(text: str) -> bool:
    """Whether a text asks for a sum to be worked out here, not for an estimate in writing."""
    bare = text.lower()
    is_meant = WANTED.search(bare) and not OF_OTHERS.search(bare)
    return bool(is_meant) and not is_declined(text)


def is_back(text: str) -> bool:
    """Whether a patient wants to go back to the question before."""
    return bool(BACK.match(text.lower().replace("\u2019", "'")))


def asks_meaning(text: str) -> bool:
    """Whether a patient asks what the figure is that is asked for, or where to find it."""
    bare = text.lower().replace("\u2019", "'")
    return bool(MEANING.match(bare)) and not has_digit(bare)
