"""What patients say of an estimate that is no figure."""

from __future__ import annotations

import pytest

from dripdesk.estimate.replies import asks_meaning, is_back, is_declined, is_wanted


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("go back", True),
        ("wait, can i go back please", True),
        ("back up a step", True),
        ("the previous question", True),
        ("go back, the visit is 1300", False),
        ("when can i go back to work", False),
    ],
)
def test_one_question_back(text: str, expected: bool) -> None:
    assert is_back(text) is expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("what does allowed amount mean", True),
        ("what's that mean?", True),
        ("where do i find that", True),
        ("how would i know that?", True),
        ("why do you need that", True),
        ("no understand allowed", True),
        ("where do i park", False),
        ("where can i find parking", False),
        ("how do i know if it is working", False),
        ("why is it 500", False),
        ("i don't know", False),
    ],
)
def test_what_a_figure_means(text: str, expected: bool) -> None:
    assert asks_meaning(text) is expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("can you work it out for me", True),
        ("estimate cost medicaid", True),
        ("please run the numbers", True),
        ("I'd like an estimate", True),
        ("how do i get a good faith estimate", False),
        ("i want an estimate in writing", False),
        ("my doctor will work with you", False),
        ("i work out in the mornings", False),
        ("i need to figure out which number", False),
        ("what does it cost", False),
        ("what is the j code, my plan wants it to give me an estimate", False),
    ],
)
def test_who_wants_a_sum(text: str, expected: bool) -> None:
    assert is_wanted(text) is expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("i dont need an estimate just the codes", True),
        ("No, I don\u2019t want a quote", True),
        ("I don't need the whole amount", False),
        ("I need an estimate, don't I", False),
    ],
)
def test_an_estimate_can_be_declined(text: str, expected: bool) -> None:
    assert is_declined(text) is expected
    assert not (expected and is_wanted(text))
