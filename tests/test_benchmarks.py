"""The figures of the benchmarks: what is computed, not how fast anything is."""

from __future__ import annotations

from random import Random

import pytest

from benchmarks.figures import Share, percentile, recall_at_acceptance
from benchmarks.nlu.measures import shares, texts
from benchmarks.nlu.sets import Message, Split
from benchmarks.nlu.typos import edited, misspelt

QUESTION = "does the needle stay in my arm the whole time?"


@pytest.mark.parametrize(
    ("right", "n", "lower"), [(0, 0, 0), (0, 10, 0), (10, 10, 0.722), (81, 263, 0.255)]
)
def test_wilsons_lower_bound(right: int, n: int, lower: float) -> None:
    assert Share(right, n).lower == pytest.approx(lower, abs=0.001)


def test_recall_at_acceptance_accepts_enough() -> None:
    inside = [number / 100 for number in range(1, 101)]  # five may be refused: the next is .06
    assert recall_at_acceptance(inside, [0.01, 0.059, 0.06, 0.9]) == Share(2, 4)


def test_equal_scores_are_all_accepted() -> None:
    assert recall_at_acceptance([0.5] * 20, [0.5, 0.4]) == Share(1, 2)


def test_percentile() -> None:
    assert [percentile(range(100), percent) for percent in (50, 95, 100)] == [49, 94, 99]


def test_typos_are_the_same_each_time() -> None:
    assert misspelt(QUESTION, 0.3) == misspelt(QUESTION, 0.3) != QUESTION
    assert misspelt(QUESTION, 0) == QUESTION
    assert misspelt(QUESTION, 0.3, seed=2) != misspelt(QUESTION, 0.3)


def test_about_as_many_words_are_misspelt_as_asked_for() -> None:
    words = [f"word{number}" for number in range(2000)]
    changed = misspelt(" ".join(words), 0.3).split()
    assert 0.25 < sum(map(str.__ne__, words, changed)) / len(words) < 0.35


def test_an_edit_changes_a_letter_at_most() -> None:
    for seed in range(200):
        random = Random(seed)
        assert -1 <= len(edited("clinic", random)) - len("clinic") <= 1
        assert edited("a", random)


def test_shares() -> None:
    messages = [
        Message("what time", "tidy", ("faq_hours", "faq_phone")),
        Message("wat", "sms", ("faq_hours",)),
        Message("hi", "habits", ("greet",)),
        Message("tell a joke", "out_of_scope", ("out_of_scope",)),
    ]
    split = Split("s", {"faq_hours": ["when"]}, messages, frozenset({"faq_hours", "faq_phone"}))

    def answer(intent: str, topic: float) -> dict[str, object]:
        return {"intent": intent, "ranking": {intent: 0.9, "faq_hours": topic}}

    clean = [
        answer("faq_phone", 0.8),
        answer("nlu_fallback", 0.3),
        answer("greet", 0.0),
        answer("faq_hours", 0.2),
    ]
    typos = [answer("faq_hours", 0.9)] * 4
    assert len(texts(split)) == len(clean + typos)
    found = shares(split, clean + typos)
    assert found["recognised", "all"] == Share(1, 2)
    assert found["recognised", "typo, sms"] == Share(0, 1)
    assert found["recognised, 30% typos", "all"] == Share(2, 2)
    assert found["recognised, fallback aside", "all"] == Share(2, 2)
    assert found["recognised", "habits"] == Share(1, 1)
    assert found["not declined", "all"] == Share(1, 2)
    assert found["declined", "out_of_scope"] == Share(0, 1)
    assert found["told apart at 95 % acceptance", "out_of_scope"] == Share(1, 1)
