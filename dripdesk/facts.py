"""Facts a patient may be told: what each one is, how sure we are of it, and how it reads."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import Enum
from pathlib import Path
from typing import Any

from dripdesk.fact_types import TYPES, show_list, show_number


class State(Enum):
    """What may be said of a fact on a given day."""

    KNOWN = "known"
    UNREVIEWED = "unreviewed"  # spoken, with source and "as of"; never called reviewed
    PARTLY = "partly"  # of a list's members some are known, some are not
    NO = "no"  # the clinic does not offer it
    EXPIRED = "expired"
    UNKNOWN = "unknown"
    CONFLICT = "conflict"  # two files give different values: told as unknown

    @property
    def spoken(self) -> bool:
        """Whether the value may stand in a sentence."""
        return self in (State.KNOWN, State.UNREVIEWED, State.PARTLY)


@dataclass(frozen=True)
class Group:
    """How long facts of one kind stay good, and what happens then."""

    max_age_days: int | None
    """Days from the review (or, unreviewed, from the reading of the source); None: no limit."""
    when_expired: State | None
    """EXPIRED: said to be old, UNKNOWN: not told, None: still told (a dead end is worse)."""
    needs_review: bool = False
    """Medical and cost facts: unknown until reviewed when REQUIRE_REVIEW is set."""
    reviewers: tuple[str, ...] = ()
    """Roles one of which must sign; empty: anyone at the clinic."""


CLINICAL = ("nurse", "pharmacist", "prescriber")
BILLING = ("billing", "pharmacist")
GROUPS: Mapping[str, Group] = {
    "identity": Group(365, None),
    "contact": Group(180, None),
    "hours": Group(90, State.EXPIRED),
    "notice": Group(None, State.UNKNOWN),
    "service": Group(365, State.EXPIRED),
    "amenity": Group(365, State.EXPIRED),
    "visit": Group(365, State.EXPIRED),
    "insurance": Group(90, State.UNKNOWN, True, BILLING),
    "fee": Group(365, State.UNKNOWN, True, BILLING),
    "cost": Group(365, State.UNKNOWN, True, BILLING),
    "drug": Group(365, State.UNKNOWN, True, CLINICAL),
    "education": Group(730, None, True, CLINICAL),
}


@dataclass(frozen=True)
class Source:
    """Where a fact was read."""

    id: str
    title: str
    """How it is named to a patient."""
    publisher: str


@dataclass(frozen=True)
class Field:
    """What a fact may hold, apart from the value that one clinic gives it."""

    type: str
    group: str
    unit: str = ""
    meaning: str = ""
    when_unknown: str | None = None
    """Words that stand in for an unknown value, so that a sentence with it can still be said."""
    of: tuple[str, ...] = ()
    """For type list: the yes/no facts whose labels it gathers."""
    label: str = ""
    """How a yes/no fact is called in such a list."""
    of_clinic: bool = False
    """Whether it is for each clinic to fill in."""
    file: Path = dataclasses.field(default=Path(), compare=False)
    line: int = dataclasses.field(default=0, compare=False)


@dataclass(frozen=True)
class Fact:
    """One value with all that is needed to judge whether it may be told."""

    name: str
    field: Field
    value: Any = None
    source: str | None = None
    as_of: date | None = None
    """The day the source was read."""
    reviewed_on: date | None = None
    reviewed_by: str | None = None
    expires: date | None = None
    confidence: str = "high"
    conflict: bool = False
    file: Path = dataclasses.field(default=Path(), compare=False)
    line: int = dataclasses.field(default=0, compare=False)

    @property
    def checked_on(self) -> date | None:
        """The day it was last looked at: by a reviewer, or when its source was read."""
        return max((day for day in (self.reviewed_on, self.as_of) if day), default=None)

    @property
    def last_day(self) -> date | None:
        """The last day on which it counts as current, or None if it does not age."""
        limit = GROUPS[self.field.group].max_age_days
        aged = self.checked_on + timedelta(limit) if self.checked_on and limit else None
        return self.expires or aged

    def state(self, today: date, require_review: bool = False) -> State:
        """Return what may be said of it today."""
        group = GROUPS[self.field.group]
        if self.conflict:
            return State.CONFLICT
        if self.value is None or self.confidence in ("low", "unverified"):
            return State.UNKNOWN
        if self.field.type == "notices":
            return State.KNOWN if notices_of(self, today) else State.UNKNOWN
        if require_review and group.needs_review and not self.reviewed_on:
            return State.UNKNOWN
        if self.expires and today > self.expires:  # whoever wrote that wants it to end
            return group.when_expired or State.UNKNOWN
        if self.last_day and today > self.last_day and group.when_expired:
            return group.when_expired
        if self.value is False:
            return State.NO
        return State.KNOWN if self.reviewed_on else State.UNREVIEWED


def notices_of(fact: Fact, today: date) -> tuple[Any, ...]:
    """Return the notices that are told today."""
    return tuple(notice for notice in fact.value or () if notice.start <= today <= notice.end)


@dataclass(frozen=True)
class FactBook:
    """All facts of one clinic, as they may be told on the day that `today` returns."""

    facts: Mapping[str, Fact]
    sources: Mapping[str, Source]
    require_review: bool = False
    today: Callable[[], date] = date.today

    def __contains__(self, name: object) -> bool:
        return name in self.facts

    def state(self, name: str) -> State:
        """Return the state of a fact, or of a list made from others. Raises KeyError."""
        fact = self.facts[name]
        if not fact.field.of:
            return fact.state(self.today(), self.require_review)
        states = [self.state(member) for member in fact.field.of]
        if not any(state.spoken for state in states):
            shared = set(states)
            return shared.pop() if len(shared) == 1 else State.UNKNOWN
        if not all(state.spoken or state is State.NO for state in states):
            return State.PARTLY
        return State.UNREVIEWED if State.UNREVIEWED in states else State.KNOWN

    def show(self, name: str) -> str | None:
        """Return the fact as a patient reads it, its stand-in words if unknown, or None."""
        fact = self.facts[name]
        if not self.state(name).spoken:
            return fact.field.when_unknown
        if fact.field.of:
            members = (member for member in fact.field.of if self.state(member).spoken)
            return show_list(tuple(self.facts[member].field.label for member in members))
        if fact.field.type == "notices":
            return TYPES["notices"].show(notices_of(fact, self.today()))
        if fact.field.type == "number":
            return show_number(fact.value, fact.field.unit)
        return TYPES[fact.field.type].show(fact.value)

    def needed(self, name: str) -> bool:
        """Whether a sentence that names this fact cannot be said while it is unknown."""
        return self.facts[name].field.when_unknown is None

    def origins(self, name: str) -> tuple[Fact, ...]:
        """Return the facts with a value of their own that this one rests on: itself, or members."""
        fact = self.facts[name]
        if not fact.field.of:
            return (fact,)
        return tuple(origin for member in fact.field.of for origin in self.origins(member))

    def about_drug(self, drug: str | None) -> FactBook:
        """Return the facts with those of one medicine as drug_name, drug_route and so on.

        `drug` is its name in vocabulary.yml; for None, or one we have no facts on, they stay
        unknown.
        """
        key = (drug or "").replace(" ", "_")
        own = {
            general: replace(self.facts[f"{key}{general.removeprefix('drug')}"], name=general)
            for general in self.facts
            if general.startswith("drug_") and f"{key}{general.removeprefix('drug')}" in self.facts
        }
        given = self.facts.get("drugs_given")
        if drug and given and given.value is not None:
            field = replace(self.facts["drug_given"].field, of=())
            own["drug_given"] = replace(given, field=field, value=drug in given.value)
        return replace(self, facts={**self.facts, **own})

    def about_company(self, names: Iterable[str]) -> FactBook:
        """Return the facts with `plan_listed`: whether plans of a company are in network.

        `names` are what the company is called; for none it stays unknown.
        """
        plans = self.facts.get("insurance_plans")
        if plans is None or plans.value is None or not (called := {*map(_letters, names)}):
            return self
        field = replace(self.facts["plan_listed"].field, of=())
        is_listed = not called.isdisjoint(map(_letters, plans.value))
        listed = replace(plans, name="plan_listed", field=field, value=is_listed)
        return replace(self, facts={**self.facts, "plan_listed": listed})

    def awaiting_review(self) -> list[Fact]:
        """Return the facts that have a value nobody has signed off, in the order of the files."""
        return [
            fact
            for fact in self.facts.values()
            if fact.value is not None and not fact.reviewed_on and fact.field.type != "notices"
        ]


def _letters(name: str) -> str:
    """Return a name without blanks, marks and case: "United Healthcare" is UnitedHealthcare."""
    return "".join(filter(str.isalnum, name.casefold()))
