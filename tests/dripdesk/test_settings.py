from __future__ import annotations

from pathlib import Path

import pytest

from dripdesk.settings import PROJECT, SettingError, Settings


def test_defaults() -> None:
    settings = Settings.from_environment({})
    assert settings == Settings(PROJECT / "data", PROJECT / "data" / "clinic", False, 5005)


def test_from_the_environment() -> None:
    settings = Settings.from_environment(
        {"CLINIC_FACTS": "/srv/clinic.yml", "REQUIRE_REVIEW": "True", "DRIPDESK_PORT": "5006"}
    )
    assert settings.clinic_facts == Path("/srv/clinic.yml")
    assert settings.require_review
    assert settings.port == 5006


@pytest.mark.parametrize(
    ("name", "value"),
    [("REQUIRE_REVIEW", "maybe"), ("DRIPDESK_PORT", "http"), ("DRIPDESK_PORT", "70000")],
)
def test_a_wrong_value_names_the_variable(name: str, value: str) -> None:
    with pytest.raises(SettingError, match=name):
        Settings.from_environment({name: value})
