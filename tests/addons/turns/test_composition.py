"""Answers to several questions read as one."""

from __future__ import annotations

from addons.turns.composition import BELOW, SAME, compose

PHONE = "914-555-0142"
WORDS = {SAME: "the same number", BELOW: "the number below"}


def test_only_the_last_offer_stays() -> None:
    answers = [["It takes an hour. Shall I tell you more?"], ["We have WiFi. Want to know more?"]]
    assert compose(answers, PHONE, WORDS, [False, False]) == [
        ["It takes an hour."],
        ["We have WiFi. Want to know more?"],
    ]


def test_a_text_that_is_all_question_stays() -> None:
    answers = [["How can I help you?"], ["We have WiFi."]]
    assert compose(answers, PHONE, WORDS, [False, False]) == answers


def test_the_number_stands_where_it_comes_first() -> None:
    answers = [["I do not know. Call 914-555-0142."], ["To ask, call 914-555-0142."]]
    assert compose(answers, PHONE, WORDS, [False, False]) == [
        ["I do not know. Call 914-555-0142."],
        ["To ask, call the same number."],
    ]


def test_the_number_stands_where_it_was_asked_for() -> None:
    answers = [["To ask, call 914-555-0142."], ["Our number is 914-555-0142."], ["914-555-0142!"]]
    assert compose(answers, PHONE, WORDS, [False, True, False]) == [
        ["To ask, call the number below."],
        ["Our number is 914-555-0142."],
        ["the same number!"],
    ]


def test_a_spanish_text_keeps_its_number() -> None:
    answers = [["To ask, call 914-555-0142."], ["Llame al 914-555-0142 y pregunte si hablan."]]
    assert compose(answers, PHONE, WORDS, [False, False]) == answers


def test_an_unknown_number_changes_nothing() -> None:
    answers = [["Call us."], ["Call us."]]
    assert compose(answers, "", WORDS, [False, False]) == answers
