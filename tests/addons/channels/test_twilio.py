"""Twilio's webhook: only what Twilio signed is answered."""

from __future__ import annotations

from typing import Any
from urllib.parse import parse_qsl, urlencode

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from addons import metrics
from addons.channels.twilio import TwilioInput
from dripdesk.settings import SettingError, Settings
from tests.patients import PHONE, Clinic
from tests.phones import TWILIO, Phone, phone, said, signature, twilio

ASK = "what is your phone number?"
SID = "SM00000000000000000000000000abcdef"


@pytest.fixture
def mine(clinic: Clinic) -> Phone:
    return phone(clinic, "twilio")


def delivered(told: str) -> float:
    return metrics.registry.get_sample_value("dripdesk_deliveries_total", {"status": told}) or 0


def status(mine: Phone, content: bytes, headers: dict[str, str], path: str = "/webhook") -> int:
    return mine.loop.run_until_complete(mine.post(path, content, headers)).status_code


def test_a_question_is_answered_in_the_response(mine: Phone) -> None:
    answer = mine.loop.run_until_complete(mine.post("/webhook", *twilio(ASK, SID)))
    assert answer.status_code == 200
    assert said(answer).startswith("Our phone number is 914-460-4891.")
    assert PHONE.startswith("Our phone number is 914-460-4891.")


def test_the_signature_is_the_one_in_twilios_own_example() -> None:
    """The example of Twilio's documentation on security."""
    from twilio.request_validator import RequestValidator

    form = {
        "CallSid": "CA1234567890ABCDE", "Caller": "+14158675309", "Digits": "1234",
        "From": "+14158675309", "To": "+18005551212",
    }  # fmt: skip
    url = "https://mycompany.com/myapp.php?foo=1&bar=2"
    validator = RequestValidator("12345")
    assert validator.compute_signature(url, form) == "RSOYDt4T1cUTdK1PDd93/VVr8B8="


@pytest.mark.parametrize("name", sorted(TWILIO))
def test_every_changed_value_is_refused(mine: Phone, clinic: Clinic, name: str) -> None:
    content, headers = twilio(ASK, SID)
    form = dict(parse_qsl(content.decode(), keep_blank_values=True))
    for changed in (
        {**form, name: form[name] + "1"},
        {**{key: value for key, value in form.items() if key != name}, f"{name}x": form[name]},
        {key: value for key, value in form.items() if key != name},
        {**form, "Added": ""},
    ):
        assert status(mine, urlencode(changed).encode(), headers) == 403
    assert clinic.rows("SELECT count(*) FROM messages") == [(0,)]


@pytest.mark.parametrize("header", ["", "x", "AAAAAAAAAAAAAAAAAAAAAAAAAAA="])
def test_a_wrong_or_missing_signature_is_refused(mine: Phone, header: str) -> None:
    content, headers = twilio(ASK, SID)
    assert status(mine, content, {**headers, "X-Twilio-Signature": header}) == 403
    del headers["X-Twilio-Signature"]
    assert status(mine, content, headers) == 403


def test_the_signature_of_another_address_is_refused(mine: Phone) -> None:
    content, headers = twilio(ASK, SID, path="/status")
    assert status(mine, content, headers) == 403
    content, headers = twilio(ASK, SID)
    answer = mine.loop.run_until_complete(mine.post("/webhook", content, headers, "?a=1"))
    assert answer.status_code == 403


def test_fields_that_twilio_adds_do_no_harm(mine: Phone) -> None:
    assert mine.says(ASK, RcsSender="x", ButtonText="", Forwarded="é")


def test_a_photo_without_words_is_told_so(mine: Phone) -> None:
    answer = mine.says(
        "", NumMedia="1", MediaUrl0="https://x.example/1", MediaContentType0="image/png"
    )
    assert answer.startswith("I can only read words.")


@pytest.mark.parametrize(
    "fields", [{"MessageSid": "", "SmsSid": ""}, {"From": ""}, {"To": "<script>"}, {"From": "a b"}]
)
def test_signed_nonsense_is_refused(mine: Phone, fields: dict[str, str]) -> None:
    form = {**TWILIO, "MessageSid": SID, "SmsSid": SID, "Body": ASK, **fields}
    headers = {"X-Twilio-Signature": signature(form)}
    assert status(mine, urlencode(form).encode(), headers) == 400


@pytest.mark.parametrize("told", ["queued", "sent", "delivered", "undelivered"])
def test_what_became_of_a_message_is_stored_once(mine: Phone, clinic: Clinic, told: str) -> None:
    body, headers = twilio("", SID, path="/status", MessageStatus=told)
    before = delivered(told)
    assert status(mine, body, headers, "/status") == 204
    assert status(mine, body, headers, "/status") == 204
    assert delivered(told) - before == 1
    assert clinic.rows("SELECT message_id, status FROM deliveries") == [(SID, told)]


def test_a_status_that_nobody_signed_is_refused(mine: Phone, clinic: Clinic) -> None:
    body, headers = twilio("", SID, path="/status", MessageStatus="sent")
    assert status(mine, body + b"1", headers, "/status") == 403
    assert clinic.rows("SELECT count(*) FROM deliveries") == [(0,)]


@pytest.mark.parametrize(
    ("text", "answer"),
    [("STOP", ""), ("Unsubscribe", ""), ("HELP", ""), ("please stop texting me", "You will get")],
)
def test_what_twilio_answers_itself_is_noted_in_silence(
    clinic: Clinic, text: str, answer: str
) -> None:
    mine = phone(clinic, "twilio", opt_out_by="gateway")
    assert mine.says(text).startswith(answer) if answer else mine.says(text) == ""
    is_out = "HELP" not in text
    assert clinic.rows("SELECT count(*) FROM opt_outs") == [(int(is_out),)]
    assert (mine.says("do you have wifi") == "") is is_out
    assert mine.says("START") == ""
    assert mine.says("do you have wifi")


def test_at_a_short_code_twilio_answers_nothing_itself(clinic: Clinic) -> None:
    mine = phone(clinic, "twilio", opt_out_by="gateway")
    assert mine.says("HELP", To="55501") != ""


def test_yes_is_an_answer_where_twilio_answers_stop(clinic: Clinic) -> None:
    mine = phone(clinic, "twilio", opt_out_by="gateway")
    mine.says("how much does it cost?")
    assert mine.says("yes").startswith("Your share depends on")
    mine.says("STOP")
    assert mine.says("YES") == ""  # Twilio says that texts come again
    assert mine.says("do you have wifi")


def test_without_a_token_there_is_no_channel() -> None:
    with pytest.raises(SettingError, match="TWILIO_AUTH_TOKEN"):
        TwilioInput(Settings())


@settings(
    suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60, deadline=None
)
@given(fields=st.dictionaries(st.sampled_from([*TWILIO, "x"]), st.text(max_size=30)))
def test_whatever_twilio_signs_no_error_is_ours(mine: Phone, fields: dict[str, Any]) -> None:
    fields = {name: value.encode("utf-8", "replace").decode() for name, value in fields.items()}
    form = {**TWILIO, "MessageSid": SID, "SmsSid": SID, **fields}
    headers = {"X-Twilio-Signature": signature(form)}
    assert status(mine, urlencode(form).encode(), headers) in (200, 400)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(body=st.binary(max_size=200))
def test_whatever_strangers_send_is_refused(mine: Phone, body: bytes) -> None:
    assert status(mine, body, {"X-Twilio-Signature": "x"}) == 403
