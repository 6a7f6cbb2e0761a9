"""What is asked behind a greeting is found, and a greeting is left whole."""

from __future__ import annotations

import pytest

from addons.nlu.courtesies import behind


@pytest.mark.parametrize(
    ("mended", "asked"),
    [
        ("hello can i bring a friend", "can i bring a friend"),
        ("hi there , where are you", "where are you"),
        ("good morning to whom do i talk about a bill ?", "to whom do i talk about a bill ?"),
        ("thanks a lot ! one more , is there a fax ?", "is there a fax ?"),
        ("hey quick question , how long is it", "how long is it"),
        ("bye . oh and do you take cash", "do you take cash"),
        ("bye , oh wait what's the address", "what's the address"),
        ("thanks , that helps . last one - do i need an order", "do i need an order"),
        ("no thanks , how much is it", "how much is it"),
    ],
)
def test_what_is_asked(mended: str, asked: str) -> None:
    assert behind(mended) == asked


@pytest.mark.parametrize(
    "mended",
    [
        "",
        "hello",
        "hi there , how ?",
        "thank you so much for your help",
        "good morning from all of us",
        "high blood pressure is what i have",
        "is there wifi",
        "goodbye and take care",
    ],
)
def test_nothing_is_asked(mended: str) -> None:
    assert behind(mended) is None
