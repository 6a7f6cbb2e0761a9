from __future__ import annotations

import sys
import time
from pathlib import Path
from typing import Any

import pytest
from rasa.core.channels.channel import UserMessage

from addons.stores import unanswered
from addons.stores.people import DAY
from addons.stores.transcript import give_feedback
from addons.stores.unanswered import NO_TOPIC, Line, Miss
from tests.patients import Clinic
from tests.test_canary import FORM, SECRETS


def lines(clinic: Clinic, since: float = 0.0) -> list[Line]:
    return clinic.database.transact(
        lambda one: unanswered.group(unanswered.misses(one, since)), False
    )


def thumbs(clinic: Clinic, message_id: str, helpful: bool) -> None:
    clinic.database.transact(lambda one: give_feedback(one, "me", message_id, helpful))


@pytest.fixture
def puzzled(clinic: Clinic, monkeypatch: pytest.MonkeyPatch) -> Clinic:
    """A clinic that does not understand what begins with "zxqv", and thinks of WiFi."""
    parse = clinic.agent.processor.parse_message

    async def unsure(message: UserMessage) -> dict[str, Any]:
        parsed: dict[str, Any] = await parse(message)
        if not message.text.lower().startswith("zxqv"):
            return parsed
        fallback = {"name": "nlu_fallback", "confidence": 0.75}
        ranking = [fallback, {"name": "faq_wifi", "confidence": 0.25}]
        return {**parsed, "intent": fallback, "intent_ranking": ranking}

    monkeypatch.setattr(clinic.agent.processor, "parse_message", unsure)
    return clinic


def test_what_was_not_understood_is_grouped_by_its_likeliest_topic(puzzled: Clinic) -> None:
    assert puzzled.says("zxqv blorp")[0].startswith("I am not sure that I understood")
    assert puzzled.says("do you have wifi")[0].startswith("We have WiFi")
    puzzled.says("Zxqv  BLORP!", conversation="you")
    puzzled.says("zxqv net", conversation="you")
    wordings = (("zxqv blorp", 2), ("zxqv net", 1))
    assert lines(puzzled) == [Line(unanswered.UNSURE, "data/topics/wifi.yml", 3, wordings)]


def test_what_is_declined_is_told_apart(clinic: Clinic) -> None:
    clinic.says("what is the capital of Mongolia?")
    clinic.says("should i stop taking my remicade")
    assert {line.kind for line in lines(clinic)} == {unanswered.OFF_TOPIC, unanswered.MEDICAL}


def test_a_yes_to_nothing_needs_a_story_not_a_topic(clinic: Clinic) -> None:
    clinic.says("yes")
    assert lines(clinic) == [Line(unanswered.UNSURE, unanswered.NOTHING_OFFERED, 1, (("yes", 1),))]


def test_spanish_is_told_apart(puzzled: Clinic) -> None:
    puzzled.says("zxqv la casa de los abuelos")
    assert [line.kind for line in lines(puzzled)] == [unanswered.SPANISH]


def test_answers_that_did_not_help_name_their_topic(clinic: Clinic) -> None:
    for number, text in enumerate(("do you have wifi", "is there wifi?", "do you have wifi")):
        clinic.says(text, f"wifi-{number}")
        thumbs(clinic, f"wifi-{number}", helpful=False)
    clinic.says("what is your phone number?", "phone")
    thumbs(clinic, "phone", helpful=False)
    thumbs(clinic, "phone", helpful=True)  # the last word counts
    assert lines(clinic) == [
        Line(
            unanswered.NOT_HELPFUL,
            "data/topics/wifi.yml",
            3,
            (("do you have wifi", 2), ("is there wifi?", 1)),
        )
    ]


def test_only_what_is_kept_is_shown_and_nothing_that_was_typed_for_a_call(
    puzzled: Clinic,
) -> None:
    for text in (*FORM, "zxqv blorp 914-555-0133"):
        puzzled.says(text)
    shown = unanswered.report(lines(puzzled), 30)
    assert "zxqv blorp [phone]" in shown
    assert not any(one in shown for one in (*SECRETS.values(), "[your", "Wanda"))


