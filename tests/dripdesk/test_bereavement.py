"""Who writes of a death, and who only speaks of dying."""

from __future__ import annotations

import pytest

from dripdesk.bereavement import is_bereaved


@pytest.mark.parametrize(
    "text",
    [
        "My husband passed away on Sunday, please cancel his visits",
        "my mom died last week. who do i tell",
        "we lost our daughter in May",
        "we are burying my dad on friday",
        "please do not call on the day of his funeral",
        "He just passed on. Where do I send his papers?",
    ],
)
def test_a_death_is_seen(text: str) -> None:
    assert is_bereaved(text)


@pytest.mark.parametrize(
    "text",
    [
        "my phone died during the drip",
        "my dad almost died of boredom",
        "I thought he died laughing",
        "I lost my insurance card",
        "my son passed his test",
        "I lost my mom's insurance card",
        "they passed on my question to the nurse",
        "I almost lost my husband last year",
        "he is gone now to work",
        "is it safe if he passed out once",
        "I am dying to know what it costs",
    ],
)
def test_talk_is_no_death(text: str) -> None:
    assert not is_bereaved(text)
