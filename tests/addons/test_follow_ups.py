"""What a message asks where it stands."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray

from addons.nlu.follow_ups import FollowUps, Reading

CLASSES = ["faq_hours", "faq_price", "faq_wifi", "more", "affirm"]
HOURS, PRICE, WIFI, MORE, YES = range(len(CLASSES))
NO_MEANING = np.zeros(4, np.float32)


def alone(**known: float) -> NDArray[np.float64]:
    """Return probabilities, those not named alike."""
    rest = (1 - sum(known.values())) / (len(CLASSES) - len(known))
    return np.array([known.get(name, rest) for name in CLASSES])


def reading(before: int, alone: NDArray[np.float64], words: int, meaning: int) -> Reading:
    """Return a message that makes its topic before likelier the shorter it is."""
    joint = np.full(len(CLASSES), 0.05)
    joint[before] = 0.8 if words < 3 else 0.05
    return Reading(before, alone, joint, np.eye(4, dtype=np.float32)[meaning], words)


@pytest.fixture
def learned() -> FollowUps:
    found = FollowUps(CLASSES)
    messages = [(reading(topic, alone(faq_wifi=0.9), 6, 0), [WIFI]) for topic in (HOURS, PRICE)] + [
        (reading(topic, alone(faq_wifi=0.3), 2, 1), [topic]) for topic in (HOURS, PRICE)
    ]
    messages += [(reading(topic, alone(), 1, 2), [MORE]) for topic in (HOURS, PRICE)]
    found.fit([one for one, _ in messages] * 5, [right for _, right in messages] * 5)
    return found


@pytest.mark.parametrize("topic", [HOURS, PRICE])
def test_a_short_message_is_about_the_topic_before(learned: FollowUps, topic: int) -> None:
    chances = learned.chances(reading(topic, alone(faq_wifi=0.3), 2, 1))
    assert chances.argmax() == topic
    assert chances.sum() == pytest.approx(1)


def test_a_clear_message_changes_the_subject(learned: FollowUps) -> None:
    assert learned.chances(reading(PRICE, alone(faq_wifi=0.9), 7, 0)).argmax() == WIFI


def test_why_asks_for_more(learned: FollowUps) -> None:
    assert learned.chances(reading(HOURS, alone(), 1, 2)).argmax() == MORE


def test_a_yes_is_a_yes(learned: FollowUps) -> None:
    assert learned.stands_alone(alone(affirm=0.6), 1, False)


def test_of_several_words_only_a_sure_yes_is_one(learned: FollowUps) -> None:
    assert learned.stands_alone(alone(affirm=0.95), 3, False)
    assert not learned.stands_alone(alone(affirm=0.6), 3, False)


def test_danger_is_danger_unless_others_found_none() -> None:
    found = FollowUps(["faq_hours", "emergency"])
    found.fit([Reading(0, np.array([0.4, 0.6]), np.array([0.9, 0.1]), NO_MEANING, 3)], [[0]])
    for is_harmless in (False, True):
        assert found.stands_alone(np.array([0.4, 0.6]), 3, is_harmless) is not is_harmless


def test_it_is_the_same_after_a_restart(learned: FollowUps) -> None:
    again = FollowUps(CLASSES)
    again.restore(learned.state())
    one = reading(PRICE, alone(faq_wifi=0.3), 2, 1)
    assert again.chances(one) == pytest.approx(learned.chances(one), rel=1e-4)


def test_only_some_topics_lean_on_a_medicine(learned: FollowUps) -> None:
    learned.learn_about([("faq_price", True), ("faq_price", False), ("faq_wifi", False)])
    assert learned.leans("and how much?", "faq_price")
    assert learned.leans("so tell me then what I would have to pay for it", "faq_price")
    assert not learned.leans("what would a person pay at the hospital in town", "faq_price")
    assert not learned.leans("and wifi?", "faq_wifi")
    learned.learn_about([("faq_hours", False)] * 4 + [("faq_hours", True)])
    assert learned.leans("and would that be so on a holiday as well as on other days", "faq_hours")
    assert not learned.leans("open today?", "faq_hours")
    learned.learn_about([("faq_hours", True)])
    assert learned.leans("what would a person pay at the hospital in town", "faq_hours")


def test_more_is_always_of_the_same(learned: FollowUps) -> None:
    learned.learn_about([("more", False)])
    assert learned.leans("please explain to me how a nurse would tell a friend", "more")
