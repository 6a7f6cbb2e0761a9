"""What may be said of a fact, by its value, its review and the day."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from dripdesk.fact_types import Notice
from dripdesk.facts import GROUPS, Fact, FactBook, Field, State

DAY = date(2026, 11, 22)
TEXT = Field(type="text", group="amenity")
FACT = Fact("f", TEXT, value="yes", source="S01", as_of=DAY)
REVIEWED = replace(FACT, reviewed_on=DAY, reviewed_by="Ann, nurse")
COST = replace(FACT, field=Field(type="number", group="cost"), value=(Decimal(5),))


@pytest.mark.parametrize(
    ("fact", "today", "state"),
    [
        (FACT, DAY, State.UNREVIEWED),
        (REVIEWED, DAY, State.KNOWN),
        (replace(FACT, value=None), DAY, State.UNKNOWN),
        (replace(FACT, confidence="low"), DAY, State.UNKNOWN),
        (replace(FACT, confidence="unverified"), DAY, State.UNKNOWN),
        (replace(FACT, confidence="medium"), DAY, State.UNREVIEWED),
        (replace(FACT, conflict=True), DAY, State.CONFLICT),
        (replace(FACT, field=Field("yes_no", "amenity"), value=False), DAY, State.NO),
        # amenities: 365 days, then said to be old
        (REVIEWED, date(2027, 11, 22), State.KNOWN),
        (REVIEWED, date(2027, 11, 23), State.EXPIRED),
        (FACT, date(2027, 11, 23), State.EXPIRED),
        # contact: still told, a dead end is worse
        (replace(REVIEWED, field=Field("text", "contact")), date(2029, 1, 1), State.KNOWN),
        # insurance: 90 days, then not told
        (replace(REVIEWED, field=Field("text", "insurance")), date(2027, 2, 20), State.KNOWN),
        (replace(REVIEWED, field=Field("text", "insurance")), date(2027, 2, 21), State.UNKNOWN),
        # unless somebody wrote when it ends
        (replace(REVIEWED, field=Field("text", "contact"), expires=DAY), DAY, State.KNOWN),
        (replace(REVIEWED, field=Field("text", "contact"), expires=DAY), date(2026, 11, 23),
         State.UNKNOWN),
        # a figure of one year
        (replace(COST, expires=date(2026, 12, 31)), date(2026, 12, 31), State.UNREVIEWED),
        (replace(COST, expires=date(2026, 12, 31)), date(2027, 1, 1), State.UNKNOWN),
    ],
)  # fmt: skip
def test_state(fact: Fact, today: date, state: State) -> None:
    assert fact.state(today) is state


def test_the_age_counts_from_the_day_of_the_review() -> None:
    old = replace(REVIEWED, as_of=date(2026, 1, 1))
    assert old.state(date(2027, 11, 22)) is State.KNOWN
    assert old.state(date(2027, 11, 23)) is State.EXPIRED


def test_each_group_ages_as_was_agreed() -> None:
    agreed = {
        "identity": (365, None),
        "contact": (180, None),
        "hours": (90, "EXPIRED"),
        "notice": (None, "UNKNOWN"),
        "service": (365, "EXPIRED"),
        "amenity": (365, "EXPIRED"),
        "visit": (365, "EXPIRED"),
        "insurance": (90, "UNKNOWN"),
        "fee": (365, "UNKNOWN"),
        "cost": (365, "UNKNOWN"),
        "drug": (365, "UNKNOWN"),
        "education": (730, None),
    }
    told = {n: g.when_expired and g.when_expired.name for n, g in GROUPS.items()}
    assert {n: (g.max_age_days, told[n]) for n, g in GROUPS.items()} == agreed
    reviewed = {name for name, group in GROUPS.items() if group.needs_review}
    assert reviewed == {"insurance", "fee", "cost", "drug", "education"}


def test_required_review_silences_cost_and_medical_facts_only() -> None:
    assert COST.state(DAY, require_review=True) is State.UNKNOWN
    signed = replace(COST, reviewed_on=DAY, reviewed_by="Lee, billing")
    assert signed.state(DAY, require_review=True) is State.KNOWN
    assert FACT.state(DAY, require_review=True) is State.UNREVIEWED


def book(**facts: Fact) -> FactBook:
    return FactBook(facts, {}, today=lambda: DAY)


def yes_no(value: bool | None, label: str) -> Fact:
    return replace(FACT, field=Field("yes_no", "amenity", label=label), value=value)


@pytest.mark.parametrize(
    ("tv", "wifi", "state", "shown"),
    [
        (True, True, State.UNREVIEWED, "TV and WiFi"),
        (False, True, State.UNREVIEWED, "WiFi"),
        (None, True, State.PARTLY, "WiFi"),
        (None, None, State.UNKNOWN, None),
        (None, False, State.UNKNOWN, None),
    ],
)
def test_a_list_made_from_yes_and_no(
    tv: bool | None, wifi: bool | None, state: State, shown: str | None
) -> None:
    comforts = Fact("comforts", Field("list", "amenity", of=("tv", "wifi")))
    facts = book(tv=yes_no(tv, "TV"), wifi=yes_no(wifi, "WiFi"), comforts=comforts)
    assert facts.state("comforts") is state
    assert facts.show("comforts") == shown


def test_an_unknown_fact_reads_as_its_stand_in() -> None:
    field = Field("phone", "contact", when_unknown="the number on your card")
    assert book(phone=Fact("phone", field)).show("phone") == "the number on your card"
    assert book(fax=Fact("fax", Field("phone", "contact"))).show("fax") is None


def test_a_notice_is_told_from_its_first_to_its_last_day() -> None:
    notices = (Notice("Closed for snow.", date(2026, 12, 1), date(2026, 12, 2)),)
    fact = replace(FACT, field=Field("notices", "notice"), value=notices)
    days = [date(2026, 11, 30), date(2026, 12, 1), date(2026, 12, 2), date(2026, 12, 3)]
    assert [fact.state(day).spoken for day in days] == [False, True, True, False]


def test_whether_the_plans_of_a_company_are_in_network() -> None:
    plans = replace(FACT, field=Field("list", "insurance"), value=("Aetna", "United Healthcare"))
    asked = Fact("plan_listed", Field("yes_no", "insurance"))
    facts = book(insurance_plans=plans, plan_listed=asked)
    assert facts.about_company(["UnitedHealthcare", "UHC"]).state("plan_listed").spoken
    assert facts.about_company(["aetna"]).state("plan_listed").spoken
    assert facts.about_company(["Humana"]).state("plan_listed") is State.NO
    assert facts.about_company([]).state("plan_listed") is State.UNKNOWN
    nobody_said = book(insurance_plans=replace(plans, value=None), plan_listed=asked)
    assert nobody_said.about_company(["Aetna"]).state("plan_listed") is State.UNKNOWN


def test_the_facts_of_one_medicine() -> None:
    general = {name: Fact(name, Field("text", "drug")) for name in ("drug_name", "drug_time")} | {
        "drug_given": Fact("drug_given", Field("yes_no", "service"))
    }
    iron = replace(FACT, field=Field("text", "drug"), value="iron (Venofer)")
    given = replace(FACT, field=Field("list", "service"), value=("iron sucrose",))
    facts = book(**general, iron_sucrose_name=iron, drugs_given=given)
    about = facts.about_drug("iron sucrose")
    assert about.show("drug_name") == "iron (Venofer)"
    assert about.state("drug_time") is State.UNKNOWN
    assert about.state("drug_given") is State.UNREVIEWED
    assert facts.about_drug("infliximab").state("drug_given") is State.NO
    assert facts.about_drug(None).state("drug_name") is State.UNKNOWN
