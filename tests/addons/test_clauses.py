"""Messages are split where a further question begins, and nowhere else."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from addons.nlu.clauses import MOST, Clauses
from addons.nlu.questions import Cut

TOPICS = ("wifi", "parking", "hours")


class Network:
    """Sees a cut before each "and", likelier where a question word follows."""

    def find(self, text: str) -> list[Cut]:
        """Return the cuts."""
        places = [n for n in range(1, len(text)) if text[n:].startswith("and ")]
        return [Cut(n, 0.9 if text[n:].startswith("and is") else 0.3) for n in places]


class Opinions:
    """A text asks what it names; whoever gives an opinion on it, and whatever stood before it."""

    is_small_talk = np.zeros(len(TOPICS), dtype=bool)

    def alone(self, text: str) -> NDArray[np.float64]:
        """Return the probabilities of topics that are named in a text."""
        named = np.array([0.02 + (topic in text) for topic in TOPICS])
        return np.asarray(named / named.sum())

    seen = alone

    def seen_after(self, before: str, text: str) -> tuple[NDArray[np.float64], int]:
        """Return the same, and what is named before."""
        return self.alone(text), int(self.alone(before).argmax())


OPINIONS = Opinions()


@pytest.fixture
def learned() -> Clauses:
    network: Any = Network()
    found = Clauses(network)
    several = [
        f"is there {one} today and is there {two} too"
        for one in TOPICS
        for two in TOPICS
        if one != two
    ]
    single = [f"is there {one} for me and my {who}" for one in TOPICS for who in ("son", "dog")]
    single += [f"is there {one} and is the {one} free" for one in TOPICS]
    kinds = [True] * len(several) + [False] * len(single)
    found.fit([*several, *single] * 3, kinds * 3, OPINIONS)
    return found


def test_two_questions_are_two(learned: Clauses) -> None:
    text = "is there parking here and is there wifi too"
    assert learned.split(text, OPINIONS) == ["is there parking here", "and is there wifi too"]


def test_three_questions_are_three(learned: Clauses) -> None:
    text = "is there parking here and is there wifi too and is hours known"
    assert len(learned.split(text, OPINIONS)) == 3


def test_less_likely_place_is_taken_where_its_sides_differ(learned: Clauses) -> None:
    text = "is there wifi and is the wifi free and parking"
    assert learned.split(text, OPINIONS) == ["is there wifi and is the wifi free", "and parking"]


def test_no_more_are_looked_for_than_can_be_used(learned: Clauses) -> None:
    asked = " and ".join(f"is there {TOPICS[n % 3]} today" for n in range(12))
    found = learned.split(asked, OPINIONS)
    assert len(found) == MOST
    assert " ".join(found) == asked


@pytest.mark.parametrize("text", ["is there wifi for me and my cat", "is there wifi", "", "and "])
def test_one_question_is_left_whole(learned: Clauses, text: str) -> None:
    assert learned.split(text, OPINIONS) == [text]


def test_two_of_the_same_topic_are_one(learned: Clauses) -> None:
    text = "is there hours today and is the hours ok"
    assert learned.split(text, OPINIONS) == [text]


def test_it_is_the_same_after_a_restart(learned: Clauses) -> None:
    network: Any = Network()
    again = Clauses(network)
    again.restore(learned.state())
    text = "is there parking here and is there wifi too"
    assert again.split(text, OPINIONS) == learned.split(text, OPINIONS)
