"""The trained model on the held-out questions: floors, and what is measured.

The figures stand in benchmarks/history.tsv. A floor only ever rises.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable

import pytest

from dripdesk.checks.project import Project, questions
from dripdesk.danger import LEVELS
from dripdesk.settings import PROJECT, Settings

# Share of held-out questions whose topic is recognised, by style. The first run of this set, on
# sparse features alone, gave .89 tidy, .65 rambling, .54 indirect, .93 typo, .91 sms.
FLOORS = {"tidy": 0.96, "rambling": 0.93, "indirect": 0.91, "typo": 0.96, "sms": 0.97}
DECLINED = ("out_of_scope", "clinical_advice", "nlu_fallback")
STORY = (
    "I drove a school bus for thirty one years and never missed a day, not even in the big snow. "
    "Then last spring my knees swelled up and my hands went too, and the doctor in town sent me "
    "to one who only does joints. We tried the pills and they made me sick to my stomach. Now it "
    "is the infusion they want me to have, and my son Ray is taking me in his big old pickup. "
)


@pytest.fixture(scope="module")
def recognised(recognise: Callable[[str], str]) -> dict[tuple[str, str], str]:
    """The recognised intent of every held-out question, by (expected intent, question)."""
    return {
        (intent, question): recognise(question)
        for intent, test in Project(PROJECT, Settings()).tests.items()
        for _, question in questions(test)
    }


@pytest.mark.parametrize("style", FLOORS)
def test_topics_are_recognised(recognised: dict[tuple[str, str], str], style: str) -> None:
    right: Counter[bool] = Counter()
    misses = []
    for intent, test in Project(PROJECT, Settings()).tests.items():
        also = test.content.get("also") or {}
        for question in (test.content["questions"].get(style) or []) if "faq_" in intent else []:
            found = recognised[intent, question]
            is_right = found in (intent, f"faq_{also.get(question)}")
            right[is_right] += 1
            if not is_right:
                misses.append(f"{intent} taken for {found}: {question}")
    share = right[True] / right.total()
    assert share >= FLOORS[style], "\n".join(misses)


@pytest.mark.parametrize(("intent", "floor"), [("out_of_scope", 0.90), ("clinical_advice", 0.92)])
def test_what_is_not_ours_is_declined(
    recognised: dict[tuple[str, str], str], intent: str, floor: float
) -> None:
    found = [name for (expected, _), name in recognised.items() if expected == intent]
    # A safety text gives no advice either; how often it comes without need is measured apart.
    declined = (*DECLINED, *LEVELS) if intent == "clinical_advice" else DECLINED
    assert sum(name in declined for name in found) / len(found) >= floor


def test_few_topics_fall_back(recognised: dict[tuple[str, str], str]) -> None:
    topics = [name for (expected, _), name in recognised.items() if expected.startswith("faq_")]
    assert topics.count("nlu_fallback") / len(topics) <= 0.02


@pytest.mark.parametrize(
    ("message", "intent"),
    [
        ("DOES THE NEEDLE STAY IN MY ARM", "faq_needle_left_in_arm"),
        ("does the needle stay in my arm \U0001f62c\U0001f62c\U0001f62c", "faq_needle_left_in_arm"),
        (
            "\u201cdoes the needle stay in?\u201d that\u2019s what I\u2019d like to know",
            "faq_needle_left_in_arm",
        ),
        ("doesthe needle stayin my arm", "faq_needle_left_in_arm"),
        ("does...the...needle...stay...in???!!", "faq_needle_left_in_arm"),
        ("do u take aetna b4 i drive over", "faq_insurance"),
        ("need 2 move my appt 2 nxt wk", "faq_cancel_reschedule"),
        ("r u open 2nite", "faq_hours"),
        ("do i take my meds b4", "faq_medication_before"),
        ("Can dad get his Gamunex at your place, hes 81", "faq_specific_drug"),
        (STORY * 3 + "So where is he supposed to park that thing?", "faq_parking"),
        ("Where is my son supposed to park his truck? " + STORY * 3, "faq_parking"),
    ],
)
def test_messages_as_phones_send_them(
    recognise: Callable[[str], str], message: str, intent: str
) -> None:
    assert recognise(message) == intent


def test_no_topic_is_lost_altogether(recognised: dict[tuple[str, str], str]) -> None:
    right: Counter[str] = Counter()
    for (expected, _), name in recognised.items():
        right[expected] += name == expected
    assert [intent for intent, count in right.items() if count < 3] == []
