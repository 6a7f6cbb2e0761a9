from __future__ import annotations

import unicodedata

import gsm0338  # noqa: F401 (registers the codec gsm03.38)
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dripdesk.texts import (
    GSM_BASIC,
    GSM_EXTENDED,
    fit,
    grade,
    is_gsm,
    placeholders,
    plain,
    shorten,
    sms_segments,
    syllables,
)


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


@given(st.text(alphabet=st.sampled_from(GSM_BASIC + GSM_EXTENDED), max_size=700))
def test_septets_are_those_of_an_independent_codec(text: str) -> None:
    septets = len(text.encode("gsm03.38"))
    assert sms_segments(text) == (1 if septets <= 160 else -(-septets // 153))
    assert is_gsm(text)


def test_the_alphabet_is_that_of_an_independent_codec() -> None:
    """All characters of Unicode's first plane; controls (escape, page break) are never sent."""
    chars = [chr(code) for code in range(0x10000)]
    chars = [one for one in chars if unicodedata.category(one) not in ("Cc", "Cs")]
    assert "".join(filter(is_gsm, chars)) == "".join(filter(can_be_written, chars))


def can_be_written(char: str) -> bool:
    try:
        return bool(char.encode("gsm03.38"))
    except UnicodeError:
        return False


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "We\u2019ll give you \u201cwarm blankets\u201d \u2013 and\u00a0more\u2026",
            'We\'ll give you "warm blankets" - and more...',
        ),
        ("\u2022 one\n\u2022 two", "- one\n- two"),
        ("Señor, ¿cómo?", "Señor, ¿como?"),
        ("\u0141ukasz \U0001f62c\ufe0f and Ren\u00e9e", "Lukasz  and Renée"),
        ("\u738b", "\u738b"),
        ("plain", "plain"),
    ],
)
def test_typographic_characters_become_plain(text: str, expected: str) -> None:
    assert plain(text) == expected


MORE = " More: call 914-460-4891."


@given(st.text(alphabet="abc .!?é\U0001f600", min_size=1, max_size=900), st.integers(1, 4))
def test_a_text_is_cut_to_its_segments(text: str, most: int) -> None:
    cut = fit(text, MORE, most)
    assert sms_segments(cut) <= most
    assert cut == text or cut.endswith(MORE)
    assert text.startswith(cut.removesuffix(MORE))


def test_it_is_cut_where_a_sentence_ends() -> None:
    text = "A first sentence. " * 12
    assert fit(text, MORE, 1).endswith("A first sentence." + MORE)
    assert fit("word " * 60, MORE, 1).endswith("word" + MORE)


def test_what_comes_after_is_kept_if_there_is_room() -> None:
    assert fit("Yes.", MORE, 1, "\n1. One") == "Yes.\n1. One"


def test_of_several_texts_the_longest_is_shortened() -> None:
    long, short = "First. " + "A sentence that goes on. " * 8 + "The last one.", "Short. And sweet."
    texts = shorten([long, short], 1)
    assert sms_segments(" ".join(texts)) == 1
    assert texts[0].startswith("First. A sentence that goes on.")
    assert "The last one." not in texts[0]
    assert texts[1] == short


def test_what_must_be_read_is_not_cut() -> None:
    long = "First. In an emergency, call 911. " + "A sentence that goes on. " * 8
    (text, _) = shorten([long, "Short."], 1, kept=("911",))
    assert text.startswith("First. In an emergency, call 911.")
    assert shorten(["One. " + "x" * 200, "Two."], 1, kept=("x",)) == ["One. " + "x" * 200, "Two."]
