"""Who wants no texts: words and plain language, told apart from care and from questions."""

from __future__ import annotations

import pytest

from dripdesk.opt_out import Request, find, is_for_gateway, words
from dripdesk.texts import grade, is_gsm, sms_segments

# 47 CFR 64.1200(a)(10) names these; carriers and gateways add STOPALL and OPTOUT.
PER_SE = ["stop", "quit", "end", "revoke", "opt out", "cancel", "unsubscribe", "STOPALL", "OptOut"]


@pytest.mark.parametrize("text", [*PER_SE, "Stop!", "STOP.", " stop ", "opt-out", "Remove", "BAJA"])
def test_single_words_end_texts(text: str) -> None:
    assert find(text, is_out=False) is Request.STOP


@pytest.mark.parametrize(
    "text",
    [
        "please stop texting me",
        "STOP SENDING ME THESE MESSAGES",
        "quit messaging this number",
        "can you stop texting me pls",
        "don't text me again",
        "do not contact me",
        "dont send me any more texts",
        "No more texts.",
        "i don't want your texts",
        "take me off your list",
        "Please remove my number from your system",
        "unsubscribe me please",
        "i want to opt out",
        "I'd like to unsubscribe",
        "leave me alone",
        "stop, no more messages",
        "no me manden mensajes",
        "I did not sign up for this. Stop texting me.",
        "Why are you texting me? Stop texting me",
        "How did you get my number? stop texting me",
        "I dont know who this is, stop texting me",
        "Please stop",
        "Stop. Thanks",
        "STOP STOP STOP",
        "unsubscribe please",
        "never text me again",
        "I want to stop getting these texts",
        "please remove me",
        "Stop, wrong number",
        "STOP!! I never signed up",
        "STOP. who is this",
        "Stop\n\nSent from my iPhone",
        "stop texting me at this number",
        "Stop texting me. I told you before.",
        "my wife says stop texting me",
    ],
)
def test_plain_language_ends_texts(text: str) -> None:
    assert find(text, is_out=False) is Request.STOP


@pytest.mark.parametrize(
    "text",
    [
        "should i stop my infusion?",
        "cancel my appointment",
        "can i cancel for tomorrow",
        "i want to stop remicade",
        "do not want to stop taking it",
        "when does the infusion end",
        "can you take me off the schedule for friday",
        "take me off the prednisone",
        "why did you stop texting me",
        "please don't stop texting me",
        "i stopped getting your texts",
        "will you text me a reminder",
        "do you send messages before a visit",
        "no more needles please",
        "remove the iv please",
        "the nurse said to stop and text you",
        "my sister wants to quit smoking",
        "is there an end time",
        "help me stop the bleeding",
        "never mind",
        "I want to stop getting infusions",
        "I want to be removed from the waiting list",
        "please remove me from the schedule tomorrow",
        "will the nurse leave me alone during the infusion",
        "You guys never text me back about my appointment",
        "please don't send anything to my insurance yet",
        "opt me back in",
        "no dont send anything",
        "please cancel",
        "yes",
        "start my treatment",
        "what info do you need",
        "please dont contact me before noon",
        "don't text me, call me",
        "please dont contact me at work, call my cell",
        "don't send text to my husband",
        "take me off the list for friday please",
        "stop, does it hurt?",
        "stop and go traffic, where do i park",
        "does it stop?",
    ],
)
def test_care_questions_and_stories_end_nothing(text: str) -> None:
    assert find(text, is_out=False) is None


@pytest.mark.parametrize(
    "text", ["how do i stop these texts", "where can I unsubscribe me", "HELP", "info"]
)
def test_who_asks_how_is_told(text: str) -> None:
    assert find(text, is_out=False) is Request.HELP


@pytest.mark.parametrize(
    ("text", "before", "after"),
    [("START", Request.START, Request.START), ("unstop", Request.START, Request.START),
     ("Yes", None, Request.START), ("stop", Request.STOP, Request.STOP)],
)  # fmt: skip
def test_yes_starts_only_what_was_stopped(
    text: str, before: Request | None, after: Request
) -> None:
    assert find(text, is_out=False) is before
    assert find(text, is_out=True) is after


@pytest.mark.parametrize(
    ("text", "is_theirs"),
    [("STOP", True), (" yes ", True), ("Help", True), ("opt out", False),
     ("stop texting me", False), ("Help?", False), ("Stop \U0001f6d1", False)],
)  # fmt: skip
def test_what_twilio_answers_itself(text: str, is_theirs: bool) -> None:
    assert is_for_gateway(text) is is_theirs


def test_what_twilio_answers_is_known_here_too() -> None:
    for name in ("stop", "help"):
        assert set(words()["gateway"][name]) <= set(words()[name])
    assert set(words()["gateway"]["start"]) <= {*words()["start"], *words()["start_after_stop"]}


def test_the_texts_are_plain_and_short_and_prompt_with_no_other_word_that_ends_texts() -> None:
    for name, text in words()["texts"].items():
        assert is_gsm(text)
        assert sms_segments(text) == 1
        if name != "first_contact":  # three fragments that have to say "automated", "emergencies"
            assert grade(text.replace("Msg & data", "Data")) <= 6
        said = set(text.lower().replace(".", "").split())
        assert said & set(words()["stop"]) <= {"stop"} | (
            {"end"} if "STOP to end" in text else set()
        )
