from __future__ import annotations

import pytest

from dripdesk.callback import corrections, fields, phones, replies, sent, several


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("Ann", "Ann"),
        ("my name is ann lee", "Ann Lee"),
        ("it's Bob, thanks", "Bob"),
        ("Mary-Jane O'Neil", "Mary-Jane O'Neil"),
        ("hi, im joe", "Joe"),
        ("This is Dr. Patel", "Dr. Patel"),
        ("Rosa is my name", "Rosa"),
        ("Lou is the first name.", "Lou"),
        ("that's me, ida... no, my son: ask for Ben", "Ben"),
        ("wait, who calls", None),
        ("please ask for Tom in the morning", "Tom"),
        ("Elizabeth is my name, but call me Liz", "Elizabeth"),
        ("this is my name", None),
        ("i'd rather not", None),
        ("what do you need it for", None),
        ("will you sell it", None),
        ("Will Smith", "Will Smith"),
        ("now", None),
        ("Edward Said", "Edward Said"),
        ("i already told you. Maria", None),
        ("yep looks good", None),
        ("the name is Anita not yep looks good", "Anita"),
        ("never mind the call. estimate please", None),
        ("actually no, back to the estimate", None),
        ("her name is Agnes, mine is Pat. ask for me tho", "Pat"),
        ("Mrs. Hendricks. and I want the MANAGER", "Mrs. Hendricks"),
        ("yes", None),
        ("914-555-0133", None),
        ("my cousin drives me there every other week", None),
    ],
)
def test_names(typed: str, name: str | None) -> None:
    assert fields.name(typed) == name


@pytest.mark.parametrize(
    ("typed", "number"),
    [
        ("914-555-0133", "+19145550133"),
        ("call me at (914) 555 0133 pls", "+19145550133"),
        ("9145550133", "+19145550133"),
        ("914-555-0133 ext 204", "+19145550133 ext. 204"),
        ("+44 20 7946 0958", "+442079460958"),
        ("914.555.0133 not 914.555.0122", "+19145550133"),
        ("no, not 914.555.0122, it is 914.555.0133", "+19145550133"),
        ("my cell: 9 1 4 5 5 5 0 1 3 3", "+19145550133"),
        ("not 914-555-0133", None),
        ("tomorrow 3:30 to 4:30 or 7:30 to 8", None),
        ("my 6/10 visit at 2:30 cost 1,250", None),
        ("555-0133", None),
        ("000-000-0000", None),
        ("the usual", None),
    ],
)
def test_numbers(typed: str, number: str | None) -> None:
    assert phones.phone(typed) == number


@pytest.mark.parametrize(
    "typed", ["tomorrow after lunch", "any time", "weekdays b4 10", "whenever", "Friday morning"]
)
def test_times(typed: str) -> None:
    assert fields.time(typed) == typed


@pytest.mark.parametrize(
    ("typed", "time"),
    [
        ("evenings. and where do i park", "evenings"),
        ("mornings, wait who will it be that rings", "mornings"),
        ("could you do after 4 instead", "after 4"),
        ("is Monday at 2 ok?", "Monday at 2"),
        ("after 6 but not on sundays", "after 6 but not on sundays"),
        ("after work", "after work"),
        ("after 6 but can't do fridays", "after 6 but can't do fridays"),
        ("call me at 4 and do not tell my wife", "call me at 4 and do not tell my wife"),
        ("9 a.m. to 11 a.m.", "9 a.m. to 11 a.m"),
        ("Is friday ok? or monday", "friday ok? or monday"),
        ("mornings, my ssn is 219-09-9999", "mornings, my ssn is [left out]"),
    ],
)
def test_of_more_words_only_the_time_is_kept(typed: str, time: str) -> None:
    assert fields.time(typed) == time


def test_no_time() -> None:
    assert fields.time("asdf") is None


def test_a_subject_is_one_line() -> None:
    assert fields.subject("my bill\nfrom May.") == "my bill from May"
    assert fields.subject("??") is None
    long = fields.subject("word " * 100)
    assert long is not None
    assert len(long) == fields.LONGEST
    assert long.endswith("...")


