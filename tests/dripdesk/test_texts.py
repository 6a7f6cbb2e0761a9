from __future__ import annotations

import pytest

from dripdesk.texts import grade, is_gsm, placeholders, sms_segments, syllables


@pytest.mark.parametrize(
    ("text", "segments"),
    [
        ("a" * 160, 1),
        ("a" * 161, 2),
        ("a" * 306, 2),
        ("a" * 307, 3),
        ("€" * 80, 1),
        ("€" * 81, 2),
        ("’" + "a" * 69, 1),
        ("’" + "a" * 70, 2),
        ("😀" * 35, 1),
        ("😀" * 36, 2),
        ("", 1),
    ],
)
def test_segments(text: str, segments: int) -> None:
    """3GPP TS 23.038: 160 septets alone, 153 in a part; 70 and 67 characters in UCS-2."""
    assert sms_segments(text) == segments


def test_gsm_alphabet() -> None:
    assert is_gsm("¿Señor? @£$ {x} äöü")
    assert not is_gsm("it’s")
    assert not is_gsm("á")


@pytest.mark.parametrize(
    ("word", "count"),
    [("needle", 2), ("vein", 1), ("medicine", 3), ("hospital", 3), ("take", 1), ("covered", 2)],
)
def test_syllables(word: str, count: int) -> None:
    assert syllables(word) == count


def test_grade_is_flesch_kincaid() -> None:
    # 6 words, 1 sentence, 6 syllables: 0.39 * 6 + 11.8 * 1 - 15.59
    assert grade("The cat sat on the mat.") == pytest.approx(-1.45)


def test_terms_and_facts_count_as_one_plain_word() -> None:
    plain = grade("We give paper here.")
    assert grade("We give intramuscular here.", ["intramuscular"]) == plain
    assert grade("We give {therapies} here.") == plain
    assert grade("We give intramuscular here.") > plain


def test_placeholders_come_once_and_in_order() -> None:
    assert placeholders("{b} {a} {b}") == ["b", "a"]
