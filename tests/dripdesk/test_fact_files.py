"""Facts on disk: what is refused, and what happens when a file changes under a running server."""

from __future__ import annotations

import logging
import shutil
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from dripdesk.fact_files import LiveFacts, load_facts
from dripdesk.facts import FactBook, State
from dripdesk.lined_yaml import FileError
from dripdesk.settings import PROJECT, Settings

DAY = date(2026, 11, 22)
PHONE = 'phone: {value: "+12125550142", source: S01, as_of: "2026-11-22"}'


def read(path: Path, text: str) -> FactBook:
    path.write_text(text)
    return load_facts(Settings(clinic_facts=path), lambda: DAY)


def test_fuse_infusion_is_as_its_page_has_it() -> None:
    book = load_facts(Settings(), lambda: DAY)
    assert book.show("clinic_name") == "Fuse Infusion"
    assert book.show("phone") == "914-460-4891"
    unknown = ("address", "hours", "timezone", "self_pay_price", "insurance_plans", "drugs_given")
    assert {book.state(name) for name in unknown} == {State.UNKNOWN}
    assert book.state("therapies") is State.PARTLY


def test_the_clinic_is_replaced_as_a_whole(tmp_path: Path) -> None:
    book = read(tmp_path / "clinic.yml", PHONE)
    assert book.show("phone") == "212-555-0142"
    assert book.show("clinic_name") == "the clinic"
    assert book.state("amenities") is State.UNKNOWN


@pytest.mark.parametrize(
    ("text", "mend"),
    [
        (PHONE.replace("+1212", "212"), r'clinic.yml:1: phone: .*"\+1"'),
        (f"{PHONE}\nhours: {{value: TBD, source: S01}}", "clinic.yml:2: hours: .*all seven days"),
        ('phone: {value: "+12125550142", as_of: "2026-11-22"}', "needs a source"),
        ('phone: {value: "+12125550142", source: S01}', "needs as_of"),
        ('phone: {value: "+12125550142", source: X9, as_of: "2026-11-22"}', "not in sources.yml"),
        (PHONE.replace("}", ", reviewed_on: 2026-12-01, reviewed_by: Ann}"), "in the future"),
        (PHONE.replace("}", ', reviewed_on: "2026-11-01"}'), "go together"),
        (PHONE.replace("}", ", confidence: sure}"), "confidence must be"),
        (PHONE.replace("}", ", note: x}"), "note is not a setting"),
        ("phoen: null", "'phoen' is not a fact we know"),
        ("amenities: {value: [x], source: S01}", "made from others"),
        ("phone: +12125550142", "write {value"),
        ('drugs_given: {value: [Remicade, tea], source: "clinic:manager", as_of: "2026-11-22"}',
         "drugs_given: tea is no medicine"),
        ("- phone", "must hold 'name: value' lines"),
        ("phone: {value: [", "not valid YAML"),
        (PHONE.replace('"2026-11-22"', "2026-02-30"), "clinic.yml:0: cannot be read .*day"),
        ("phone: \a", "cannot be read .*not allowed"),
        ("[a, b]: 1", "cannot be read .*unhashable"),
        (
            'self_pay_price: {value: 180, source: "clinic:manager", as_of: "2026-11-01", '
            'reviewed_on: "2026-11-01", reviewed_by: "Ann, cook"}',
            "must name the role",
        ),
    ],
)  # fmt: skip
def test_a_wrong_file_is_refused_with_line_and_mend(tmp_path: Path, text: str, mend: str) -> None:
    with pytest.raises(FileError, match=mend):
        read(tmp_path / "clinic.yml", text)


def test_a_file_that_is_not_utf_8_is_refused(tmp_path: Path) -> None:
    (tmp_path / "clinic.yml").write_bytes("clinic_name: Café".encode("latin-1"))
    with pytest.raises(FileError, match="Is it saved as UTF-8"):
        load_facts(Settings(clinic_facts=tmp_path / "clinic.yml"), lambda: DAY)


