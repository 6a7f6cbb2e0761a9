from __future__ import annotations

import pickle

import pytest

from dripdesk.spelling import Speller

SPELLER = Speller(
    {
        "how": 9,
        "long": 9,
        "infusion": 90,
        "appointment": 5,
        "does": 5,
        "open": 4,
        "soon": 3,
        "wifi": 5,
        "infusoin": 8,
        "neighbor": 8,
        "the": 99,
        "medicaid": 9,
        "is": 9,
        "it": 9,
        "say": 9,
        "stay": 3,
    },
    {"wat": "what", "u": "you", "w/": "with", "w/o": "without", "appt": "appointment"},
    ["Remicade", "Simponi Aria"],
)


@pytest.mark.parametrize(
    ("text", "mended"),
    [
        ("wat time u open", "what time you open"),
        ("INFUSHION", "infusion"),
        ("infusoin", "infusion"),  # also when many of those we learn from misspell it so
        ("neighbor", "neighbor"),  # no word list has it, but there is nothing near it
        ("teh open", "the open"),
        ("hav ppo gps", "hav ppo gps"),  # short: what is meant can only be guessed
        ("isit open", "is it open"),
        ("remicaid", "remicade"),  # not "medicaid", which is as near and more frequent
        ("can i saty", "can i stay"),  # letters swapped: not "say"
        ("Remicade", "remicade"),
        ("appoinment", "appointment"),
        ("apointmnt", "appointment"),  # two edits in a long word
        ("howlong", "how long"),
        ("soooon", "soon"),
        ("w/o it", "without it"),
        ("appt w/ him", "appointment with him"),
        ("it\u2019s open", "it's open"),
        ("1005 is not 1000", "1005 is not 1000"),
        ("a valid word like purple stays", "a valid word like purple stays"),
        ("zzxqv", "zzxqv"),
        ("wify", "wifi"),
        ("\U0001f600 open?", "\U0001f600 open ?"),
        ("", ""),
    ],
)
def test_repair(text: str, mended: str) -> None:
    assert SPELLER.repair(text) == mended


def test_a_long_message_is_mended_only_at_its_start() -> None:
    mended = SPELLER.repair("infushion " * 20).split()
    assert mended.count("infusion") == 12
    assert len(mended) == 20


def test_threads_do_not_meet_in_it() -> None:
    """What mending one word leaves behind could end up in another thread's word."""
    speller = Speller({"infusion": 9, "appointment": 9}, {})
    before = pickle.dumps(speller)
    assert speller.mend("apointmnt") == "appointment"
    assert pickle.dumps(speller) == before