@pytest.mark.parametrize(
    ("typed", "field", "value"),
    [
        ("no, 914-555-0133", "callback_phone", "+19145550133"),
        ("no, my name is Anne", "callback_name", "Anne"),
        ("change the name to Bob", "callback_name", "Bob"),
        ("make it friday", "callback_time", "friday"),
        ("make it 4", "callback_time", "4"),
        ("wednesday not tuesday", "callback_time", "wednesday"),
        ("mornings, not before 10", "callback_time", "mornings, not before 10"),
        (
            "the time should say after 4, and not on friday",
            "callback_time",
            "after 4, and not on friday",
        ),
        ("make it 3 tomorrow", "callback_time", "3 tomorrow"),
        ("make it 9-5 on weekdays", "callback_time", "9-5 on weekdays"),
        ("no, not before 5", "callback_time", "not before 5"),
        ("no calls before 10", "callback_time", "no calls before 10"),
        ("time is wrong too. make it 7pm thursday", "callback_time", "7pm thursday"),
        ("no. the subject is the 2 hour wait. change it", "callback_subject", "the 2 hour wait"),
        ("just say double bill", "callback_subject", "double bill"),
        ("just put 5pm", "callback_time", "5pm"),
        ("the name is right but the number is wrong", "callback_name", None),
        ("nah change the time to saturday morning", "callback_time", "saturday morning"),
        ("actually thursday morning", "callback_time", "thursday morning"),
        ("it's about my bill", "callback_subject", "my bill"),
        ("the subject should be insurance", "callback_subject", "insurance"),
        ("the number is wrong", "callback_phone", None),
        ("wrong name", "callback_name", None),
        ("the name is wrong", "callback_name", None),
        ("my name is spelled with a k", "callback_name", None),
    ],
)
def test_corrections(typed: str, field: str, value: str | None) -> None:
    assert corrections.first(typed) == (field, value)


def test_several_corrections_at_once() -> None:
    assert corrections.every("no, the time is before 2pm and it's about my son's port") == {
        "callback_time": "before 2pm",
        "callback_subject": "my son's port",
    }
    assert corrections.every("make it friday and saturday") == {
        "callback_time": "friday and saturday"
    }
    assert corrections.every("it's about my bill and my visit on friday") == {
        "callback_subject": "my bill and my visit on friday"
    }
    assert corrections.every("the number is wrong") == {"callback_phone": None}
    assert corrections.every("hm") == {}


@pytest.mark.parametrize("typed", ["yes", "Ok.", "hmm", "k"])
def test_what_says_nothing_is_no_subject(typed: str) -> None:
    assert fields.subject(typed) is None


def test_a_subject_holds_no_number_that_only_the_patient_should_know() -> None:
    said = fields.subject("my bill, ssn 219-09-9999, born 02/29/1948, card 5555 5555 5555 4444")
    assert said == "my bill, ssn [left out], born [left out], card [left out]"
    assert fields.subject("claim 2015550123") == "claim 2015550123"


@pytest.mark.parametrize(
    ("typed", "is_why"),
    [
        ("why do u need it", True),
        ("but why?", True),
        ("what do you mean by that", True),
        ("whats that for", True),
        ("why do you need my number", True),
        ("why do you need it, its 914-555-0133", False),
        ("why do i need prior auth", False),
        ("what do my lab results mean", False),
        ("why was I billed twice", False),
        ("why does it hurt so much", False),
    ],
)
def test_what_a_field_is_for(typed: str, is_why: bool) -> None:
    assert replies.is_why(typed) is is_why


@pytest.mark.parametrize(
    ("typed", "is_waiting"),
    [
        ("so when will they call", True),
        ("who is going to ring me?", True),
        ("did you send it", True),
        ("have someone call me", False),
        ("will you call my husband too", False),
        ("when can someone call me about my bill", False),
        ("can they call me about my bill too", False),
    ],
)
def test_who_waits_for_a_call_asks_for_no_other(typed: str, is_waiting: bool) -> None:
    assert sent.is_waiting(typed) is is_waiting


@pytest.mark.parametrize(
    ("typed", "is_refusal"),
    [
        ("i'd rather not give that", True),
        ("I do not want to tell you my number", True),
        ("don't give it to others: 914-555-0133", False),
        ("I'd rather not", True),
        ("I don\u2019t want to say", True),
        ("Ann, but don't tell my husband", False),
        ("Dontrell", False),
    ],
)
def test_nobody_has_to_tell(typed: str, is_refusal: bool) -> None:
    assert replies.is_refusal(typed) is is_refusal


def test_a_bare_no_corrects_nothing_that_can_be_told() -> None:
    assert corrections.first("no") is None
    assert replies.is_no("no")


def test_a_time_can_be_suggested_as_a_question() -> None:
    assert replies.proposes_time("is tomorrow at 3 ok?")
    assert not replies.proposes_time("are you open at 3?")