def test_two_values_are_a_conflict_and_not_an_error(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    book = read(tmp_path / "clinic.yml", f"{PHONE}\n{PHONE.replace('0142', '0143')}")
    assert book.state("phone") is State.CONFLICT
    assert book.show("phone") == "the number on your appointment card"
    assert "two values" in caplog.text
    assert read(tmp_path / "clinic.yml", f"{PHONE}\n{PHONE}").show("phone") == "212-555-0142"


def test_a_missing_file_names_the_setting(tmp_path: Path) -> None:
    with pytest.raises(FileError, match="CLINIC_FACTS"):
        load_facts(Settings(clinic_facts=tmp_path / "none.yml"))


def test_a_change_is_picked_up_and_a_broken_one_is_not(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    clinic = tmp_path / "clinic"
    shutil.copytree(PROJECT / "data" / "clinic", clinic)
    live = LiveFacts(replace(Settings(), clinic_facts=clinic), lambda: DAY)
    contact = clinic / "contact.yml"
    good = contact.read_text()
    assert live.book().show("phone") == "914-460-4891"

    contact.write_text(good.replace("+19144604891", "+12125550142"))
    assert live.book().show("phone") == "212-555-0142"

    contact.write_text(good.replace("+19144604891", "212"))
    with caplog.at_level(logging.ERROR):
        assert live.book().show("phone") == "212-555-0142"
    assert "The last good facts stay in use" in caplog.text
    assert "contact.yml:3: phone" in caplog.text

    contact.write_text(good)
    assert live.book().show("phone") == "914-460-4891"


def test_the_vocabulary_is_read_again_too(tmp_path: Path) -> None:
    data = tmp_path / "data"
    shutil.copytree(PROJECT / "data", data)
    clinic = tmp_path / "clinic.yml"
    clinic.write_text(PHONE)
    live = LiveFacts(Settings(clinic_facts=clinic, data=data), lambda: DAY)
    clinic.write_text('drugs_given: {value: [newdrug], source: S01, as_of: "2026-11-22"}')
    assert live.book().facts["drugs_given"].value is None  # it is not known yet
    words = (data / "vocabulary.yml").read_text()
    (data / "vocabulary.yml").write_text(words.replace("drug:\n", "drug:\n  newdrug: []\n", 1))
    assert live.book().facts["drugs_given"].value == ["newdrug"]


def test_who_signed_another_value_has_not_signed_this_one(tmp_path: Path) -> None:
    signed = PHONE.replace("}", ', reviewed_on: "2026-11-21", reviewed_by: Ann}')
    book = read(tmp_path / "clinic.yml", signed)
    assert book.state("phone") is State.UNREVIEWED
    assert "phone" in [fact.name for fact in book.awaiting_review()]
    book = read(tmp_path / "clinic.yml", signed.replace("11-21", "11-22"))
    assert book.state("phone") is State.KNOWN


@pytest.mark.parametrize("zone", ["Pacific/Kiritimati", "Pacific/Pago_Pago"])  # 25 hours apart
def test_today_is_the_clinics_day(tmp_path: Path, zone: str) -> None:
    path = tmp_path / "clinic.yml"
    path.write_text(f'timezone: {{value: {zone}, source: S01, as_of: "2026-11-22"}}')
    assert load_facts(Settings(clinic_facts=path)).today() == datetime.now(ZoneInfo(zone)).date()


def test_a_value_in_one_file_takes_the_place_of_null_in_another(tmp_path: Path) -> None:
    (tmp_path / "a.yml").write_text("phone: null\n")
    (tmp_path / "b.yml").write_text(PHONE.replace("2026-11-22", "2024-01-02"))
    fact = load_facts(Settings(clinic_facts=tmp_path), lambda: DAY).facts["phone"]
    assert (fact.source, fact.as_of, fact.conflict) == ("S01", date(2024, 1, 2), False)


def test_medicines_are_known_by_any_of_their_names(tmp_path: Path) -> None:
    given = 'drugs_given: {value: [Remicade, vedolizumab], source: S01, as_of: "2026-11-22"}'
    book = read(tmp_path / "clinic.yml", given)
    assert book.facts["drugs_given"].value == ["infliximab", "vedolizumab"]
    assert book.about_drug("infliximab").facts["drug_given"].value is True
    assert book.about_drug("ocrelizumab").facts["drug_given"].value is False
