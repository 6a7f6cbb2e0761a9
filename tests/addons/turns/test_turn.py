"""One message in, one answer out, whatever fails on the way."""

from __future__ import annotations

import asyncio
import io
import itertools
import logging
import threading
import time
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from addons.channels import sms
from addons.logs import formatter
from addons.stores.transcript import transcript
from addons.turns import turn
from addons.turns.turn import clean
from dripdesk import live
from dripdesk.vault import TYPED
from tests.faults.injected import PATCHED, SECRET, Fault, actions
from tests.patients import FIXED, FIXED_SMS, PHONE, Clinic
from tests.patients import clinic as open_clinic

ASK = "what is your phone number?"


@pytest.fixture
def released() -> Iterator[threading.Event]:
    """Lets go, at the end of a test, what hangs."""
    event = threading.Event()
    yield event
    event.set()


@pytest.fixture
def log() -> Iterator[io.StringIO]:
    """What the server would print."""
    text = io.StringIO()
    handler = logging.StreamHandler(text)
    handler.setFormatter(formatter())
    root, level = logging.getLogger(), logging.getLogger().level
    root.addHandler(handler)
    root.setLevel(logging.INFO)
    yield text
    root.removeHandler(handler)
    root.setLevel(level)


def test_each_channel_has_its_own_texts(clinic: Clinic) -> None:
    question = "does the needle stay in my arm?"
    web, sms = clinic.says(question), clinic.says(question, channel="sms", conversation="you")
    assert web != sms
    assert web[0].startswith("With a usual line in the arm, the needle does not stay in.")


def test_whatever_is_asked_in_spanish_there_is_one_text(clinic: Clinic) -> None:
    (told,) = clinic.says("hola, hablan espanol? quiero saber si aceptan medicaid")
    assert told.count("Por ahora") == 1


def test_the_same_message_gets_the_same_answer_and_changes_nothing(clinic: Clinic) -> None:
    clinic.says("how much does it cost?", "1")
    yes = clinic.says("yes", "2")
    before = len(clinic.stored())
    assert clinic.says("yes", "2") == yes
    assert clinic.says("other words, same number", "2") == yes
    assert len(clinic.stored()) == before


def test_a_number_used_again_in_another_conversation_is_another_message(clinic: Clinic) -> None:
    assert clinic.says("is there wifi", "1") != clinic.says(ASK, "1", "you")
    assert clinic.says("is there wifi", "1", channel="sms") != clinic.says(ASK, "1")


def test_equal_messages_at_once_are_answered_once(clinic: Clinic) -> None:
    async def all_at_once() -> list[list[str]]:
        return await asyncio.gather(*(clinic.send(ASK, "same") for _ in range(20)))

    assert clinic.loop.run_until_complete(all_at_once()) == [[PHONE]] * 20
    assert sum(event.type_name == "user" for event in clinic.stored()) == 1


def test_messages_at_once_are_answered_in_order(clinic: Clinic) -> None:
    texts = ["is there wifi", ASK, "how much does it cost", "yes", "thanks"]

    async def all_at_once() -> list[list[str]]:
        return await asyncio.gather(*map(clinic.send, texts))

    answers = clinic.loop.run_until_complete(all_at_once())
    assert [event.text for event in clinic.stored() if event.type_name == "user"] == texts
    assert answers[3][0].startswith("I can work out an estimate")


def test_a_long_message_is_refused_before_it_is_read(
    clinic: Clinic, monkeypatch: pytest.MonkeyPatch
) -> None:
    def not_to_be_called(*args: Any) -> None:
        raise AssertionError

    monkeypatch.setattr(clinic.agent.processor, "parse_message", not_to_be_called)
    for text in ("a" * 2001, "Is there parking for my van at your place? " * 2500):
        (answer,) = clinic.says(text)
        assert answer.startswith("Your message is too long for me to read.")
        assert "911" in answer
    assert clinic.says("a" * 2001, channel="sms")[0].endswith("CALL 911.")


