"""The texts for danger: the number first, short, calm, and never without it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from dripdesk import safety_texts
from dripdesk.danger import LEVELS
from dripdesk.fact_files import load_facts
from dripdesk.settings import Settings
from dripdesk.texts import grade, is_gsm, sms_segments
from tests.conftest import BookOf

NUMBERS = {
    "emergency": "911",
    "allergic": "911",
    "line": "911",
    "active_harm": "911",
    "crisis": "988",
    "poison": "1-800-222-1222",
    "urgent_today": "914-460-4891",
}
ENGLISH = [(use, channel) for use in NUMBERS for channel in ("web", "sms")]


def told(use: str, channel: str, book_of: BookOf, in_spanish: bool = False) -> list[str]:
    level = use if use in LEVELS else "emergency"
    return safety_texts.danger(level, use, channel, book_of("fuse"), in_spanish)


def sentences(text: str) -> list[str]:
    return re.split(r"(?<=[.!?]) ", text)


def test_every_text_is_tested() -> None:
    assert set(safety_texts.texts()["danger"]) == {*NUMBERS, "urgent_today_unknown"}


@pytest.mark.parametrize(("use", "channel"), ENGLISH)
def test_the_number_stands_in_the_first_sentence(use: str, channel: str, book_of: BookOf) -> None:
    for text in told(use, channel, book_of, in_spanish=True):
        assert NUMBERS[use] in sentences(text)[0]


@pytest.mark.parametrize(("use", "channel"), ENGLISH)
def test_each_says_911_the_clinics_phone_and_that_no_nurse_reads(
    use: str, channel: str, book_of: BookOf
) -> None:
    spanish, english = told(use, channel, book_of, in_spanish=True)
    for text in (spanish, english):
        assert "911" in text
        assert "914-460-4891" in text
        assert "?" not in sentences(text)[0]
    assert re.search(r"[Nn]o nurse (is reading this chat|reads (these texts|this))", english)
    assert "Ninguna enfermera lee" in spanish


@pytest.mark.parametrize("use", NUMBERS)
def test_each_is_one_segment_in_either_language(use: str, book_of: BookOf) -> None:
    for text in told(use, "sms", book_of, in_spanish=True):
        assert is_gsm(text)
        assert sms_segments(text) == 1


@pytest.mark.parametrize(("use", "channel"), ENGLISH)
def test_each_is_easy_to_read(use: str, channel: str, book_of: BookOf) -> None:
    assert grade(told(use, channel, book_of)[-1]) <= 6


def test_english_comes_alone_and_spanish_first(book_of: BookOf) -> None:
    assert len(told("emergency", "web", book_of)) == 1
    spanish, english = told("emergency", "web", book_of, in_spanish=True)
    assert spanish.startswith("Llame al 911 ahora.")
    assert english.startswith("Call 911 now.")


def test_the_spanish_awaits_a_translator() -> None:
    assert safety_texts.texts()["spanish_reviewed"] == {"by": None, "on": None}


def every_text(**options: object) -> Iterator[str]:
    for level in LEVELS:
        for channel in ("web", "sms"):
            yield from safety_texts.danger(level, level, channel, in_spanish=True, **options)  # type: ignore[arg-type]


def test_without_a_phone_nothing_is_missing(tmp_path: Path) -> None:
    empty = tmp_path / "clinic.yml"
    empty.write_text("phone: null\n")
    book = load_facts(replace(Settings(), clinic_facts=empty))
    for text in (*every_text(book=book), *every_text(book=None)):
        assert "911" in text
        assert "{" not in text
        assert "phone" not in text
        assert "  " not in text


def test_a_clinic_can_change_nothing_but_its_phone(book_of: BookOf) -> None:
    fuse, complete = (list(every_text(book=book_of(name))) for name in ("fuse", "complete"))
    phone = book_of("complete").show("phone")
    assert [text.replace("914-460-4891", str(phone)) for text in fuse] == complete


AFTERWARDS = [(level, channel) for level in LEVELS for channel in ("web", "sms")]


@pytest.mark.parametrize(("level", "channel"), AFTERWARDS)
def test_what_is_said_afterwards_promises_nothing_and_names_the_number(
    level: str, channel: str, book_of: BookOf
) -> None:
    text = safety_texts.after(level, level, channel, book_of("fuse"))
    assert text.startswith(("Thank you for telling me.", "Thank you for writing back."))
    assert not re.search(r"\b(will|fine|safe|sure|soon)\b", text)
    assert "911" in text
    assert (NUMBERS[level] if level != "urgent_today" else "914-460-4891") in text
    assert grade(text) <= 6
    if channel == "sms":
        assert is_gsm(text)
        assert sms_segments(text) == 1


def test_after_talk_of_a_weapon_988_is_named_again(book_of: BookOf) -> None:
    assert "988" in safety_texts.after("emergency", "active_harm", "web", book_of("fuse"))
    assert "988" not in safety_texts.after("emergency", "allergic", "web", book_of("fuse"))