@pytest.mark.parametrize(
    ("typed", "stops"),
    [
        ("cancel", True),
        ("please stop", True),
        ("forget about it", True),
        ("ok never mind", True),
        ("Never mind, I'll call later", True),
        ("nevermind i'll just call", True),
        ("k nvm thanks", True),
        ("I need to cancel my visit", False),
        ("stop by the desk", False),
        ("No, I don\u2019t want a call back", True),
        ("I don't want a call on Monday", False),
        ("no thanks, tuesday is better", False),
        ("no thanks just give me a ballpark", True),
        ("no thank you", True),
        ("no, thanks for asking, 9145550133", False),
        ("i dont need it before noon", False),
    ],
)
def test_only_a_bare_wish_stops_the_form(typed: str, stops: bool) -> None:
    assert replies.is_stop(typed) is stops


@pytest.mark.parametrize(
    ("typed", "sends"),
    [
        ("yes, send it now", True),
        ("ok thanks, any time today", True),
        ("ok but make it friday", False),
        ("yes but 914-555-0199", False),
        ("no", False),
        ("great, thanks", True),
        ("that's right", True),
        ("ok what are your hours?", False),
        ("good question, who sees this?", False),
        ("right now i am at work, who will call?", False),
        ("yes. is it free", False),
        ("ok do you take aetna", False),
        ("yes please do", True),
        ("yes, do it", True),
        ("ok no thanks", False),
        ("ok don't send it", False),
        ("sure, forget it", False),
        ("yes, no rush", True),
    ],
)
def test_a_yes_that_changes_or_asks_something_is_none(typed: str, sends: bool) -> None:
    assert replies.is_yes(typed) is sends


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("this number", True),
        ("Same one.", True),
        ("yes, use the same number", True),
        ("the one im texting from", True),
        ("this number is old", False),
        ("ok do you take aetna", False),
        ("914-555-0133", False),
    ],
)
def test_the_number_that_a_text_comes_from(text: str, expected: bool) -> None:
    assert replies.is_this_number(text) is expected


@pytest.mark.parametrize(
    ("field", "typed", "told"),
    [
        (
            "name",
            "Maria Lopez 305-555-0142 tomorrow after 3 about my appointment on friday",
            ("Maria Lopez", "+13055550142", "tomorrow after 3", "my appointment on friday"),
        ),
        (
            "name",
            "Joanne, 203-555-0119, anytime before noon, moving my Remicade to Wednesday",
            ("Joanne", "+12035550119", "anytime before noon", "moving my Remicade to Wednesday"),
        ),
        (
            "name",
            "jay 3475550188 asap billing stuff",
            ("Jay", "+13475550188", "asap billing stuff", None),
        ),
        ("name", "Tom, my cell is 914-555-0133", ("Tom", "+19145550133", None, None)),
        ("name", "Ann, mornings", ("Ann", None, "mornings", None)),
        (
            "phone",
            "917 555 0144, after 5 is best. it's about a bill",
            (None, "+19175550144", "after 5", "a bill"),
        ),
        ("time", "tomorrow after 3, about my bill", (None, None, "tomorrow after 3", "my bill")),
        ("time", "after 3 but not on monday", (None,) * 4),
        ("time", "tomorrow about noon", (None,) * 4),
        (
            "name",
            "evenings, about a bill from january, 914-555-0121, name's Anita",
            ("Anita", "+19145550121", "evenings", "a bill from january"),
        ),
        ("phone", "914-555-0133, weekdays 9 to 5", (None, "+19145550133", "weekdays 9 to 5", None)),
        ("phone", "914-555-0133, after 3 my time", (None, "+19145550133", "after 3 my time", None)),
        ("phone", "914-555-0133, after 3, thats my cell", (None, "+19145550133", "after 3", None)),
        ("name", "after 3, Jay, 914-555-0133", ("Jay", "+19145550133", "after 3", None)),
        ("time", "mornings and afternoons", (None,) * 4),
        ("name", "Sam and I need someone who speaks french", (None,) * 4),
    ],
)
def test_several_fields_in_one_answer(field: str, typed: str, told: tuple[str | None, ...]) -> None:
    wanted = {name: value for name, value in zip(fields.READ, told, strict=True) if value}
    assert several.answers(typed, f"callback_{field}") == wanted


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("i'm Deb, please have someone call me about my bill", ("Deb", None, None, "my bill")),
        (
            "this is Linda Perez. call me tomorrow after 3",
            ("Linda Perez", None, "tomorrow after 3", None),
        ),
        ("name's Tim, call me at 914-555-0133", ("Tim", "+19145550133", None, None)),
        ("I'm driving so call me", (None,) * 4),
        ("I'M DRIVING, CALL ME SOMETIME", (None,) * 4),
        ("It's Monday and nobody called. Call me", (None,) * 4),
        ("please don't call me before 3 but have someone call", (None,) * 4),
        ("you said you would call me tomorrow", (None,) * 4),
        ("call me weekdays 9-5", (None,) * 4),
        ("call me about claim 2015550123", (None, None, None, "claim")),
        ("can you call me about it", (None,) * 4),
        ("call me about this please", (None,) * 4),
        ("my appointment is tomorrow, please call", (None,) * 4),
        ("call 914-555-0133 or 914-555-0144", (None,) * 4),
    ],
)
def test_what_comes_with_the_wish(typed: str, told: tuple[str | None, ...]) -> None:
    wanted = {name: value for name, value in zip(fields.READ, told, strict=True) if value}
    assert several.wish(typed) == wanted


