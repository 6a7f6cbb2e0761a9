"""Tells which slots a message fills: one that begins an estimate, an answer, or a correction."""

from __future__ import annotations

import re
from collections.abc import Mapping

from dripdesk.estimate import insurance
from dripdesk.estimate.clauses import named_figures
from dripdesk.estimate.figures import has_digit, plain
from dripdesk.estimate.slots import DOES_NOT_APPLY, FIELDS, INSURER, UNKNOWN
from dripdesk.estimate.terms import READ, named

CHANGES = re.compile(r"\b(change|fix|correct|wrong|mistake|redo|edit)\b")
MEANT = re.compile(r"\b(i )?(meant?|mistyped|typo)\b|\bmake (it|that)\b|\bshould (be|have been)\b")
KNOWS_NOT = re.compile(
    r"\b(idk|dunno|don'?t know|do not know|not sure|no (idea|clue)|unsure|unknown|skip|pass"
    r"|beats me|can'?t (find|tell|say)|haven'?t got|who knows|not certain)\b|^\W*\?+\W*$"
)


def first(text: str) -> dict[str, str]:
    """Return what the message that begins an estimate clearly tells, by slot."""
    kind = insurance.surely_named(text)
    return {**({INSURER: kind} if kind else {}), **named_figures(text, is_first=True)}


def answer(
    field: str, text: str, told: Mapping[str, str | None], has_missed: bool = False
) -> dict[str, str | None] | None:
    """Return the slots that a text fills while a field is asked for; None if it is no answer.

    A correction fills the field that it corrects, or empties it if it brings no figure: then that
    one is asked for again.
    """
    bare = plain(text)
    sure = named_figures(bare, is_first=True)  # as in a first message: nobody asked for the others
    named_here = named_figures(bare).items()
    found: dict[str, str | None] = {n: value for n, value in named_here if n == field or n in sure}
    if field == INSURER:
        kind = insurance.surely_named(bare) or (UNKNOWN if is_unknown(bare) else None)
        kind = kind or (None if found else insurance.answered(bare))
        return {**found, **({INSURER: kind} if kind else {})} or None
    if any(name != field for name in found):
        return found
    if not found and (filled := _of_another(field, bare)):
        return filled
    if not has_digit(bare) and (filled := _without_figure(field, bare, told)):
        return filled
    before = _before(field, told)
    meant = before if before and MEANT.search(bare) and not has_missed else field
    value = READ[meant](bare)
    return None if value is None else {meant: value}


def is_unknown(text: str) -> bool:
    """Whether a patient says not to know: "idk", "not sure"."""
    return bool(KNOWS_NOT.search(text.lower().replace("\u2019", "'")))


def _of_another(field: str, bare: str) -> dict[str, str | None] | None:
    """Return the other figure that a text says not to know, or to be wrong; None if none."""
    names = named(bare)
    if len(names) != 1 or field in names:
        return None
    if is_unknown(bare):
        return dict.fromkeys(names, UNKNOWN)
    return dict.fromkeys(names) if CHANGES.search(bare) else None


def _without_figure(
    field: str, bare: str, told: Mapping[str, str | None]
) -> dict[str, str | None] | None:
    """Return what a text tells in words: another insurance, or that the field is not known."""
    kind = insurance.surely_named(bare)
    is_wrong = CHANGES.search(bare) and re.search(r"\binsurance\b", bare)
    if is_wrong or (kind and kind != told[INSURER]):
        return {INSURER: kind}
    return {field: UNKNOWN} if is_unknown(bare) else None


def _before(field: str, told: Mapping[str, str | None]) -> str | None:
    """Return the figure that was told last before a field, or None."""
    earlier = FIELDS[1 : FIELDS.index(field)]
    return next((name for name in reversed(earlier) if told[name] != DOES_NOT_APPLY), None)
