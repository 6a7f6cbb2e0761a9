"""The website's channel: who is let in, what comes back, and that failures stay readable."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from addons.channels import refusals, visitors
from addons.channels.visitors import MESSAGES, SESSIONS, Limit
from dripdesk import chat_texts
from tests.browsers import Browser, browser
from tests.faults.injected import PATCHED, Fault, fail
from tests.patients import FIXED, PHONE, Clinic

ASK = "what is your phone number?"
THROAT = "my throat is closing"
ID = "message-of-mine"


@pytest.fixture
def visitor(clinic: Clinic) -> Browser:
    return browser(clinic)


def error(answer: Any) -> tuple[int, str]:
    """Return status and code of an error, which has a text that a patient can read."""
    body = answer.json()
    assert "call 911" in body["error"]["text"].lower()
    return answer.status_code, body["error"]["code"]


def post(visitor: Browser, body: Any, **headers: str) -> Any:
    return visitor.request("POST", "/messages", body, headers)


def test_a_conversation_begins_with_what_the_clinic_is_and_911(visitor: Browser) -> None:
    answer = visitor.request("POST", "/session", {})
    begun = answer.json()
    assert answer.status_code == 201
    assert begun["clinic"] == {
        "name": "Fuse Infusion", "phone": "914-460-4891", "tel": "+19144604891",
    }  # fmt: skip
    assert "automated assistant of Fuse Infusion" in begun["messages"][0]["text"]
    assert "not for emergencies" in begun["messages"][0]["text"]
    assert begun["expires_in"] == 1800
    assert answer.headers["cache-control"] == "no-store"


def test_a_question_is_answered_with_where_the_answer_comes_from(visitor: Browser) -> None:
    answer = visitor.loop.run_until_complete(visitor.ask(ASK)).json()
    (message,) = answer["messages"]
    assert message == {
        "text": PHONE,
        "about": {"sources": "the clinic's web page", "as_of": "November 22, 2026"},
    }


def test_the_same_message_again_gets_the_same_answer_and_counts_once(
    visitor: Browser, clinic: Clinic
) -> None:
    assert visitor.says(ASK, ID) == visitor.says(ASK, ID) == [PHONE]
    (row,) = clinic.rows("SELECT count(*) FROM events WHERE type_name = 'user'")
    assert row[0] == 1


def test_the_same_message_twice_at_once_counts_once(visitor: Browser, clinic: Clinic) -> None:
    async def both() -> Any:
        return await asyncio.gather(visitor.ask(ASK, ID), visitor.ask(ASK, ID))

    one, other = visitor.loop.run_until_complete(both())
    assert one.json()["messages"] == other.json()["messages"]
    (row,) = clinic.rows("SELECT count(*) FROM events WHERE type_name = 'user'")
    assert row[0] == 1


# Who is let in


@pytest.mark.parametrize(
    ("method", "path", "body"),
    [
        ("POST", "/messages", {"id": ID, "text": ASK}),
        ("GET", "/conversation", None),
        ("DELETE", "/conversation", None),
        ("GET", "/known", None),
        ("POST", "/feedback", {"id": ID, "helpful": True}),
    ],
)
@pytest.mark.parametrize("header", ["", "Bearer", "Bearer x.y.z", "Basic eDp5", None])
def test_without_a_token_nothing_is_told(
    visitor: Browser, method: str, path: str, body: Any, header: str | None
) -> None:
    altered = visitor.token[:-1] + ("A" if visitor.token[-1] != "A" else "B")
    headers = {"Authorization": f"Bearer {altered}" if header is None else header}
    assert error(visitor.request(method, path, body, headers)) == (401, "no_session")


def test_nobody_reads_or_goes_on_with_the_conversation_of_another(
    visitor: Browser, clinic: Clinic
) -> None:
    other = visitor.another()
    visitor.says("how much does it cost?")  # offers an estimate
    assert other.request("GET", "/conversation").json()["messages"] == []
    assert not other.says("yes")[0].startswith("I can work out an estimate")
    assert visitor.says("yes")[0].startswith("I can work out an estimate")
    assert (
        other.request("POST", "/feedback", {"id": "message-0", "helpful": True}).status_code == 200
    )
    # That was an answer of its own; the first message of the visitor has no rating.
    assert "helpful" not in visitor.request("GET", "/conversation").json()["messages"][1]


@pytest.mark.parametrize("named", ["sender", "sender_id", "conversation", "token", "session"])
def test_a_sender_whom_the_client_names_is_ignored(
    visitor: Browser, clinic: Clinic, named: str
) -> None:
    visitor.says("how much does it cost?")
    (victim,) = clinic.rows("SELECT sender_id FROM conversations")[0]
    other = visitor.another()
    answer = post(other, {"id": ID, "text": "yes", named: victim})
    assert not answer.json()["messages"][0]["text"].startswith("I can work out an estimate")
    assert len(clinic.stored(victim)) > 0
    assert all(event.as_dict().get("text") != "yes" for event in clinic.stored(victim))


@pytest.mark.parametrize(
    "origin", ["https://evil.example", "null", "http://www.clinic.example", ""]
)
def test_other_websites_are_refused(visitor: Browser, origin: str) -> None:
    assert error(post(visitor, {"id": ID, "text": ASK}, Origin=origin)) == (403, "origin")


@pytest.mark.parametrize("kind", ["text/plain", "application/x-www-form-urlencoded", ""])
def test_what_a_form_could_send_from_anywhere_is_refused(visitor: Browser, kind: str) -> None:
    answer = post(visitor, {"id": ID, "text": ASK}, **{"Content-Type": kind})
    assert error(answer) == (415, "media_type")


@pytest.mark.parametrize(
    "body",
    [
        [], "text", 5, b"null", {}, {"text": ASK}, {"id": ID}, {"id": ID, "text": ""},
        {"id": ID, "text": " \n\u200b"}, {"id": ID, "text": 5}, {"id": ID, "text": None},
        {"id": ID, "text": [ASK]}, {"id": "short", "text": ASK}, {"id": 12345678, "text": ASK},
        {"id": "x" * 65, "text": ASK}, {"id": "has a blank", "text": ASK},
        {"id": "m\u00e9ssage-1", "text": ASK},
    ],
)  # fmt: skip
def test_what_is_no_message_is_refused(visitor: Browser, body: Any) -> None:
    answer = visitor.request("POST", "/messages", body)
    assert error(answer) == (400, "bad_request")


@pytest.mark.parametrize("path", ["/messages", "/session", "/feedback"])
@pytest.mark.parametrize("content", [b"{", b"\xff\xfe", b"[" * 9000, b'{"id": ', b""])
def test_what_is_no_json_is_refused(visitor: Browser, path: str, content: bytes) -> None:
    assert error(visitor.request("POST", path, content)) == (400, "bad_request")


def test_what_is_not_there_is_said_in_json(visitor: Browser) -> None:
    assert error(visitor.request("GET", "/nothing")) == (404, "not_found")
    assert error(visitor.request("PUT", "/messages")) == (405, "method")


def test_what_is_too_long_is_refused_in_plain_words(visitor: Browser) -> None:
    assert error(post(visitor, {"id": ID, "text": "word " * 401})) == (413, "too_large")
    assert error(post(visitor, {"id": ID, "text": "x" * refusals.LARGEST})) == (413, "too_large")
    assert post(visitor, {"id": ID, "text": "x" * 2000}).status_code == 200


def test_danger_in_what_is_too_long_is_told(visitor: Browser) -> None:
    answer = post(visitor, {"id": ID, "text": f"{'soup and bread. ' * 200} {THROAT}"})
    assert answer.json()["error"]["text"].startswith("Call 911 now.")


def test_text_is_composed_and_cleaned(visitor: Browser, clinic: Clinic) -> None:
    visitor.says("cafe\u0301\x00 \u202ehours\u202c\ud800?")
    (user,) = [
        event
        for (sender,) in clinic.rows("SELECT sender_id FROM conversations")
        for event in clinic.stored(sender)
        if event.type_name == "user"
    ]
    assert user.text == "caf\u00e9 hours?"


def test_too_many_messages_are_refused_for_a_minute(visitor: Browser, clinic: Clinic) -> None:
    answers = [post(visitor, {"id": f"message-{n}", "text": "hi"}) for n in range(MESSAGES + 1)]
    assert {answer.status_code for answer in answers[:-1]} == {200}
    assert error(answers[-1]) == (429, "too_many")
    assert answers[-1].headers["retry-after"] == "60"
    assert visitor.another().says(ASK) == [PHONE]  # others are served
    (warning,) = visitor.says("my throat is closing")  # danger is told all the same
    assert warning.startswith("Call 911 now")


def test_too_much_feedback_is_refused(visitor: Browser) -> None:
    visitor.says(ASK)
    body = {"id": "message-0", "helpful": True}
    told = [visitor.request("POST", "/feedback", body) for _ in range(MESSAGES + 1)]
    assert error(told[-1]) == (429, "too_many")
    assert 429 not in {one.status_code for one in told[:-1]}


def test_too_many_sessions_of_one_address_are_refused(clinic: Clinic) -> None:
    visitor = browser(clinic)
    # The proxy on this machine says who calls.
    mine, others = {"X-Forwarded-For": "203.0.113.1"}, {"X-Forwarded-For": "203.0.113.2"}
    for _ in range(SESSIONS):
        assert visitor.request("POST", "/session", {}, mine).status_code == 201
    assert error(visitor.request("POST", "/session", {}, mine)) == (429, "too_many")
    assert visitor.request("POST", "/session", {}, others).status_code == 201


def test_all_requests_of_one_address_are_limited(
    clinic: Clinic, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(visitors, "REQUESTS", 3)
    visitor = browser(clinic)
    assert visitor.request("GET", "/known").status_code == 200
    assert visitor.request("GET", "/known").status_code == 200
    assert error(visitor.request("GET", "/known")) == (429, "too_many")


# Buttons


def test_a_button_that_was_just_offered_can_be_tapped(
    visitor: Browser, clinic: Clinic, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def unsure(message: Any) -> dict[str, Any]:
        ranking = [{"name": "nlu_fallback", "confidence": 0.6}, {"name": "faq_phone"}]
        parsed = {"text": message.text, "entities": [], "intent": ranking[0]}
        return {**parsed, "intent_ranking": ranking}

    with monkeypatch.context() as patch:
        patch.setattr(clinic.agent.processor, "parse_message", unsure)
        answer = visitor.loop.run_until_complete(visitor.ask("hm")).json()
    assert answer["messages"][0]["buttons"] == [
        {"title": "Our phone number", "payload": "/faq_phone"}
    ]
    assert visitor.says("/faq_phone") == [PHONE]
    shown = visitor.request("GET", "/conversation").json()["messages"]
    assert [one["text"] for one in shown if one["from"] == "patient"] == ["hm", "Our phone number"]


@pytest.mark.parametrize("command", ["/restart", "/faq_phone", '/emergency{"a": 1}', "/goodbye"])
def test_what_was_not_offered_is_no_command(visitor: Browser, clinic: Clinic, command: str) -> None:
    visitor.says(ASK)
    visitor.says(command)
    (sender,) = clinic.rows("SELECT sender_id FROM conversations")[0]
    *_, last = (event for event in clinic.stored(sender) if event.type_name == "user")
    assert not last.text.startswith("/")


# What is kept


def test_the_conversation_is_restored_as_it_was(visitor: Browser) -> None:
    visitor.says(ASK)
    visitor.request("POST", "/feedback", {"id": "message-0", "helpful": False})
    asked, answered = visitor.request("GET", "/conversation").json()["messages"]
    assert (asked["from"], asked["text"], asked["id"]) == ("patient", ASK, "message-0")
    assert (answered["from"], answered["text"], answered["id"]) == ("assistant", PHONE, "message-0")
    assert answered["about"]["sources"] == "the clinic's web page"
    assert answered["helpful"] is False
    assert asked["at"] <= answered["at"]


def test_a_turn_in_danger_is_restored_too(visitor: Browser, clinic: Clinic) -> None:
    (answer,) = visitor.says(THROAT)
    clinic.loop.run_until_complete(clinic.agent.recorder.done())
    asked, answered = visitor.request("GET", "/conversation").json()["messages"]
    assert (asked["text"], answered["text"]) == (THROAT, answer)


def test_feedback_is_stored_with_the_topic_and_can_be_changed(
    visitor: Browser, clinic: Clinic
) -> None:
    visitor.says(ASK)
    for helpful in (True, False):
        body = {"id": "message-0", "helpful": helpful}
        assert visitor.request("POST", "/feedback", body).status_code == 200
    assert clinic.rows("SELECT topic, helpful FROM feedback") == [("faq_phone", 0)]


@pytest.mark.parametrize(
    "body",
    [{}, {"id": "message-0"}, {"id": "message-0", "helpful": "yes"}, {"id": 1, "helpful": True}],
)
def test_what_is_no_feedback_is_refused(visitor: Browser, body: Any) -> None:
    assert error(visitor.request("POST", "/feedback", body)) == (400, "bad_request")


def test_feedback_on_nothing_is_refused(visitor: Browser) -> None:
    body = {"id": "message-9", "helpful": True}
    assert error(visitor.request("POST", "/feedback", body)) == (404, "not_found")


def test_what_is_known_is_told(visitor: Browser) -> None:
    known = visitor.request("GET", "/known").json()
    assert known["said"] == []
    assert known["text"] == "I keep nothing that you wrote in this chat."
    visitor.says("my cell is 914-555-0133, what are your hours")
    known = visitor.request("GET", "/known").json()
    assert known["said"] == ["my cell is [phone], what are your hours"]
    assert "Your messages so far: 1." in known["text"]
    assert "after 30 days" in known["text"]
    assert visitor.says("What do you know about me?") == [known["text"]]


@pytest.mark.parametrize("way", ["request", "message"])
def test_who_wants_to_be_forgotten_is(visitor: Browser, clinic: Clinic, way: str) -> None:
    visitor.says(ASK)
    visitor.request("POST", "/feedback", {"id": "message-0", "helpful": True})
    old = visitor.token
    if way == "request":
        answer = visitor.request("DELETE", "/conversation").json()
    else:
        answer = visitor.loop.run_until_complete(visitor.ask("Forget me, please.")).json()
    assert answer["is_new"]
    done = (
        "Done. I have deleted what was said in this chat, "
        "and any call back that you asked for here."
    )
    assert answer["messages"] == [{"text": done}]
    for table in ("events", "conversations", "messages", "feedback"):
        assert clinic.rows(f"SELECT count(*) FROM {table}") == [(0,)]  # noqa: S608
    visitor.token = old
    assert visitor.request("GET", "/conversation").json()["messages"] == []


def test_who_starts_over_is_a_new_visitor(visitor: Browser) -> None:
    visitor.says("how much does it cost?")
    answer = visitor.loop.run_until_complete(visitor.ask("start over")).json()
    assert answer["is_new"]
    assert visitor.request("GET", "/conversation").json()["messages"] == []
    assert not visitor.says("yes")[0].startswith("I can work out an estimate")


@pytest.mark.parametrize(
    "text",
    [
        "can i start over with a new nurse",
        "did you forget me",
        "reset the pump",
        "delete my data from the portal how",
    ],
)
def test_a_longer_message_is_a_question(text: str) -> None:
    assert chat_texts.command(text) is None


# When things fail


@pytest.mark.parametrize("fault", PATCHED, ids=lambda fault: str(fault.__name__))
def test_whatever_fails_there_is_an_answer_and_danger_is_told(
    clinic: Clinic, fault: Fault, monkeypatch: pytest.MonkeyPatch
) -> None:
    visitor = browser(clinic)
    fault(clinic, monkeypatch)
    assert visitor.says("do you have wifi?")[0].startswith(FIXED[:20])
    answer = asyncio.wait_for(visitor.ask(THROAT), 6)
    text = visitor.loop.run_until_complete(answer).json()["messages"][0]["text"]
    assert text.startswith("Call 911 now.")


@pytest.mark.parametrize(
    ("method", "path", "body"),
    [
        ("GET", "/conversation", None),
        ("DELETE", "/conversation", None),
        ("GET", "/known", None),
        ("POST", "/feedback", {"id": ID, "helpful": True}),
    ],
)
def test_a_broken_database_gives_a_readable_error(
    visitor: Browser, clinic: Clinic, monkeypatch: pytest.MonkeyPatch,
    method: str, path: str, body: Any,
) -> None:  # fmt: skip
    monkeypatch.setattr(clinic.database, "transact", fail)
    assert error(visitor.request(method, path, body)) == (503, "failed")


def test_health(visitor: Browser, clinic: Clinic, monkeypatch: pytest.MonkeyPatch) -> None:
    assert visitor.request("GET", "/health/live").status_code == 200
    assert visitor.request("GET", "/health/ready").json() == {"model": True, "database": True}
    monkeypatch.setattr(clinic.database, "transact", fail)
    clinic.agent.processor = None
    answer = visitor.request("GET", "/health/ready")
    assert answer.status_code == 503
    assert answer.json() == {"model": False, "database": False}
    assert visitor.request("GET", "/health/live").status_code == 200


def test_the_widget_is_served_and_kept_by_browsers(visitor: Browser) -> None:
    answer = visitor.request("GET", "/dripdesk.js")
    assert answer.headers["content-type"] == "text/javascript; charset=utf-8"
    tag = answer.headers["etag"]
    for known in (tag, f"W/{tag}"):  # as nginx writes it, which compresses the script
        again = visitor.request("GET", "/dripdesk.js", headers={"If-None-Match": known})
        assert again.status_code == 304


@pytest.mark.parametrize("phone", ["known", "unknown"])
def test_every_error_reads_well(phone: str, book_of: Any) -> None:
    book = book_of("fuse")
    if phone == "unknown":
        facts = {**book.facts, "phone": replace(book.facts["phone"], value=None)}
        book = replace(book, facts=facts)
    for code in chat_texts.texts()["errors"]:
        text = chat_texts.error(code, book)
        assert "{" not in text
        assert text.endswith("In an emergency, call 911.")


def test_every_text_is_plain() -> None:
    from dripdesk.texts import grade

    texts = chat_texts.texts()
    said = [text for name, text in texts.items() if isinstance(text, str)]
    assert {text: g for text in (*said, *texts["errors"].values()) if (g := grade(text)) > 6} == {}


@hypothesis_settings(
    suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=40, deadline=None
)
@given(
    body=st.dictionaries(
        st.sampled_from(["id", "text", "sender", "helpful", "metadata"]),
        st.none() | st.booleans() | st.integers() | st.text(max_size=40) | st.lists(st.text()),
    )
)
def test_whatever_is_sent_no_error_is_ours(
    visitor: Browser, clinic: Clinic, body: dict[str, Any]
) -> None:
    for channel in visitor.app.ctx.input_channels:
        channel._messages = channel._requests = channel._new = Limit(10**9)
    for path in ("/messages", "/feedback", "/session"):
        answer = visitor.request("POST", path, body)
        assert answer.status_code in (200, 201, 400, 404)
