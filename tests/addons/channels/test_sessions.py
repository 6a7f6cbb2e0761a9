"""Tokens: whose they are, how long they are good, and that no altered one is taken."""

from __future__ import annotations

import string
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from addons.channels.sessions import IDLE, LONGEST, Session, SessionError, Sessions

SECRET = "a secret for tests, 32 characters"
SESSIONS = Sessions(SECRET)
TOKEN = SESSIONS.token(SESSIONS.new())
CHARACTERS = string.ascii_letters + string.digits + string.punctuation + " \n\x00é"


def test_a_token_gives_its_session_again() -> None:
    session = SESSIONS.new()
    assert SESSIONS.read(SESSIONS.token(session)) == session


def test_nobody_can_guess_a_session() -> None:
    ids = {SESSIONS.new().id for _ in range(100)}
    assert len(ids) == 100
    assert all(len(id) == 32 for id in ids)


def test_every_other_character_at_every_place_is_refused() -> None:
    for place, right in enumerate(TOKEN):
        for wrong in set(CHARACTERS) - {right}:
            with pytest.raises(SessionError):
                SESSIONS.read(TOKEN[:place] + wrong + TOKEN[place + 1 :])


@given(st.integers(0, len(TOKEN)), st.text(min_size=1, max_size=4))
def test_nothing_can_be_put_in(place: int, more: str) -> None:
    with pytest.raises(SessionError):
        SESSIONS.read(TOKEN[:place] + more + TOKEN[place:])


@given(st.integers(0, len(TOKEN) - 1), st.integers(1, 8))
def test_nothing_can_be_left_out(place: int, count: int) -> None:
    with pytest.raises(SessionError):
        SESSIONS.read(TOKEN[:place] + TOKEN[place + count :])


@given(st.text() | st.text("=.-_" + string.ascii_letters))
def test_what_is_no_token_is_refused(text: str) -> None:
    with pytest.raises(SessionError):
        SESSIONS.read(text)


def test_the_token_of_another_secret_is_refused() -> None:
    other = Sessions("another secret, of 32 characters")
    with pytest.raises(SessionError):
        other.read(TOKEN)


@pytest.mark.parametrize(("after", "is_good"), [(-3600, True), (IDLE - 5, True), (IDLE + 5, False)])
def test_a_token_is_good_for_half_an_hour(
    after: int, is_good: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    session = SESSIONS.new()
    token, now = SESSIONS.token(session), time.time()
    monkeypatch.setattr(time, "time", lambda: now + after)
    if is_good:
        assert SESSIONS.read(token) == session
    else:
        with pytest.raises(SessionError):
            SESSIONS.read(token)


def test_the_limits_are_those_that_were_agreed() -> None:
    assert (IDLE, LONGEST) == (30 * 60, 12 * 3600)


def test_no_session_is_renewed_for_ever() -> None:
    old = Session("0" * 32, int(time.time()) - LONGEST - 1)
    with pytest.raises(SessionError):
        SESSIONS.read(SESSIONS.token(old))


def test_the_conversation_does_not_tell_the_session() -> None:
    one, other = SESSIONS.new(), SESSIONS.new()
    assert SESSIONS.conversation(one) == SESSIONS.conversation(one)
    assert SESSIONS.conversation(one) != SESSIONS.conversation(other)
    assert one.id not in SESSIONS.conversation(one)


def test_without_a_secret_nothing_is_signed() -> None:
    with pytest.raises(ValueError, match="secret"):
        Sessions("")