@pytest.mark.parametrize(
    ("field", "typed", "parts"),
    [
        ("name", "Deb. can my son come?", ("Deb.", "can my son come?")),
        ("time", "mornings and where do i park", ("mornings", "where do i park")),
        ("time", "night. 8 maybe. you open then?", ("night. 8 maybe.", "you open then?")),
        ("subject", "my bill. and do you take aetna", ("my bill.", "do you take aetna")),
        ("time", "mornings? is after 3 ok too", None),
        ("subject", "can i bring my son?", None),
        ("name", "Deb. I work nights", None),
        ("name", "Great. do you take aetna?", None),
        ("name", "Im nervous. does it hurt?", None),
        ("time", "not now. how long is a visit?", None),
        ("subject", "thx. also do u do iron", None),
    ],
)
def test_a_question_behind_an_answer(field: str, typed: str, parts: tuple[str, str] | None) -> None:
    assert several.with_question(f"callback_{field}", typed) == parts


def test_which_of_two_numbers_is_asked() -> None:
    assert phones.has_choice_of_phones("914-555-0133 or my wife's 914-555-0144")
    assert not phones.has_choice_of_phones("not 914-555-0133, 914-555-0144")
    assert not phones.has_choice_of_phones("914-555-0133")


def test_a_number_that_nobody_can_have() -> None:
    assert phones.is_unassigned("555-201-3344")
    assert phones.is_unassigned("123-456-7890")
    assert not phones.is_unassigned("not 914-555-0133")
    assert not phones.is_unassigned("201334")


def test_before_two_numbers() -> None:
    assert phones.before_phones("Ann, my cell is 914-555-0133 or 201-555-0123") == "Ann"


def test_a_number_in_words() -> None:
    assert phones.phone("nine one four five five five oh one three three") == "+19145550133"
    assert phones.phone("one or two") is None


@pytest.mark.parametrize(
    ("typed", "is_new", "is_of_it", "changes"),
    [
        ("please cancel the call, my son will come", False, True, True),
        ("take back that request", False, True, True),
        ("tell them not to call between 1 and 3", False, True, True),
        ("can you change the time", True, True, True),
        ("can you change the time", False, False, True),
        ("is my call back request still in", False, True, False),
        ("did you just cancel my call back?", False, True, False),
        ("so are they still gonna call me?", False, True, False),
        ("cancel my visit on friday", True, False, True),
        ("did that go through?", True, True, False),
        ("cancel my visit, i have covid and it is bad", True, False, True),
        ("did that bill include labs", True, False, False),
        ("did you cancel it?", True, True, False),
        ("Is my bill right? please call me", True, False, False),
        ("do you call patients with lab results", True, False, False),
        ("something is wrong with my bill, can someone call me", True, False, True),
        ("what if i am driving when they call", False, False, False),
        ("can someone call me about my bill too", False, False, False),
    ],
)
def test_what_is_said_of_a_sent_request(
    typed: str, is_new: bool, is_of_it: bool, changes: bool
) -> None:
    assert sent.is_of_sent(typed, is_new) is is_of_it
    assert sent.changes_sent(typed) is changes


@pytest.mark.parametrize(
    ("typed", "asks"),
    [
        ("can somebody call me back", True),
        ("i dont like talking to robots, can someone call me", True),
        ("Please have a nurse call us", True),
        ("can i call you", False),
        ("nobody will call me back", False),
        ("what do people call you", False),
    ],
)
def test_who_asks_to_be_called(typed: str, asks: bool) -> None:
    assert replies.asks_for_call(typed) is asks