def test_what_is_older_is_left_out(puzzled: Clinic) -> None:
    for number, text in enumerate(("zxqv", "do you have wifi", "who painted the Mona Lisa?")):
        puzzled.says(text, str(number))
        thumbs(puzzled, str(number), helpful=False)
    kinds = [unanswered.UNSURE, *[unanswered.NOT_HELPFUL] * 2, unanswered.OFF_TOPIC]
    assert [line.kind for line in lines(puzzled, time.time() - DAY)] == kinds
    assert lines(puzzled, time.time() + DAY) == []


def test_the_most_frequent_comes_first_within_each_kind() -> None:
    wifi, hours = "data/topics/wifi.yml", "data/topics/hours.yml"
    found = [
        Miss(unanswered.MEDICAL, "should i stop", NO_TOPIC),
        Miss(unanswered.UNSURE, "open when", hours),
        *[
            Miss(unanswered.UNSURE, text, wifi)
            for text in ("Net?", "net", "online", "signal", "g5")
        ],
        Miss(unanswered.UNSURE, "do you sell hats", NO_TOPIC),
        Miss(unanswered.UNSURE, "Do you sell HATS?", NO_TOPIC),
        Miss(unanswered.UNSURE, "a piano", NO_TOPIC),
    ]
    assert unanswered.report(unanswered.group(found), 7) == (
        "Not understood, last 7 days: 9\n"
        "    5  data/topics/wifi.yml: Net? (2) / online (1) / signal (1) and 1 more\n"
        "    2  no topic: consider a new one: do you sell hats (2)\n"
        "    1  data/topics/hours.yml: open when (1)\n"
        "    1  no topic: consider a new one: a piano (1)\n"
        "\n"
        "Declined as medical advice, last 7 days: 1\n"
        "    1  no topic: consider a new one: should i stop (1)"
    )


def test_a_long_message_is_cut_and_stays_on_its_line() -> None:
    long = "word\n" * 40
    shown = unanswered.report(unanswered.group([Miss(unanswered.UNSURE, long, NO_TOPIC)]), 30)
    assert shown.count("\n") == 1
    assert len(shown.splitlines()[1]) < 150


@pytest.mark.parametrize(
    ("chance", "place"), [(0.5, "data/topics/wifi.yml"), (0.01, unanswered.NO_TOPIC)]
)
def test_a_topic_must_be_near_to_be_named(chance: float, place: str) -> None:
    ranking = [
        {"name": "nlu_fallback", "confidence": 0.9},
        {"name": "greet", "confidence": chance},
        {"name": "faq_wifi", "confidence": chance},
    ]
    event = {"text": "net", "parse_data": {"intent_ranking": ranking}}
    assert unanswered._miss(event, "nlu_fallback") == Miss(unanswered.UNSURE, "net", place)


def test_the_command_lists_them(
    puzzled: Clinic,
    database_url: str,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setenv("DATABASE_URL", database_url)
    monkeypatch.setattr(sys, "argv", ["unanswered", "--days", "7"])
    assert unanswered.main() == 0
    told, _, where = capsys.readouterr().out.splitlines()
    assert told == "Nothing was left unanswered in the last 7 days."
    assert where.startswith("Looked into ")
    puzzled.says("zxqv blorp")
    assert unanswered.main() == 0
    assert "Not understood, last 7 days: 1" in capsys.readouterr().out


def test_the_command_says_what_is_wrong(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{tmp_path / 'missing' / 'x.db'}")
    monkeypatch.setattr(sys, "argv", ["unanswered"])
    assert unanswered.main() == 1
    assert capsys.readouterr().err.startswith("The conversations could not be read: ")
    for days in ("0", "a week"):
        monkeypatch.setattr(sys, "argv", ["unanswered", "--days", days])
        with pytest.raises(SystemExit):
            unanswered.main()
