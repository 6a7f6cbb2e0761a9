"""What a number means: the button that stands there under the last answer."""

from __future__ import annotations

import pytest
from rasa.shared.core.events import BotUttered, Event, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker

from addons.turns.options import chosen, offered


def asked(message_id: str) -> Event:
    return UserUttered("a question", {"name": "faq_wifi"}, message_id=message_id)


def said(*payloads: str) -> Event:
    buttons = [{"title": f"Topic {p[1:]}", "payload": p} for p in payloads]
    return BotUttered("an answer", {"buttons": buttons})


BUTTONS = [("Topic a", "/a"), ("Topic b", "/b"), ("Topic c", "/c")]


def test_the_buttons_of_the_last_message_are_offered() -> None:
    events = [asked("1"), said("/old"), asked("2"), said("/a", "/b"), said("/c")]
    tracker = DialogueStateTracker.from_events("me", events)
    assert offered(tracker) == BUTTONS
    assert chosen("3", offered(tracker)) == "/c"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("1", "/a"),
        ("#2", "/b"),
        ("(3)", "/c"),
        ("2.", "/b"),
        ("4", None),
        ("0", None),
        ("12", None),
        ("-1", None),
    ],
)
def test_a_number_picks_the_button_that_stands_there(text: str, expected: str | None) -> None:
    assert chosen(text, BUTTONS) == expected


@pytest.mark.parametrize("text", ["/b", "Topic b", "topic b", "TOPIC B.", " topic b! "])
def test_so_does_its_title_however_it_is_typed(text: str) -> None:
    assert chosen(text, BUTTONS) == "/b"
    assert chosen(f"{text} or not", BUTTONS) is None


def test_they_may_stand_under_the_first_of_several_questions() -> None:
    events = [asked("1"), said("/old"), asked("2"), said("/a", "/b"), asked("2"), said()]
    assert offered(DialogueStateTracker.from_events("me", events)) == BUTTONS[:2]


def test_nothing_is_offered_any_more() -> None:
    events = [asked("1"), said("/old"), asked("2"), said()]
    assert offered(DialogueStateTracker.from_events("me", events)) == []