def test_a_message_of_2000_characters_is_read(clinic: Clinic) -> None:
    answer = " ".join(clinic.says(f"{ASK} {'please ' * 300}"[:2000]))
    assert answer not in (FIXED, FIXED_SMS)
    assert not answer.startswith("Your message is too long")


@pytest.mark.parametrize(
    "text",
    [
        *("/restart", "/session_start", "/faq_phone", "/goodbye", "EXTERNAL: faq_phone", "//"),
        *("/\n/restart", "/ /restart", "/\t/@ my name"),
    ],
)
def test_commands_of_rasa_are_only_text(clinic: Clinic, text: str) -> None:
    clinic.says("how much does it cost?")
    count = len(clinic.stored())
    assert clinic.says(text) != []
    new = clinic.stored()[count:]
    assert new[0].text == text.lstrip("/ \t\n")
    assert {event.type_name for event in new}.isdisjoint({"restart", "session_started"})


def test_no_question_of_several_is_a_command(clinic: Clinic) -> None:
    clinic.says("what are your hours? /restart")
    assert "restart" not in {event.type_name for event in clinic.stored()}


def test_a_button_is_pressed(clinic: Clinic, monkeypatch: pytest.MonkeyPatch) -> None:
    async def unsure(message: Any) -> dict[str, Any]:
        ranking = [{"name": "nlu_fallback", "confidence": 0.6}, {"name": "faq_phone"}]
        return {
            "text": message.text,
            "intent": ranking[0],
            "entities": [],
            "intent_ranking": ranking,
        }

    with monkeypatch.context() as patch:
        patch.setattr(clinic.agent.processor, "parse_message", unsure)
        assert clinic.says("hm")[0].startswith("I am not sure that I understood.")
    assert clinic.says("/faq_phone") == [PHONE]
    clinic.says("/faq_phone")  # no longer there
    users = [event for event in clinic.stored() if event.type_name == "user"]
    assert [user.text for user in users] == ["hm", "/faq_phone", "faq_phone"]


def test_a_thumb_up_takes_up_an_offer(clinic: Clinic) -> None:
    clinic.says("how much does it cost?")
    assert clinic.says("\U0001f44d\U0001f3fd")[0].startswith("I can work out an estimate")


@pytest.mark.parametrize(
    "text", ["", " \n", "\x00", "\ud800", "\u200b", "\U0001f600", "?!", "\U0001f62d\U0001f62d"]
)
def test_a_message_without_words_is_answered(clinic: Clinic, text: str) -> None:
    clinic.says("how much does it cost?")  # offers an estimate, which must not be taken for wanted
    (answer,) = clinic.says(text)
    assert answer != FIXED
    assert not answer.startswith("I can work out an estimate")


def test_text_is_cleaned() -> None:
    assert clean(" cafe\u0301\x00\x07 \n\tok\ud83d ") == "caf\u00e9 \n\tok"


