"""What somebody lives with is told from what has just begun."""

from __future__ import annotations

import pytest

from dripdesk import lasting, live

LASTING = [
    "he is on oxygen too",
    "my dad has one leg and hes hard of hearing",
    "She has RA in both hands.",
    "also my mother in law uses a walker",
    "i have a metal plate in my wrist",
    "hes deaf, diabetic and in a wheelchair",
    "my wife's nonverbal since birth",
    "im colorblind",
]
BEGUN = [
    "he is on oxygen and blue",
    "she has one leg swollen and cold",
    "my dad has a pacemaker and he just dropped",
    "hes diabetic and wont wake up",
    "she is blind all of a sudden",
    "he has asthma and his inhaler is empty",
    "my son is autistic and he ran into the road",
    "i have epilepsy and it is starting",
    "he has a bleeding fistula",
    "she has a plugged trach",
    "he has one hand in the blender",
    "he got a rod in his leg",
    "she is nonverbal since lunch",
    "mom has low blood pressure",
    "on oxygen",
    "",
]


@pytest.mark.parametrize("text", LASTING)
def test_what_somebody_lives_with_is_no_danger(text: str) -> None:
    assert lasting.is_all(live.screen().mend(text))
    assert live.danger(text) is None


@pytest.mark.parametrize("text", BEGUN)
def test_what_else_is_told_counts(text: str) -> None:
    assert not lasting.is_all(live.screen().mend(text))


def test_a_sign_of_danger_counts_for_more(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lasting, "is_all", lambda text: True)
    found = live.danger("my throat is closing")
    assert found
    assert found.level == "emergency"
