"""What is personal is taken out; measured on messages written before any rule."""

from __future__ import annotations

import hashlib
import re
from collections import Counter

import pytest

from dripdesk.privacy import find, redact
from dripdesk.settings import PROJECT

MEASURED = PROJECT / "tests" / "dripdesk" / "redaction.tsv"
SHA256 = "d03a91e7f271afffef868cc9910f8c3c01e27076f4b5812b6d3fde4bd72531bc"
MARK = re.compile(r"<<(\w+):(.*?)>>")
MESSAGES = MEASURED.read_text(encoding="utf-8").splitlines()
RECALL = {  # floors; a floor only ever rises
    "phone": 0.95,
    "email": 0.90,
    "ssn": 0.90,
    "card": 0.95,
    "member": 0.85,
    "birth_date": 0.95,
    "address": 0.84,
    "name": 0.90,
}


def unmarked(message: str) -> tuple[str, list[tuple[str, int, int]]]:
    """Return a message as it was typed, and where what is marked in it stands."""
    text, marks = "", []
    for piece in re.split(r"(<<\w+:.*?>>)", message):
        mark = MARK.fullmatch(piece)
        if mark:
            marks.append((mark[1], len(text), len(text) + len(mark[2])))
        text += mark[2] if mark else piece
    return text, marks


def test_the_measured_messages_are_those_first_committed() -> None:
    assert hashlib.sha256(MEASURED.read_bytes()).hexdigest() == SHA256
    assert len(MESSAGES) >= 300


@pytest.mark.parametrize("kind", RECALL)
def test_recall(kind: str) -> None:
    taken: Counter[bool] = Counter()
    for message in MESSAGES:
        text, marks = unmarked(message)
        gone = {at for one in find(text) for at in range(one.start, one.end)}
        for marked, start, end in marks:
            if marked == kind:
                letters = {at for at in range(start, end) if text[at].isalnum()}
                taken[letters <= gone] += 1
    assert taken[True] / taken.total() >= RECALL[kind]


def test_what_is_not_personal_stays() -> None:
    plain = [message for message in MESSAGES if not MARK.search(message)]
    changed = [message for message in plain if redact(message) != message]
    assert len(plain) >= 150
    assert len(changed) / len(plain) <= 0.02


@pytest.mark.parametrize(
    ("text", "redacted"),
    [
        ("call me at (914) 555-0133 ext 4 after 3", "call me at [phone] after 3"),
        ("nine one four, five five five, zero one double three", "[phone]"),
        ("ann.lee@example.com or ann dot lee at gmail dot com", "[email] or [email]"),
        ("my social is 900123456", "my social is [ssn]"),
        ("4111 1111 1111 1111 is my card", "[card] is my card"),
        ("member id XQK123456789, group 0043 221", "member id [member], group [member]"),
        ("dob 3/14/57", "dob [birth_date]"),
        ("I was born on the 5th of June 1949", "I was born on [birth_date]"),
        ("i live at 12 oak st apt 3 and drive", "i live at [address] and drive"),
        ("my name is Maria de la Cruz", "my name is [name]"),
        ("my name is john smith, wifi?", "my name is [name], wifi?"),
        ("this is Bob Jones, dob 1/2/80", "this is [name], dob [birth_date]"),
        ("my name is spelled wrong", "my name is spelled wrong"),
        ("this is the third time", "this is the third time"),
        ("my visit is on 3/14 at 2:30", "my visit is on 3/14 at 2:30"),
        ("a 20 minute drive for 300 mg", "a 20 minute drive for 300 mg"),
        ("call 911 or 988", "call 911 or 988"),
        ("", ""),
    ],
)
def test_redact(text: str, redacted: str) -> None:
    assert redact(text) == redacted


def test_what_is_redacted_is_left_alone() -> None:
    once = redact("my name is Ann Lee, 914-555-0133, dob 3/14/1957, 12 Oak Street")
    assert redact(once) == once
