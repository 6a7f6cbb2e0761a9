"""Kannel's post-url: only who shows the token is answered."""

from __future__ import annotations

import pytest

from addons.channels.kannel import KannelInput
from dripdesk.settings import SettingError, Settings
from tests.patients import Clinic
from tests.phones import Phone, kannel, kannel_query, phone

ASK = "what is your phone number?"
ID = "8f9f9a54-8d5e-4d0c-8b5b-1a2b3c4d5e6f"


@pytest.fixture
def mine(clinic: Clinic) -> Phone:
    return phone(clinic, "kannel")


def test_a_question_is_answered_in_the_response(mine: Phone) -> None:
    sent = mine.post("/webhook", ASK.encode(), kannel(), kannel_query(ID))
    answer = mine.loop.run_until_complete(sent)
    assert answer.text.startswith("Our phone number is 914-460-4891.")
    assert answer.headers["content-type"] == "text/plain; charset=utf-8"
    assert "x-kannel-coding" not in answer.headers


@pytest.mark.parametrize("token", ["", "wrong", "for tests only, as we make it u", "é" * 32])
def test_a_wrong_token_is_refused(mine: Phone, clinic: Clinic, token: str) -> None:
    sent = mine.post("/webhook", ASK.encode(), kannel(), kannel_query(ID, token))
    assert mine.loop.run_until_complete(sent).status_code == 403
    sent = mine.post("/webhook", ASK.encode(), kannel(), f"?id={ID}")
    assert mine.loop.run_until_complete(sent).status_code == 403
    assert clinic.rows("SELECT count(*) FROM messages") == [(0,)]


@pytest.mark.parametrize(
    ("headers", "query"),
    [
        ({**kannel(), "X-Kannel-From": ""}, kannel_query(ID)),
        ({**kannel(), "X-Kannel-From": "somebody"}, kannel_query(ID)),
        ({**kannel(), "X-Kannel-To": ""}, kannel_query(ID)),
        (kannel(), kannel_query("")),
        (kannel(), kannel_query("a b")),
    ],
)
def test_what_names_nobody_is_refused(mine: Phone, headers: dict[str, str], query: str) -> None:
    sent = mine.post("/webhook", ASK.encode(), headers, query)
    assert mine.loop.run_until_complete(sent).status_code == 400


def test_what_is_not_in_gsm_7_says_so(mine: Phone, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("addons.channels.sms.say", lambda name: "¿Cuánto? 你好")
    sent = mine.post("/webhook", b"HELP", kannel(), kannel_query(ID))
    answer = mine.loop.run_until_complete(sent)
    assert answer.text == "¿Cuanto? 你好"
    assert answer.headers["x-kannel-coding"] == "2"


def test_bytes_that_are_no_utf_8_do_no_harm(mine: Phone) -> None:
    sent = mine.post("/webhook", b"\xff\xfe wifi", kannel(), kannel_query(ID))
    assert mine.loop.run_until_complete(sent).status_code == 200


def test_without_a_token_there_is_no_channel() -> None:
    with pytest.raises(SettingError, match="KANNEL_TOKEN"):
        KannelInput(Settings())