@settings(
    max_examples=50,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(st.text(max_size=300))
def test_any_text_is_answered_with_no_fault(clinic: Clinic, text: str) -> None:
    answer = clinic.says(text)
    assert answer
    assert FIXED not in answer


@pytest.mark.parametrize("fault", PATCHED, ids=lambda fault: str(fault.__name__))
def test_a_failure_is_told_stores_nothing_and_can_be_made_good(
    clinic: Clinic, fault: Fault, log: io.StringIO
) -> None:
    clinic.says("is there wifi")
    before = len(clinic.stored())
    with pytest.MonkeyPatch.context() as patch:
        fault(clinic, patch)
        assert clinic.says(ASK, "x") == [FIXED]
        assert clinic.says(ASK, "y", channel="sms", conversation="you") == [FIXED_SMS]
    assert "outcome=failed" in log.getvalue()
    assert SECRET not in log.getvalue()
    assert len(clinic.stored()) == before
    assert clinic.says(ASK, "x") == [PHONE]  # the gateway sends it again


def test_an_action_that_hangs_stops_nobody_else(
    clinic: Clinic, monkeypatch: pytest.MonkeyPatch, released: threading.Event
) -> None:
    answer = actions(clinic)["action_answer"]
    hung = itertools.count()

    def hang(dispatcher: Any, tracker: Any, domain: Any) -> Any:
        if tracker.sender_id.startswith("hangs"):
            next(hung)
            released.wait(60)
        return answer(dispatcher, tracker, domain)

    monkeypatch.setitem(actions(clinic), "action_answer", hang)
    monkeypatch.setattr("addons.action_endpoint.ACTION_LIMIT", 2.5)

    async def together() -> tuple[list[list[str]], list[str], bool]:
        hanging = [asyncio.ensure_future(clinic.send(ASK, "1", f"hangs{n}")) for n in range(6)]
        await asyncio.sleep(0.1)
        other = await clinic.send(ASK, "1", "other")
        was_before = not any(task.done() for task in hanging)
        return await asyncio.gather(*hanging), other, was_before

    hanging, other, was_before = clinic.loop.run_until_complete(together())
    assert hanging == [[FIXED]] * 6
    assert other == [PHONE]
    assert was_before
    released.set()
    assert clinic.says(ASK, "1", "hangs0") == [PHONE]
    assert next(hung) == 7


def test_of_several_questions_only_what_was_understood_is_stored(clinic: Clinic) -> None:
    clinic.says("do you have wifi and where can i park")
    asked = [event for event in clinic.stored() if event.type_name == "user"]
    assert len(asked) == 2
    assert not {"is_part", "parts", "leans"} & {name for one in asked for name in one.parse_data}


@pytest.mark.parametrize("where", ["parse", "store"])
def test_what_hangs_is_given_up_in_time(
    clinic: Clinic, monkeypatch: pytest.MonkeyPatch, released: threading.Event, where: str
) -> None:
    async def hang(*args: Any) -> None:
        released.wait(60)

    def hang_here(*args: Any) -> None:
        released.wait(60)

    clinic.says("is there wifi")
    if where == "parse":
        monkeypatch.setattr(clinic.agent.processor, "parse_message", hang)
    else:
        monkeypatch.setattr(clinic.database, "transact", hang_here)
    # No other limit ends it.
    monkeypatch.setattr("addons.turns.understanding.PARSE_LIMIT", 60)
    monkeypatch.setattr("addons.stores.database.LIMIT", 60)
    clinic.agent.turns.limit = 0.5
    said = asyncio.wait_for(clinic.send(ASK), 20)
    assert clinic.loop.run_until_complete(said) == [FIXED]


def test_the_limits_are_below_what_a_gateway_waits() -> None:
    kannel_waits = 12  # seconds, as deploy/kannel/kannel.conf says
    assert kannel_waits > turn.TURN_LIMIT
    assert kannel_waits > sms.OBEYED_WITHIN


def test_a_turn_given_up_is_not_stored_behind_the_patients_back(
    clinic: Clinic, monkeypatch: pytest.MonkeyPatch, released: threading.Event
) -> None:
    clinic.says("is there wifi")
    before = len(clinic.stored())
    store: Any = clinic.agent.tracker_store
    append = store._append

    reached = threading.Event()

    def slow(*args: Any) -> None:
        reached.set()
        released.wait(60)
        append(*args)

    monkeypatch.setattr(store, "_append", slow)
    clinic.agent.turns.limit = 0.5
    assert clinic.says(ASK, "x") == [FIXED]
    assert reached.is_set()
    monkeypatch.setattr(store, "_append", append)
    released.set()
    time.sleep(0.5)  # the thread comes to an end
    assert len(clinic.stored()) == before
    clinic.agent.turns.limit = 8
    assert clinic.says(ASK, "x") == [PHONE]


def test_a_turn_that_another_process_overtook_is_taken_again(
    clinic: Clinic, monkeypatch: pytest.MonkeyPatch
) -> None:
    clinic.says("is there wifi")
    answer = actions(clinic)["action_answer"]
    bump = "UPDATE conversations SET version = version + 1"  # as another process would
    times = []

    def overtaken(*args: Any) -> Any:
        times.append(1)
        if len(times) == 1:
            clinic.database.transact(lambda one: one.exec_driver_sql(bump))
        return answer(*args)

    monkeypatch.setitem(actions(clinic), "action_answer", overtaken)
    assert clinic.says(ASK) == [PHONE]
    assert len(times) == 2
    users = [event.text for event in clinic.stored() if event.type_name == "user"]
    assert users == ["is there wifi", ASK]


def test_a_file_that_is_no_database(clinic: Clinic) -> None:
    clinic.path.write_bytes(b"garbage " * 1000)
    assert clinic.says(ASK, "x") == [FIXED]
    clinic.path.unlink()
    assert clinic.says(ASK, "x") == [PHONE]


def test_a_folder_that_is_missing(tmp_path: Path, clinic: Clinic) -> None:
    with open_clinic(tmp_path / "missing", clinic.agent.processor) as other:
        assert other.says(ASK, "x") == [FIXED]
        (tmp_path / "missing").mkdir()
        assert other.says(ASK, "x") == [PHONE]


def test_what_is_personal_is_understood_but_not_stored(clinic: Clinic) -> None:
    (answer,) = clinic.says("do you have wifi, my cell is 914-555-0133")
    assert answer.startswith("We have WiFi")
    events = [event.as_dict() for event in clinic.stored()]
    stored = str([{**event, "timestamp": None} for event in events])
    assert "do you have wifi, my cell is [phone]" in stored
    assert "0133" not in stored


def test_the_log_says_what_came_of_each_turn_but_not_what_was_said(
    clinic: Clinic, log: io.StringIO
) -> None:
    clinic.says("is there wifi, xylophone", "id")
    clinic.says("is there wifi, xylophone", "id")
    first, second = log.getvalue().splitlines()
    assert "level=info logger=addons.turns.turn event=turn channel=web conversation=me" in first
    assert "outcome=answered" in first
    assert "outcome=kept" in second
    assert "xylophone" not in first + second


def test_several_questions_of_a_message_are_one_turn(clinic: Clinic) -> None:
    text = "Do you have wifi? And where can I park?"
    answer = clinic.says(text, "1")
    assert [part[:30] for part in answer] == [
        "We have WiFi, and you can use ",
        "I do not know where you can pa",
    ]
    count = len(clinic.stored())
    assert clinic.says(text, "1") == answer
    assert len(clinic.stored()) == count
    # Rasa has two utterances; the patient wrote one message, and reads it as such.
    assert sum(event.type_name == "user" for event in clinic.stored()) == 2
    known = clinic.loop.run_until_complete(clinic.agent.turns.known("me"))
    assert known.said == (text,)
    lines = clinic.database.transact(partial(transcript, conversation="me"), writes=False)
    assert [(line["from"], line["text"]) for line in lines] == [
        ("patient", text),
        *(("assistant", part) for part in answer),
    ]


def test_if_the_second_question_fails_nothing_of_the_first_is_kept(
    clinic: Clinic, monkeypatch: pytest.MonkeyPatch
) -> None:
    answer = actions(clinic)["action_answer"]
    calls = itertools.count()

    def fails_later(*args: Any) -> Any:
        if next(calls):
            raise RuntimeError(SECRET)
        return answer(*args)

    text = "Do you have wifi? And where can I park?"
    with monkeypatch.context() as patch:
        patch.setitem(actions(clinic), "action_answer", fails_later)
        assert clinic.says(text, "1") == [FIXED]
    assert clinic.stored() == []
    assert len(clinic.says(text, "1")) == 2


def test_a_form_that_a_yes_opens_reads_the_question_beside_it(clinic: Clinic) -> None:
    clinic.says("I want to complain about how I was treated")
    said = clinic.says("yes please, and do you have wifi?")
    assert "What first name should the clinic ask for?" in " ".join(said)
    assert live.vault().read("me", TYPED) == "and do you have wifi?"
