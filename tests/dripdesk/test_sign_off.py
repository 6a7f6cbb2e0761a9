from __future__ import annotations

import os
import shutil
import sys
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from dripdesk import sign_off
from dripdesk.fact_files import load_facts
from dripdesk.facts import FactBook, State
from dripdesk.settings import PROJECT, Settings
from dripdesk.sign_off import SignOffError, report, sign

DAY = date(2026, 11, 22)


@pytest.fixture
def data(tmp_path: Path) -> Path:
    shutil.copytree(PROJECT / "data", tmp_path / "data")
    return tmp_path / "data"


def read(data: Path, require_review: bool = False) -> FactBook:
    settings = Settings(data=data, clinic_facts=data / "clinic", require_review=require_review)
    return replace(load_facts(settings, lambda: DAY))


def test_a_signed_fact_is_known_and_the_rest_of_its_file_stays(data: Path) -> None:
    before = (data / "clinic" / "contact.yml").read_text().splitlines()
    assert read(data).state("phone") is State.UNREVIEWED
    sign(read(data), "phone", "Ann Lee", "manager", DAY)
    after = (data / "clinic" / "contact.yml").read_text().splitlines()
    assert read(data).state("phone") is State.KNOWN
    assert read(data).facts["phone"].reviewed_by == "Ann Lee, manager"
    assert [line for line in before if line not in after] == [before[2]]
    assert len(before) == len(after)


def test_who_may_read_the_file_stays(data: Path) -> None:
    file = data / "clinic" / "contact.yml"
    file.chmod(0o640)
    before = os.umask(0o077)
    try:
        sign(read(data), "phone", "Ann Lee", "manager", DAY)
    finally:
        os.umask(before)
    assert file.stat().st_mode & 0o777 == 0o640


def test_a_folder_that_cannot_be_written_to_is_told(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def refused(*_: object) -> None:
        raise PermissionError(13, "Permission denied", "contact.yml")

    monkeypatch.setattr(sign_off, "_write", refused)
    monkeypatch.setattr(sys, "argv", ["sign_off", "phone", "--name=Ann", "--role=manager"])
    assert sign_off.main() == 1
    assert "Permission denied" in capsys.readouterr().out


def test_the_list_names_the_folder_of_the_facts(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "argv", ["sign_off"])
    assert sign_off.main() == 0
    first = capsys.readouterr().out.splitlines()[0]
    assert first == f"Facts of the clinic: {PROJECT / 'data' / 'clinic'}"


def test_a_medical_fact_is_spoken_under_required_review_once_a_nurse_signed(data: Path) -> None:
    assert read(data, require_review=True).state("iv_catheter") is State.UNKNOWN
    sign(read(data), "iv_catheter", "Kim Roe", "nurse", DAY)
    assert read(data, require_review=True).state("iv_catheter") is State.KNOWN


@pytest.mark.parametrize(
    ("name", "signer", "role", "day", "why"),
    [
        ("iv_catheter", "Ann", "manager", DAY, "can be signed by: nurse, pharmacist, prescriber"),
        ("hours", "Ann", "manager", DAY, "no value of its own"),
        ("amenities", "Ann", "manager", DAY, "no value of its own"),
        ("nothing", "Ann", "manager", DAY, "no value of its own"),
        ("phone", "", "manager", DAY, "NAME and ROLE"),
        ("phone", "Ann", "manager", date(2026, 11, 23), "in the future"),
    ],
)
def test_what_cannot_be_signed(
    data: Path, name: str, signer: str, role: str, day: date, why: str
) -> None:
    with pytest.raises(SignOffError, match=why):
        sign(read(data), name, signer, role, day)


def test_the_report_lists_what_waits_and_who_may_sign(data: Path) -> None:
    lines = report(read(data)).splitlines()
    assert "phone: 914-460-4891 (S01, 2026-11-22; to sign: anyone at the clinic)" in lines
    assert any(line.startswith("hcci_office: $254") and "billing" in line for line in lines)
    assert not any(line.startswith("hours") for line in lines)
