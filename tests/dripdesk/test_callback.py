from __future__ import annotations

import pytest

from dripdesk import callback


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("Ann", "Ann"),
        ("my name is ann lee", "Ann Lee"),
        ("it's Bob, thanks", "Bob"),
        ("Mary-Jane O'Neil", "Mary-Jane O'Neil"),
        ("hi, im joe", "Joe"),
        ("This is Dr. Patel", "Dr. Patel"),
        ("what do you need it for", None),
        ("yes", None),
        ("914-555-0133", None),
        ("my cousin drives me there every other week", None),
    ],
)
def test_names(typed: str, name: str | None) -> None:
    assert callback.name(typed) == name


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
    assert callback.phone(typed) == number


@pytest.mark.parametrize(
    "typed", ["tomorrow after lunch", "any time", "weekdays b4 10", "whenever", "Friday morning"]
)
def test_times(typed: str) -> None:
    assert callback.time(typed) == typed


def test_no_time() -> None:
    assert callback.time("asdf") is None


def test_a_subject_is_one_line() -> None:
    assert callback.subject("my bill\nfrom May.") == "my bill from May"
    assert callback.subject("??") is None
    long = callback.subject("word " * 100)
    assert long is not None
    assert len(long) == callback.LONGEST
    assert long.endswith("...")


@pytest.mark.parametrize(
    ("typed", "field", "value"),
    [
        ("no, 914-555-0133", "callback_phone", "+19145550133"),
        ("no, my name is Anne", "callback_name", "Anne"),
        ("change the name to Bob", "callback_name", "Bob"),
        ("make it friday", "callback_time", "friday"),
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
    assert callback.correction(typed) == (field, value)


def test_a_bare_no_corrects_nothing_that_can_be_told() -> None:
    assert callback.correction("no") is None
    assert callback.is_no("no")


def test_a_time_can_be_suggested_as_a_question() -> None:
    assert callback.proposes_time("is tomorrow at 3 ok?")
    assert not callback.proposes_time("are you open at 3?")


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
    ],
)
def test_only_a_bare_wish_stops_the_form(typed: str, stops: bool) -> None:
    assert callback.is_stop(typed) is stops


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
    assert callback.is_yes(typed) is sends


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
    assert callback.is_this_number(text) is expected
