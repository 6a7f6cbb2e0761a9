"""What was talked about counts differently for a follow-up and for a question of several."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from addons.nlu.conversations import Conversations, Sentence
from addons.nlu.questions import Seen

CLASSES = ["affirm", "faq_parking", "faq_price", "faq_wifi"]
AFFIRM, PARKING, PRICE, WIFI = range(4)
AFTER_PARKING = np.array([0.5, 0.1, 0.3, 0.1])
"""What follows on a question about parking, in these tests."""


class Network:
    """Sees AFTER_PARKING behind a title, and else wifi; knows no prices."""

    intents = ("faq_wifi", "faq_parking", "affirm")

    def read(self, text: str, title: str | None = None) -> Seen:
        """Return it."""
        chances = AFTER_PARKING[[WIFI, PARKING, AFFIRM]] if title else np.array([0.8, 0.1, 0.1])
        return Seen((), chances)


class FollowUps:
    """Knows only what AFTER_PARKING says; nothing stands alone but a sure yes."""

    def stands_alone(self, alone: NDArray[np.float64], words: int, is_harmless: bool) -> bool:
        """Return whether a message is surely a yes."""
        return bool(alone[AFFIRM] > 0.9)

    def chances(self, reading: object) -> NDArray[np.float64]:
        """Return AFTER_PARKING."""
        return AFTER_PARKING


def sentence(*alone: float) -> Sentence:
    return Sentence("hm", np.array(alone), np.array(alone), np.zeros(2, np.float32), 3)


@pytest.fixture
def conversations() -> Conversations:
    found = Conversations(lambda text: sentence(0.25, 0.25, 0.25, 0.25))
    network: Any = Network()
    found._questions = network
    found.know(CLASSES)
    found._titles = {"faq_parking": "Parking"}
    known: Any = FollowUps()
    found._follow_ups = known
    return found


UNCLEAR = sentence(0.1, 0.1, 0.35, 0.45)


def test_with_nothing_before_it_a_message_stands_by_itself(conversations: Conversations) -> None:
    assert conversations.chances(UNCLEAR, None, False).argmax() == WIFI
    assert conversations.chances(UNCLEAR, "faq_wifi", False).argmax() == WIFI  # no title


def test_a_follow_up_is_what_follows(conversations: Conversations) -> None:
    found = conversations.chances(UNCLEAR, "faq_parking", False)
    assert list(found) == list(AFTER_PARKING)


def test_what_means_the_same_everywhere_does(conversations: Conversations) -> None:
    sure = sentence(0.95, 0.02, 0.02, 0.01)
    found = conversations.chances(sure, "faq_parking", False)
    assert list(found) == list(sure.chances)


def test_a_second_question_counts_both_and_is_no_small_talk(conversations: Conversations) -> None:
    found = conversations.chances(UNCLEAR, "faq_parking", True)
    assert found.argmax() == PRICE  # of which the network knows nothing: 0.35 of the whole
    assert found[AFFIRM] == 0
    assert found.sum() == pytest.approx(1)
    even = sentence(0.3, 0.3, 0.1, 0.3)
    ordered = conversations.chances(even, "faq_parking", True)[[PARKING, WIFI]]
    assert ordered[0] == pytest.approx(ordered[1])  # 0.1 each after a question about parking
    sure = sentence(0.95, 0.02, 0.02, 0.01)
    assert conversations.chances(sure, "faq_parking", True)[AFFIRM] == 0


def test_a_second_opinion_leaves_what_it_does_not_know(conversations: Conversations) -> None:
    alone = np.array([0.1, 0.3, 0.3, 0.3])
    found = conversations.second_opinion("hm", alone)
    assert found.argmax() == WIFI
    assert found.sum() == pytest.approx(1)
    unknown = conversations.second_opinion("hm", np.array([0.05, 0.05, 0.85, 0.05]))
    assert unknown.argmax() == PRICE


def test_people_change_the_subject_to_topics_only(conversations: Conversations) -> None:
    conversations._titles = {"faq_parking": "Parking", "faq_wifi": "Wifi"}
    unseen = [(UNCLEAR, AFFIRM), (UNCLEAR, WIFI), (UNCLEAR, PRICE), (UNCLEAR, PARKING)]
    before = ["faq_parking", "faq_wifi"]
    found = {
        (asked, reading.before) for reading, asked in conversations._changes(unseen, before, 9)
    }
    assert found == {(WIFI, PARKING), (PARKING, WIFI)}
    assert len(list(conversations._changes(unseen, before, 1))) == 1


def test_what_is_not_clear_has_a_second_opinion_behind_a_topic_too(
    conversations: Conversations,
) -> None:
    alone, chances = np.array([0.1, 0.1, 0.35, 0.45]), np.array([0.1, 0.1, 0.7, 0.1])
    doubted = Sentence("hm", alone, chances, np.zeros(2, np.float32), 3)
    assert list(conversations._reading(doubted, "faq_parking").alone) == list(chances)


@pytest.mark.parametrize(
    ("text", "is_yes"), [("sure do", True), ("why would i want that", False), ("would you", True)]
)
def test_a_question_is_no_yes(conversations: Conversations, text: str, is_yes: bool) -> None:
    sure = np.array([0.95, 0.02, 0.02, 0.01])
    said = Sentence(text, sure, sure, np.zeros(2, np.float32), len(text.split()))
    found = conversations.chances(said, "faq_parking", False)
    assert list(found) == pytest.approx(list(sure) if is_yes else [0.0, 0.2, 0.6, 0.2])
