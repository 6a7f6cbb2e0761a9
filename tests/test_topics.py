"""What a patient reads: each topic's full text, for two clinics, on the web and by SMS."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from dripdesk.lined_yaml import load
from dripdesk.render import Responses, render
from dripdesk.settings import PROJECT
from dripdesk.texts import is_gsm, sms_segments
from tests.conftest import CLINICS, TODAY, BookOf

TOPICS = sorted((PROJECT / "tests" / "topics").glob("*.yml"))
NEW_YEAR = date(2027, 1, 2)


@pytest.mark.parametrize("channel", ["web", "sms"])
@pytest.mark.parametrize("clinic", CLINICS)
@pytest.mark.parametrize("path", TOPICS, ids=lambda path: path.stem)
def test_answer(
    path: Path, clinic: str, channel: str, book_of: BookOf, responses: Responses
) -> None:
    answers = load(path)["answers"]
    book = book_of(clinic).about_drug(answers.get("drug"))
    expected = answers[clinic][channel]
    expected = [expected] if isinstance(expected, str) else expected
    assert render(responses, f"utter_faq_{path.stem}", channel, book) == expected


@pytest.mark.parametrize("require_review", [False, True])
@pytest.mark.parametrize("day", [TODAY, NEW_YEAR, date(2029, 1, 1)], ids=str)
@pytest.mark.parametrize("clinic", CLINICS)
def test_every_state_of_the_facts_can_be_said(
    clinic: str, day: date, require_review: bool, book_of: BookOf, responses: Responses
) -> None:
    """No text with a hole in it, and no SMS turn over three segments, on any day."""
    book = book_of(clinic, day, require_review)
    for drug in (None, "infliximab", "rituximab", "golimumab"):
        for path in TOPICS:
            for channel in ("web", "sms"):
                about = book.about_drug(drug)
                texts = render(responses, f"utter_faq_{path.stem}", channel, about)
                whole = " ".join(texts)
                assert all(texts), path.stem
                assert not any(hole in whole for hole in ("{", "  ", " .", " ,", "()", "None"))
                if channel == "sms":
                    assert is_gsm(whole), path.stem
                    assert sms_segments(whole) <= 3, path.stem


def test_figures_of_a_year_are_gone_when_it_ends(book_of: BookOf, responses: Responses) -> None:
    this_year = " ".join(_all_texts(book_of("fuse"), responses))
    next_year = " ".join(_all_texts(book_of("fuse", NEW_YEAR), responses))
    assert "$283" in this_year
    assert "$283" not in next_year


def _all_texts(book, responses):  # type: ignore[no-untyped-def]
    return [text for p in TOPICS for text in render(responses, f"utter_faq_{p.stem}", "web", book)]
