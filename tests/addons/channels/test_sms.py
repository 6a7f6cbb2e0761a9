"""Text messages by both gateways: what patients read, and when there is silence."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from addons.channels.sms import written
from dripdesk import live
from dripdesk.danger import Danger
from dripdesk.texts import is_gsm, sms_segments
from tests.faults.injected import PATCHED, Fault, fail, fail_later
from tests.patients import FIXED_SMS, Clinic
from tests.phones import Phone, phone

FIRST = "Fuse Infusion: automated answers. Not for emergencies. Reply STOP to end."
STOPPED = (
    "You will get no more texts from Fuse Infusion. To get them again, reply START. "
    "To change a visit, call 914-460-4891. In an emergency, call 911."
)
STARTED = (
    "Fuse Infusion: you can text us your questions again. Reply STOP to end, HELP for help. "
    "In an emergency, call 911."
)
HELP = (
    "Fuse Infusion: automated answers, no nurse reads these texts. Call 914-460-4891. "
    "Reply STOP to end. Msg & data rates may apply. In an emergency, call 911."
)
THROAT = "my throat is closing"
NO_TEXT = "I can only read words. Please text me your question. In an emergency, call 911."


@pytest.fixture(params=["twilio", "kannel"])
def mine(request: pytest.FixtureRequest, clinic: Clinic) -> Phone:
    return phone(clinic, request.param)


def test_the_exchange_that_a_regulator_would_look_at(mine: Phone, clinic: Clinic) -> None:
    started = mine.says("How do I get started?")
    assert "914-460-4891" in started
    assert started.endswith(f"\n{FIRST}")
    assert mine.says("STOP", "SMsame") == STOPPED
    assert mine.says("STOP", "SMsame") == STOPPED  # it was not told that we answered
    assert mine.says("STOP") == ""  # one confirmation
    assert mine.says("whats an infusion") == ""
    assert mine.says("HELP") == HELP
    assert mine.says("START") == STARTED
    infusion = mine.says("whats an infusion")
    assert "vein" in infusion
    assert FIRST not in infusion
    rows = clinic.rows("SELECT is_out, wording, channel FROM opt_outs ORDER BY id")
    assert rows == [(1, "STOP", mine.gateway), (0, "START", mine.gateway)]


@pytest.mark.parametrize(
    "text", ["stop", " Stop. ", "STOPALL", "stop all", "Unsubscribe", "CANCEL", "end", "quit",
             "revoke", "opt-out", "OPTOUT", "alto"],
)  # fmt: skip
def test_words_that_end_texts(mine: Phone, text: str) -> None:
    assert mine.says(text) == STOPPED
    assert mine.says("what are your hours") == ""


@pytest.mark.parametrize(
    "text",
    [
        "please stop texting me",
        "Take me off your list",
        "I don't want these messages anymore",
        "no more texts please",
    ],
)
def test_plain_words_end_texts_too(mine: Phone, text: str) -> None:
    assert mine.says(text) == STOPPED
    assert mine.says("what are your hours") == ""


@pytest.mark.parametrize(
    "text", ["should i stop my infusion?", "cancel my appointment", "can i quit humira"]
)
def test_words_of_care_end_nothing(mine: Phone, text: str) -> None:
    assert mine.says(text) != STOPPED
    assert mine.says("what are your hours") != ""


def test_yes_starts_again_only_after_stop(mine: Phone) -> None:
    assert mine.says("yes") != STARTED
    mine.says("stop")
    assert mine.says("yes") == STARTED


def test_danger_is_told_also_to_who_wants_no_texts(mine: Phone, clinic: Clinic) -> None:
    mine.says("stop")
    assert mine.says(THROAT).startswith("Call 911 now.")
    assert mine.says("what are your hours") == ""
    assert clinic.rows("SELECT count(*) FROM opt_outs") == [(1,)]


def test_who_stops_texts_in_danger_reads_of_the_danger_first(mine: Phone) -> None:
    answer = mine.says("stop texting me i want to kill myself")
    assert "call or text 988 now" in answer
    assert answer.endswith(STOPPED)
    assert mine.says("what are your hours") == ""


def test_a_stop_is_noted_also_if_the_screen_fails(
    mine: Phone, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(text: str) -> None:
        raise RuntimeError

    monkeypatch.setattr(live, "danger", fail)
    assert mine.says("stop") == STOPPED
    monkeypatch.undo()
    assert mine.says("what are your hours") == ""


def test_danger_that_is_not_sure_is_told_too_to_who_wants_no_texts(
    mine: Phone, clinic: Clinic
) -> None:
    mine.says("stop")
    clinic.agent.turns._screen = lambda text: Danger("emergency", "heart", "unsure", sure=False)
    assert mine.says("what are your hours").startswith("Call 911 now.")


def test_how_it_is_stopped_is_told(mine: Phone) -> None:
    assert mine.says("how do i stop these texts") == HELP


def test_others_go_on_getting_texts(mine: Phone) -> None:
    mine.says("stop")
    other = Phone(mine.app, mine.loop, mine.gateway, "+12125550177")
    assert other.says("what is your phone number?") != ""


def test_the_first_answer_of_all_says_what_we_are(mine: Phone) -> None:
    assert mine.says("do you have wifi", "SMone").endswith(f"\n{FIRST}")
    assert mine.says("do you have wifi", "SMone").endswith(f"\n{FIRST}")
    assert FIRST not in mine.says("do you have wifi")


def test_the_text_for_danger_says_it_only_if_it_is_the_first(mine: Phone, clinic: Clinic) -> None:
    first = Phone(mine.app, mine.loop, mine.gateway, "+12125550188")
    assert first.says(THROAT).endswith(f"\n{FIRST}")
    mine.says("do you have wifi")
    assert FIRST not in mine.says(THROAT)
    clinic.loop.run_until_complete(clinic.agent.recorder.done())
    assert FIRST not in mine.says(THROAT)


@pytest.mark.parametrize("text", ["", "  ", "\u200b", "\n"])
def test_what_has_no_words_is_told_so(mine: Phone, text: str) -> None:
    assert mine.says(text) == NO_TEXT


@pytest.mark.parametrize(
    "text", ["\U0001f44d", "¡Hola!", "x" * 1600, "é" * 1600, "\U0001f600" * 800, "/restart", "2"]
)
def test_whatever_comes_there_is_an_answer_of_three_segments(mine: Phone, text: str) -> None:
    answer = mine.says(text)
    assert answer
    assert sms_segments(answer) <= 3
    assert is_gsm(answer)


def test_options_are_numbered_and_a_number_picks_one(
    mine: Phone, clinic: Clinic, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def unsure(message: Any) -> dict[str, Any]:
        names = ("nlu_fallback", "faq_hours", "faq_phone")
        ranking = [{"name": name, "confidence": 0.5} for name in names]
        parsed = {"text": message.text, "entities": [], "intent": ranking[0]}
        return {**parsed, "intent_ranking": ranking}

    with monkeypatch.context() as patch:
        patch.setattr(clinic.agent.processor, "parse_message", unsure)
        asked = mine.says("hm")
    assert "\nReply with a number:\n1. Opening hours\n2. Our phone number" in asked
    assert mine.says("2").startswith("Our phone number is 914-460-4891.")
    assert not mine.says("2").startswith("Our phone number")  # nothing is offered any more


@pytest.mark.parametrize("fault", PATCHED, ids=lambda fault: str(fault.__name__))
def test_whatever_fails_there_is_an_answer_and_danger_is_told(
    mine: Phone, clinic: Clinic, fault: Fault, monkeypatch: pytest.MonkeyPatch
) -> None:
    fault(clinic, monkeypatch)
    assert mine.says("do you have wifi?").startswith(FIXED_SMS)
    in_danger = asyncio.wait_for(mine.send(THROAT), 6)
    assert mine.loop.run_until_complete(in_danger).startswith("Call 911 now.")


def test_a_stop_that_cannot_be_noted_is_not_confirmed(
    mine: Phone, clinic: Clinic, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(clinic.database, "transact", fail)
        assert mine.says("stop", "SMx") == FIXED_SMS
    assert mine.says("stop", "SMx") == STOPPED


@pytest.mark.parametrize(
    "text",
    [
        "Stop texting me! I can't breathe what should I do",
        "stop sending me messages i want to kill myself worried about my kids",
    ],
)
def test_danger_beside_stop_is_told_also_where_it_sounds_like_talk(mine: Phone, text: str) -> None:
    answer = mine.says(text)
    assert "911" in answer.split(".")[0] or "988" in answer.split(".")[0]
    assert answer.endswith(STOPPED)


@pytest.mark.parametrize("works", ["fails", "hangs"])
def test_danger_is_told_also_where_a_stop_cannot_be_noted(
    mine: Phone, clinic: Clinic, monkeypatch: pytest.MonkeyPatch, works: str
) -> None:
    async def hang(*args: Any) -> None:
        await asyncio.sleep(60)

    monkeypatch.setattr("addons.channels.sms.OBEYED_WITHIN", 0.1)
    monkeypatch.setattr(clinic.database, "write", fail_later if works == "fails" else hang)
    answer = mine.says("stop texting me i want to kill myself")
    assert "call or text 988 now" in answer
    assert STOPPED not in answer


def test_one_message_delivered_twenty_times_at_once_is_one_turn(
    mine: Phone, clinic: Clinic
) -> None:
    async def deliver() -> list[str]:
        return await asyncio.gather(*(mine.send("do you have wifi", "SMone") for _ in range(20)))

    answers = mine.loop.run_until_complete(deliver())
    assert len(answers) == 20
    assert len(set(answers)) == 1
    assert clinic.rows("SELECT count(*) FROM events WHERE type_name = 'user'") == [(1,)]


def test_no_number_is_stored_or_logged(
    mine: Phone, clinic: Clinic, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("INFO", logger="addons")
    mine.says("do you have wifi")
    mine.says("please stop texting me at 212-555-0142")
    clinic.database.close()
    content = clinic.path.read_bytes()
    assert b"2125550142" not in content
    assert b"212-555-0142" not in content
    assert "2125550142" not in caplog.text


def test_a_long_answer_is_cut_where_a_sentence_ends() -> None:
    long = "This is a sentence about nothing at all. " * 20
    answer = written([{"text": long.strip()}])
    assert sms_segments(answer) <= 3
    assert answer.endswith(" at all. More: call 914-460-4891.")


@settings(
    suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=25, deadline=None
)
@given(text=st.text(max_size=200))
def test_whatever_is_written_nothing_breaks(mine: Phone, text: str) -> None:
    clean = text.encode("utf-8", "replace").decode()
    assert sms_segments(mine.says(clean)) <= 3
