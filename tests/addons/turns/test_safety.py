"""A message with danger signs gets its text at once, whatever else is broken, and is stored."""

from __future__ import annotations

import asyncio
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from rasa.shared.core.events import SessionStarted, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker

from addons import server
from addons.turns.safety import second_thoughts, still_in_danger, told_of
from dripdesk import live
from dripdesk.danger import Danger
from dripdesk.encoder import EncoderError
from tests.faults.injected import PATCHED, REAL, SECRET, Fault, actions, fail
from tests.patients import FIXED, PHONE, Clinic

ASK = "what is your phone number?"
PARK = "is there parking?"
THROAT = "my throat is closing"
PULLED = "my picc line got pulled out and its gushing blood"
CALL_911 = "Call 911 now. "
LIMIT = 6  # seconds that a patient in danger may have to wait


def in_danger(clinic: Clinic, text: str = THROAT, message_id: str = "", **of: str) -> list[str]:
    """Return the answer to a message. Raises TimeoutError if it takes longer than the limit."""
    answer = asyncio.wait_for(clinic.send(text, message_id, **of), LIMIT)
    return clinic.loop.run_until_complete(answer)


def recorded(clinic: Clinic) -> None:
    clinic.loop.run_until_complete(clinic.agent.recorder.done())


@pytest.fixture
def hanging(clinic: Clinic, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Actions, understanding and the database all hang, and nothing gives them up."""
    event = threading.Event()

    async def hang(*args: Any) -> None:
        event.wait(60)

    monkeypatch.setitem(actions(clinic), "action_answer", lambda *args: event.wait(60))
    monkeypatch.setattr(clinic.agent.processor, "parse_message", hang)
    monkeypatch.setattr(clinic.database, "transact", lambda *args: event.wait(60))
    yield
    event.set()


@pytest.mark.parametrize("channel", ["web", "sms"])
@pytest.mark.parametrize("fault", PATCHED, ids=lambda fault: str(fault.__name__))
def test_danger_is_answered_whatever_fails(
    clinic: Clinic, fault: Fault, channel: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    fault(clinic, monkeypatch)
    assert in_danger(clinic, channel=channel)[0].startswith(CALL_911)


@pytest.mark.parametrize("broken", REAL, ids=lambda broken: str(broken.__name__))
def test_danger_is_answered_when_the_database_cannot_be_used(clinic: Clinic, broken: Any) -> None:
    with broken(clinic):
        assert in_danger(clinic)[0].startswith(CALL_911)
        recorded(clinic)


@pytest.mark.usefixtures("hanging")
def test_danger_is_answered_when_everything_hangs(clinic: Clinic) -> None:
    assert in_danger(clinic)[0].startswith(CALL_911)


def test_danger_is_answered_with_nothing_at_all(
    clinic: Clinic, monkeypatch: pytest.MonkeyPatch
) -> None:
    clinic.path.write_bytes(b"not a database")
    clinic.agent.processor = None
    monkeypatch.setattr(live, "facts", fail)
    monkeypatch.setattr(live, "reader", lambda: None)
    (answer,) = in_danger(clinic)
    assert answer.startswith(CALL_911)
    assert "914" not in answer


def test_the_turn_is_stored_afterwards(clinic: Clinic) -> None:
    clinic.says("how much does it cost?")  # offers an estimate
    answer = in_danger(clinic, f"{THROAT}, my cell is 914-555-0133", "x")
    recorded(clinic)
    *_, user, action, bot, slot, listens = clinic.stored()
    assert user.text == f"{THROAT}, my cell is [phone]"
    assert user.intent["name"] == "emergency"
    assert action.action_name == "action_safety"
    assert [bot.text] == answer
    assert bot.metadata["sign"] == "throat + tight"
    assert (slot.key, slot.value) == ("offer", "none")
    assert listens.action_name == "action_listen"
    kept = clinic.rows("SELECT answer FROM messages WHERE message_id = 'x'")
    assert answer[0] in kept[0][0]


def test_danger_within_the_form_for_a_call_back_leaves_only_a_reference(clinic: Clinic) -> None:
    clinic.says("can somebody call me back")
    in_danger(clinic, f"Brackwater, and {THROAT}")
    recorded(clinic)
    said = [event.text for event in clinic.stored() if event.type_name == "user"]
    assert said[-1] == "[your name]"


def test_an_offer_is_withdrawn(clinic: Clinic) -> None:
    clinic.says("how much does it cost?")
    in_danger(clinic)
    recorded(clinic)
    assert not clinic.says("yes")[0].startswith("I can work out an estimate")


def test_the_first_message_of_all_may_tell_of_danger(clinic: Clinic) -> None:
    in_danger(clinic)
    recorded(clinic)
    assert "park" in clinic.says(PARK)[0]
    users = [event.text for event in clinic.stored() if event.type_name == "user"]
    assert users == [THROAT, PARK]


def test_the_same_message_again_is_answered_again_and_stored_once(clinic: Clinic) -> None:
    assert in_danger(clinic, message_id="x") == in_danger(clinic, message_id="x")
    recorded(clinic)
    assert sum(event.type_name == "user" for event in clinic.stored()) == 1


def test_danger_in_a_message_that_is_too_long_is_answered(clinic: Clinic) -> None:
    story = "we had soup and then we went home. " * 80
    assert in_danger(clinic, f"{story} {THROAT}")[0].startswith(CALL_911)
    assert in_danger(clinic, f"{THROAT}. {story}")[0].startswith(CALL_911)


def test_spanish_comes_first(clinic: Clinic) -> None:
    spanish, english = in_danger(clinic, "se me cierra la garganta", channel="sms")
    assert spanish.startswith("Llame al 911 ahora. Puede ser alergia grave.")
    assert english.startswith(CALL_911)


@pytest.fixture
def unsure(clinic: Clinic) -> None:
    """The screen is unsure about every message."""
    clinic.agent.turns._screen = lambda text: Danger("emergency", "heart", "unsure", sure=False)


@pytest.mark.usefixtures("unsure")
def test_where_danger_is_not_sure_the_answer_follows(clinic: Clinic) -> None:
    warning, answer = in_danger(clinic, ASK, "x")
    assert warning.startswith("Call 911 now.")
    assert answer == PHONE
    assert in_danger(clinic, ASK, "x") == [warning, answer]
    assert sum(event.type_name == "user" for event in clinic.stored()) == 1


@pytest.mark.parametrize("channel", ["web", "sms"])
def test_where_danger_is_not_sure_and_nothing_is_understood_the_warning_is_all(
    clinic: Clinic, monkeypatch: pytest.MonkeyPatch, channel: str
) -> None:
    async def not_understood(*args: Any) -> dict[str, Any]:
        return {**taken_for("nlu_fallback", "faq_hours"), "entities": []}

    unsure = Danger("emergency", "bleeding", "", sure=False)
    with monkeypatch.context() as patch:
        patch.setattr(clinic.agent.turns, "_screen", lambda text: unsure)
        patch.setattr(clinic.agent.processor, "parse_message", not_understood)
        warning = in_danger(clinic, "x", "x", channel=channel)
        assert in_danger(clinic, "x", "x", channel=channel) == warning
    assert all("Is it one of these" not in text for text in warning)
    assert warning[0].startswith(CALL_911)
    assert in_danger(clinic, "what should i do", channel=channel) == warning


@pytest.mark.usefixtures("unsure")
@pytest.mark.parametrize("fault", PATCHED, ids=lambda fault: str(fault.__name__))
def test_where_danger_is_not_sure_911_is_told_whatever_fails(
    clinic: Clinic, fault: Fault, monkeypatch: pytest.MonkeyPatch
) -> None:
    fault(clinic, monkeypatch)
    (warning,) = clinic.says(ASK)
    assert warning.startswith("Call 911 now.")


@pytest.mark.usefixtures("unsure")
def test_a_long_message_that_may_tell_of_danger_gets_the_warning(clinic: Clinic) -> None:
    (warning,) = in_danger(clinic, "word " * 1000)
    assert warning.startswith("Call 911 now.")


def taken_for(*names: str) -> dict[str, Any]:
    ranking = [{"name": name, "confidence": 0.5} for name in names]
    return {"text": "x", "intent": ranking[0], "intent_ranking": ranking}


def test_what_rasa_alone_takes_for_danger_is_asked_back() -> None:
    parsed = second_thoughts(taken_for("emergency", "crisis", "faq_hours"), is_harmless=True)
    assert parsed["intent"]["name"] == "nlu_fallback"
    assert [one["name"] for one in parsed["intent_ranking"]] == ["nlu_fallback", "faq_hours"]
    for is_harmless, asked in ((True, "faq_hours"), (False, "emergency")):
        found = second_thoughts(taken_for(asked, "emergency"), is_harmless)
        assert found["intent"]["name"] == asked


@pytest.mark.parametrize("reader", [None, SimpleNamespace(read=fail)], ids=["none", "failing"])
def test_without_the_reader_rasa_alone_may_see_danger(
    clinic: Clinic, monkeypatch: pytest.MonkeyPatch, reader: Any
) -> None:
    async def alarmed(*args: Any) -> dict[str, Any]:
        return {**taken_for("crisis"), "entities": []}

    monkeypatch.setattr(live, "reader", lambda: reader)
    monkeypatch.setattr(clinic.agent.processor, "parse_message", alarmed)
    (answer,) = in_danger(clinic, "it would be easier on them")
    assert answer.startswith("I am sorry it is so hard; call or text 988 now")


def test_without_the_network_the_screen_and_the_fixed_text_are_left(
    clinic: Clinic, model: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def lost() -> None:
        raise EncoderError("models/reader/head.json cannot be read.")

    monkeypatch.setattr(live, "network", lost)
    monkeypatch.setattr(server, "usable_model", lambda: model)
    live.reader.cache_clear()
    app: Any = SimpleNamespace(ctx=SimpleNamespace())
    try:
        clinic.loop.run_until_complete(server.load_model(clinic.agent, app, clinic.loop))
        assert in_danger(clinic, "my throat is closing")[0].startswith("Call 911 now")
        assert clinic.says(ASK) == [FIXED]
    finally:
        live.reader.cache_clear()


def test_a_screen_that_fails_stops_no_answer(
    clinic: Clinic, caplog: pytest.LogCaptureFixture
) -> None:
    clinic.agent.turns._screen = fail
    assert clinic.says(ASK) == [PHONE]
    assert "The safety screen failed." in caplog.text
    assert SECRET not in caplog.text


def test_the_log_does_not_say_what_danger_it_was(
    clinic: Clinic, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("INFO")
    clinic.says("i want to die")
    recorded(clinic)
    assert "danger" in caplog.text
    assert not [word for word in ("die", "crisis", "self_harm", "988") if word in caplog.text]


@pytest.mark.parametrize(
    ("intent", "confidence", "expected"),
    [
        ("faq_missed_dose", 0.82, "emergency"),  # "what should i do"
        ("goodbye", 0.87, "emergency"),  # "i just got home"
        ("faq_drive_home", 0.99, "emergency"),  # "can i drive there"
        ("affirm", 0.99, "emergency"),
        ("faq_phone", 0.99, "emergency"),  # "who do i call"
        ("faq_bot_help", 0.97, "emergency"),  # "what now"
        ("nlu_fallback", 1.0, "emergency"),
        ("faq_parking", 0.97, "faq_parking"),
        ("thanks", 0.95, "thanks"),
    ],
)
def test_a_vague_message_after_a_safety_text_is_about_the_danger(
    intent: str, confidence: float, expected: str
) -> None:
    (found,) = still_in_danger([understood(intent, confidence)], "emergency", False)
    assert found["intent"]["name"] == expected


def test_what_is_vague_of_several_questions_comes_first_and_once() -> None:
    asked = ("faq_parking", "faq_missed_dose", "faq_drive_home")
    found = still_in_danger([understood(name, 0.95) for name in asked], "poison", False)
    assert [one["intent"]["name"] for one in found] == ["poison", "faq_parking"]


def test_where_danger_is_over_that_is_answered_and_what_is_asked() -> None:
    for asked in ([], ["affirm", "nlu_fallback"]):
        found = still_in_danger(
            [understood(name, 0.95) for name in asked or ["more"]], "crisis", True
        )
        assert [one["intent"]["name"] for one in found] == ["after_danger"]
    (first, second) = still_in_danger([understood("faq_snacks", 0.7)], "emergency", True)
    assert [first["intent"]["name"], second["intent"]["name"]] == ["after_danger", "faq_snacks"]
    assert first["is_part"]
    assert second["is_part"]


@pytest.mark.parametrize(
    ("text", "is_more"),
    [
        ("its a little warm too", True),
        ("No fever", True),
        ("and it\u2019s getting bigger", True),
        ("it's about my bill", False),
        ("is it far to you", False),
        ("no parking at your place, or is there?", False),
        ("no I only wanted to know what your chairs are like", False),
        ("wifi", False),
    ],
)
def test_what_goes_on_telling_of_a_danger_is_no_topic(text: str, is_more: bool) -> None:
    asked = understood("faq_chair_blanket", 0.99) | {"text": text}
    (found,) = still_in_danger([asked], "urgent_today", is_over=False)
    assert (found["intent"]["name"] == "urgent_today") is is_more
    (over, *_) = still_in_danger([asked], "urgent_today", is_over=True)
    assert over["intent"]["name"] == "after_danger"


def understood(intent: str, confidence: float) -> dict[str, Any]:
    ranked = {"name": intent, "confidence": confidence}
    return {"text": "and another thing", "intent": ranked, "intent_ranking": [ranked]}


def test_danger_of_an_earlier_session_is_over() -> None:
    told = DialogueStateTracker.from_events("me", [UserUttered("my throat", {"name": "emergency"})])
    assert told_of(told) == "emergency"
    told.update(SessionStarted())
    assert told_of(told) is None


@pytest.mark.parametrize("channel", ["web", "sms"])
def test_a_safety_text_is_said_again_and_not_for_ever(clinic: Clinic, channel: str) -> None:
    warning = in_danger(clinic, PULLED, channel=channel)
    recorded(clinic)
    for text in ("i just got home", "what should i do"):
        assert in_danger(clinic, text, channel=channel) == warning
    assert not in_danger(clinic, "what should i do", channel=channel)[0].startswith(CALL_911)


def test_danger_opens_no_form_of_another_day_again(
    clinic: Clinic, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert "first name" in clinic.says("can somebody call me back")[-1]
    with monkeypatch.context() as later:
        now = time.time() + 2 * 60 * 60
        later.setattr("addons.turns.safety.time.time", lambda: now)
        in_danger(clinic)
        recorded(clinic)
    (told,) = [event for event in clinic.stored() if event.type_name == "user"][-1:]
    assert told.text == THROAT
    assert in_danger(clinic, "what should i do")[0].startswith(CALL_911)


def test_a_clear_question_after_a_safety_text_is_answered(clinic: Clinic) -> None:
    in_danger(clinic)
    recorded(clinic)
    assert "park" in in_danger(clinic, PARK)[0]


@pytest.mark.parametrize("channel", ["web", "sms"])
def test_before_the_answer_to_another_question_the_number_is_told_again_once(
    clinic: Clinic, channel: str
) -> None:
    in_danger(clinic, PULLED, channel=channel)
    recorded(clinic)
    reminder = "If it is not over, call 911 first."
    assert clinic.says("Is there parking?", channel=channel)[0].startswith(reminder)
    assert reminder not in clinic.says("Do you have WiFi?", channel=channel)[0]


def test_a_warning_is_enough(clinic: Clinic, monkeypatch: pytest.MonkeyPatch) -> None:
    in_danger(clinic)
    recorded(clinic)
    unsure = Danger("emergency", "breathing", "", sure=False)
    monkeypatch.setattr(clinic.agent.turns, "_screen", lambda text: unsure)
    answer = in_danger(clinic, "who do i call")
    assert sum(text.startswith(CALL_911) for text in answer) == 1
