"""Chooses the variant of a response that the facts allow, and fills the facts in."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from dripdesk.fact_types import show_list
from dripdesk.facts import FactBook, State
from dripdesk.texts import PLACEHOLDER, placeholders

Responses = Mapping[str, list[dict[str, Any]]]

# Which variant tells a state. The first state found wins: what is unknown outweighs the rest.
UNKNOWN = "_unknown"
VARIANTS = {
    State.CONFLICT: UNKNOWN,
    State.UNKNOWN: UNKNOWN,
    State.EXPIRED: "_expired",
    State.NO: "_no",
    State.PARTLY: "_partly",
}
# Placeholders filled from where the facts behind a text come from: the titles of the sources,
# the day the oldest was read, and the day the oldest was last checked by anyone.
PROVENANCE = ("sources", "as_of", "checked_on")
ABOUT = ("sources", "as_of", "reviewed_on")
NO_OFFER = "none"
"""What the slot `offer` holds where an answer offers nothing."""
LEADS = {"notice": "utter_notice", "hours": "utter_open"}
"""Facts that are told first, where they are known and the metadata of an answer asks for them."""


def needed_facts(responses: Responses, name: str, book: FactBook) -> list[str]:
    """Return the facts without which the response `name` cannot be said.

    These are the placeholders in its texts, and what its metadata lists under `needs`.
    """
    named: list[str] = []
    for variation in responses[name]:
        needs = metadata(variation).get("needs", [])
        spoken = [fact for fact in placeholders(variation["text"]) if fact in book]
        named += needs + [fact for fact in spoken if book.needed(fact)]
    return list(dict.fromkeys(named))


def choose(responses: Responses, name: str, book: FactBook) -> str:
    """Return `name`, or the variant of it that the states of its facts ask for.

    Where something is unknown, metadata may name under `otherwise` a response that says less.
    """
    states = {book.state(fact) for fact in needed_facts(responses, name, book)}
    for state, suffix in VARIANTS.items():
        if state in states:
            otherwise = metadata(responses[name][0]).get("otherwise")
            if otherwise and suffix == UNKNOWN:
                return choose(responses, otherwise, book)
            return name + suffix
    return name


def more(responses: Responses, base: str, book: FactBook) -> str | None:
    """Return the longer layer of a response, or None if there is none that today's facts allow."""
    layer = f"{base}_more"
    return layer if layer in responses and choose(responses, layer, book) == layer else None


def turn(responses: Responses, name: str, book: FactBook) -> list[str]:
    """Return all that one answer says, in order.

    What LEADS lists comes first where the metadata of `name` asks for it. What the chosen text's
    metadata names under `before` and `then` stands around it.
    """
    about = metadata(responses[name][0])
    said = [text for fact, text in LEADS.items() if about.get(fact) and book.state(fact).spoken]
    chosen = choose(responses, name, book)
    around = metadata(responses[chosen][0])
    for part in (around.get("before"), chosen, around.get("then")):
        if part:
            said.append(part if part == chosen else choose(responses, part, book))
    return said


def metadata(variation: Mapping[str, Any]) -> Mapping[str, Any]:
    """Return the metadata of one text of a response."""
    return variation.get("metadata") or {}


def pick(responses: Responses, name: str, channel: str) -> dict[str, Any]:
    """Return the text of a response for a channel (web, sms), else the one for all channels."""
    variations = responses[name]
    for wanted in (channel, None):
        for variation in variations:
            if variation.get("channel") == wanted and not variation.get("condition"):
                return variation
    return variations[0]


def fill(
    variation: Mapping[str, Any], book: FactBook, slots: Mapping[str, Any] | None = None
) -> tuple[str, dict[str, dict[str, str | None]]]:
    """Return the text with facts and slots filled in, and the facts that were told."""
    told: dict[str, dict[str, str | None]] = {}

    def value_of(name: str) -> str:
        if name in PROVENANCE:
            return _provenance(variation, book)[name]
        if name in book:
            shown = book.show(name)
            if book.state(name).spoken:
                told[name] = _record(name, book)
            return shown or ""
        return str((slots or {}).get(name) or "")

    text = PLACEHOLDER.sub(lambda match: value_of(match[1]), variation["text"])
    return text, told


def about(variation: Mapping[str, Any], book: FactBook) -> dict[str, str]:
    """Return where a text comes from, for whoever wants to know: nothing if nobody can say.

    `sources` are titles, `as_of` is the day on which the oldest was read. `reviewed_on`, the day of
    the oldest sign-off, is there only if somebody signed each fact behind the text.
    """
    told = _provenance(variation, book)
    return {name: told[name] for name in ABOUT if told[name]} if told["sources"] else {}


def render(responses: Responses, name: str, channel: str, book: FactBook) -> list[str]:
    """Return exactly what a patient would read on a channel, today: one text or more."""
    texts = [pick(responses, said, channel) for said in turn(responses, name, book)]
    return [fill(text, book)[0] for text in texts]


def _record(name: str, book: FactBook) -> dict[str, str | None]:
    origins = [fact for fact in book.origins(name) if fact.value is not None]
    oldest = min((fact.as_of for fact in origins if fact.as_of), default=None)
    return {
        "value": book.show(name),
        "state": book.state(name).value,
        "source": ", ".join(dict.fromkeys(fact.source for fact in origins if fact.source)),
        "as_of": oldest.isoformat() if oldest else None,
    }


def _provenance(variation: Mapping[str, Any], book: FactBook) -> dict[str, str]:
    own = metadata(variation)
    names = [*own.get("needs", []), *placeholders(variation["text"])]
    origins = [
        fact
        for name in names
        if name in book and book.needed(name)
        for fact in book.origins(name)
        if fact.value is not None
    ]
    ids = [*_listed(own.get("source", [])), *(str(fact.source) for fact in origins)]
    titles = [book.sources[i].title if i in book.sources else "the clinic" for i in ids]
    read = [date.fromisoformat(own["as_of"])] if "as_of" in own else []
    read += [fact.as_of for fact in origins if fact.as_of]
    checked = [fact.checked_on for fact in origins if fact.checked_on]
    reviewed = [fact.reviewed_on for fact in origins if fact.reviewed_on]
    # What a text says of its own accord, with a source, nobody signs.
    is_reviewed = origins and len(reviewed) == len(origins) and "source" not in own
    return {
        "sources": show_list(tuple(dict.fromkeys(titles))),
        "as_of": _show_day(min(read, default=None)),
        "checked_on": _show_day(min(checked, default=None)),
        "reviewed_on": _show_day(min(reviewed)) if is_reviewed else "",
    }


def _listed(value: str | list[str]) -> list[str]:
    return [value] if isinstance(value, str) else value


def _show_day(day: date | None) -> str:
    return f"{day:%B} {day.day}, {day.year}" if day else ""
