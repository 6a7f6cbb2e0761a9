"""Tells which slots a message fills: one that begins an estimate, an answer, or a correction."""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal

from dripdesk.estimate import insurance
from dripdesk.estimate.clauses import CLAUSES, IN_PLACE, VISIT_IS, named_figures
from dripdesk.estimate.coinsurance import PERCENT_SIGN
from dripdesk.estimate.figures import clear_figures, has_digit, plain
from dripdesk.estimate.money import PAID, left_of_whole
from dripdesk.estimate.replies import is_back
from dripdesk.estimate.slots import ALLOWED, DEDUCTIBLE, DOES_NOT_APPLY, FIELDS, INSURER, UNKNOWN
from dripdesk.estimate.terms import READ, named

CHANGES = re.compile(r"\b(change|fix|correct|wrong|mistake|redo|edit)\b")
MEANT = re.compile(r"\b(i )?(meant?|mistyped|typo)\b|\bmake (it|that)\b|\bshould (be|have been)\b")
KNOWS_NOT = re.compile(
    r"\b(idk|dunno|don'?t know|do not know|not sure|no (idea|clue)|unsure|unknown|skip|pass"
    r"|beats me|can'?t (find|tell|say)|haven'?t got|who knows|not certain)\b|^\W*\?+\W*$"
)


ONLY_FIGURE = re.compile(
    r"\W*(?:\$ ?\d[\d,.]*|\d[\d,.]* ?(?:dollars?|bucks)?)(?: (?:left|to go))?\W*"
)
"""A clause that is nothing but a figure: "$500 left"."""
ASKS = re.compile(r"^\W*(?:so |and |ok )*(?:do|does|are|is|did|have|has|will) ")
"""What asks something else: "do you charge $50 for a no-show", "are you 100% sure"."""
IF = re.compile(r"\b(?:what )?if\b")
FOR_OTHERS = re.compile(
    r"\b(?:another|new) estimate\b|\bfor (?:him|her|them|my (?:mom|mother|dad|father|son|daughter"
    r"|wife|husband|sister|brother|friend|kid|child)\w*)\b|\b(?:thanks|sure|call me)\b"
)
AGAIN = re.compile(r"\b(if|what about|instead|again|same|redo|estimate|calculate|work it out)\b")


def first(text: str) -> dict[str, str]:
    """Return what the message that begins an estimate clearly tells, by slot."""
    kind = insurance.surely_named(text)
    return {**({INSURER: kind} if kind else {}), **named_figures(text, is_first=True)}


def changed(text: str, told: Mapping[str, str | None]) -> dict[str, str]:
    """Return what a text changes of the figures that an estimate was made of; nothing if nothing.

    "What if it is 1300 instead of 1200" changes the figure that was 1200.
    """
    bare = plain(text)
    if ASKS.match(bare) or FOR_OTHERS.search(bare):
        return {}
    told_here = IF.sub(" ", bare)  # a supposition is what is wanted here
    found = {**named_figures(told_here, is_first=True), **named_figures(told_here)}
    kind = insurance.surely_named(bare)
    if kind and AGAIN.search(bare):
        found[INSURER] = kind
    if found:
        return {name: value for name, value in found.items() if value != told[name]}
    place = IN_PLACE.search(bare)
    new = [one.number for one in clear_figures(IN_PLACE.sub(" ", bare))]
    if place and len(new) == 1:
        old = Decimal(place["old"].replace(",", ""))
        same = [name for name in FIELDS[1:] if _number(told[name]) == old]
        sign = re.sub(r"[\d.]", "", told[same[0]] or "") if len(same) == 1 else ""
        value = f"${new[0]:f}" if sign == "$" else f"{new[0]:f}{sign}"
        return {same[0]: value} if len(same) == 1 else {}
    is_paid = new == [_number(told[DEDUCTIBLE])] and PAID.search(bare)
    return {DEDUCTIBLE: "0"} if is_paid else {}


def _number(value: str | None) -> Decimal | None:
    figure = (value or "").strip("$%")
    return Decimal(figure) if has_digit(figure) else None


def answer(
    field: str, text: str, told: Mapping[str, str | None], has_missed: bool = False
) -> dict[str, str | None] | None:
    """Return the slots that a text fills while a field is asked for; None if it is no answer.

    A correction fills the field that it corrects, or empties it if it brings no figure: then that
    one is asked for again.
    """
    if is_back(text):
        last = _before(field, told) or (INSURER if field != INSURER else None)
        return {last: None} if last else None
    bare = plain(text)
    sure = named_figures(bare, is_first=True)  # as in a first message: nobody asked for the others
    about = {field, *sure, *([ALLOWED] if VISIT_IS.search(bare) else [])}
    found: dict[str, str | None] = {
        name: value for name, value in named_figures(bare).items() if name in about
    }
    if field == INSURER:
        kind = insurance.surely_named(bare) or (UNKNOWN if is_unknown(bare) else None)
        kind = kind or insurance.answered(_before_figures(bare) if found else bare)
        return {**found, **({INSURER: kind} if kind else {})} or None
    if any(name != field for name in found):
        return found | ({} if field in found else _unnamed(field, bare))
    if not found and (filled := _of_another(field, bare)):
        return filled
    if not has_digit(bare) and (filled := _without_figure(field, bare, told)):
        return filled
    before = _before(field, told)
    meant = before if before and MEANT.search(bare) and not has_missed else field
    names = named(bare)
    is_of_another = names and meant not in names and left_of_whole(bare) is not None
    value = None if is_of_another else READ[meant](bare)
    return None if value is None else {meant: value}


def _unnamed(field: str, bare: str) -> dict[str, str]:
    """Return the figure asked for, if it alone stands unnamed beside others: "500 left and 20%"."""
    clauses = [one for one in CLAUSES.split(bare) if one.strip() and not named(one)]
    sure = (one for one in clauses if ONLY_FIGURE.fullmatch(one) and not PERCENT_SIGN.search(one))
    read = [READ[field](one) for one in sure]
    values = [value for value in read if value is not None]
    return {field: values[0]} if len(values) == 1 else {}


def _before_figures(bare: str) -> str:
    """Return the words before the first comma, if no figure is among them: "work, 2200 allowed"."""
    before = bare.split(",")[0]
    return "" if has_digit(before) or named(before) else before


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
