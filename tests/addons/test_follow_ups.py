"""What a message asks where it stands."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from addons.nlu.follow_ups import FollowUps, Reading

CLASSES = ["faq_hours", "faq_price", "faq_wifi", "more"]
TITLES = {"faq_hours": "Opening hours", "faq_price": "The price"}


class Network:
    """Sees the topic before in every short message, and nothing else in any."""

    intents = CLASSES[:3]  # "more" is newer

    def chances(self, before: str, text: str) -> NDArray[np.float64]:
        """Return the probabilities of three intents."""
        found = np.full(3, 0.05)
        found[before == "The price"] = 0.9
        return found if len(text.split()) < 4 else np.full(3, 1 / 3)


def alone(**known: float) -> NDArray[np.float64]:
    """Return probabilities, those not named alike."""
    rest = (1 - sum(known.values())) / (len(CLASSES) - len(known))
    return np.array([known.get(name, rest) for name in CLASSES])


@pytest.fixture
def learned() -> FollowUps:
    network: Any = Network()
    found = FollowUps(network)
    found.use(CLASSES, TITLES)
    clear = [
        Reading("do you have wireless internet there", topic, alone(faq_wifi=0.9))
        for topic in TITLES
    ]
    vague = [Reading("and saturday", topic, alone(faq_wifi=0.3)) for topic in TITLES]
    found.fit([*clear, *vague] * 5, [["faq_wifi"], ["faq_wifi"], ["faq_hours"], ["faq_price"]] * 5)
    return found


@pytest.mark.parametrize("topic", TITLES)
def test_a_short_message_is_about_the_topic_before(learned: FollowUps, topic: str) -> None:
    chances = learned.chances(Reading("and sunday", topic, alone(faq_wifi=0.3)))
    assert CLASSES[chances.argmax()] == topic
    assert chances.sum() == pytest.approx(1)


def test_a_clear_message_changes_the_subject(learned: FollowUps) -> None:
    chances = learned.chances(Reading("is there any wifi here", "faq_price", alone(faq_wifi=0.9)))
    assert CLASSES[chances.argmax()] == "faq_wifi"


def test_it_is_the_same_after_a_restart(learned: FollowUps) -> None:
    network: Any = Network()
    again = FollowUps(network)
    again.use(CLASSES, TITLES)
    again.restore(learned.state())
    reading = Reading("and sunday", "faq_price", alone(faq_wifi=0.3))
    assert again.chances(reading) == pytest.approx(learned.chances(reading))


def test_only_some_topics_lean_on_a_medicine(learned: FollowUps) -> None:
    learned.learn_about([("faq_price", True), ("faq_price", False), ("faq_wifi", False)])
    assert learned.leans("and how much?", "faq_price")
    assert learned.leans("so tell me then what I would have to pay for it", "faq_price")
    assert not learned.leans("what would a person pay at the hospital in town", "faq_price")
    assert not learned.leans("and wifi?", "faq_wifi")
