"""What is personal is taken out; measured on messages written before any rule."""

from __future__ import annotations

import hashlib
import subprocess
import sys

import pytest

from benchmarks.privacy.measures import KINDS, MEASURED, false_hits, messages, recall
from dripdesk.privacy import redact
from dripdesk.settings import PROJECT

SHA256 = "d03a91e7f271afffef868cc9910f8c3c01e27076f4b5812b6d3fde4bd72531bc"
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


def test_the_measured_messages_are_those_first_committed() -> None:
    assert hashlib.sha256(MEASURED.read_bytes()).hexdigest() == SHA256
    assert len(messages()) >= 300
    assert set(RECALL) == set(KINDS)


@pytest.mark.parametrize("kind", RECALL)
def test_recall(kind: str) -> None:
    assert recall(kind).n >= 20
    assert recall(kind).value >= RECALL[kind]


def test_what_is_not_personal_stays() -> None:
    assert false_hits().n >= 150
    assert false_hits().value <= 0.02


@pytest.mark.parametrize(
    ("text", "redacted"),
    [
        ("call me at (914) 555-0133 ext 4 after 3", "call me at [phone] after 3"),
        ("nine one four, five five five, zero one double three", "[phone]"),
        ("ann.lee@example.com or ann dot lee at gmail dot com", "[email] or [email]"),
        ("my social is 900123456", "my social is [ssn]"),
        ("123.45.6789", "[ssn]"),
        ("my ssn is 900.12.3456", "my ssn is [ssn]"),
        ("dob 03 14 1985", "dob [birth_date]"),
        ("ann.lee @ example.com", "[email]"),
        ("see you @ 9.30", "see you @ 9.30"),
        ("my plan, 1000 deductible all paid", "my plan, 1000 deductible all paid"),
        ("the card says 3000", "the card says 3000"),
        ("insurance number 4455", "insurance number [member]"),
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


ENDLESS = [
    "member id " + "1" * 1900 + "/",
    "member id " + " " * 1900 + "x",
    "id " + "1 " * 900 + "/",
    "a-" * 950 + "@",
    "name: " + "van de " * 270,
    "12 " + "main " * 380,
    "born " + "jan 1 " * 300,
    "one " * 480,
]


def test_no_text_holds_the_search_up_without_end() -> None:
    """In a process of its own: a search that does not end lets no other thread run."""
    code = "import sys, dripdesk.privacy as p; [p.redact(t) for t in sys.argv[1:]]"
    subprocess.run([sys.executable, "-c", code, *ENDLESS], cwd=PROJECT, timeout=60, check=True)
