from __future__ import annotations

from pathlib import Path

import pytest

from dripdesk.settings import PROJECT, SettingError, Settings


def test_defaults() -> None:
    settings = Settings.from_environment({})
    assert settings == Settings(
        PROJECT / "data",
        PROJECT / "data" / "clinic",
        False,
        5005,
        public_url="http://127.0.0.1:5005",
        allowed_origins=("http://127.0.0.1:5005", "http://localhost:5005"),
    )


def test_only_the_websites_named_may_use_the_chat() -> None:
    settings = Settings.from_environment(
        {
            "DRIPDESK_MODE": "production",
            "PUBLIC_URL": "https://Chat.clinic.example/",
            "ALLOWED_ORIGINS": "https://www.clinic.example, https://clinic.example:8443",
        }
    )
    assert settings.allowed_origins == (
        "https://chat.clinic.example",
        "https://www.clinic.example",
        "https://clinic.example:8443",
    )
    assert settings.trusted_proxies == ("127.0.0.1", "::1")


def test_from_the_environment() -> None:
    settings = Settings.from_environment(
        {"CLINIC_FACTS": "/srv/clinic.yml", "REQUIRE_REVIEW": "True", "DRIPDESK_PORT": "5006"}
    )
    assert settings.clinic_facts == Path("/srv/clinic.yml")
    assert settings.require_review
    assert settings.port == 5006


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("REQUIRE_REVIEW", "maybe"),
        ("DRIPDESK_PORT", "http"),
        ("DRIPDESK_PORT", "70000"),
        ("DRIPDESK_MODE", "live"),
        ("DRIPDESK_SECRET", "short"),
        ("RETENTION_DAYS", "0"),
        ("PUBLIC_URL", "chat.clinic.example"),
        ("PUBLIC_URL", "https://clinic.example/chat"),
        ("ALLOWED_ORIGINS", "*"),
        ("ALLOWED_ORIGINS", "https://www.clinic.example, null"),
        ("TRUSTED_PROXIES", "proxy.example"),
        ("TRUSTED_PROXIES", "10.0.0.0/99"),
    ],
)
def test_a_wrong_value_names_the_variable(name: str, value: str) -> None:
    with pytest.raises(SettingError, match=name):
        Settings.from_environment({name: value})


def test_production_needs_a_secret(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr("dripdesk.settings.LOCAL", tmp_path / "local")
    with pytest.raises(SettingError, match="DRIPDESK_SECRET must be set"):
        Settings.from_environment({"DRIPDESK_MODE": "production"}).prepared()
    environment = {"DRIPDESK_MODE": "production", "DRIPDESK_SECRET": "s" * 32}
    with pytest.raises(SettingError, match="RECORDS_KEY must be set"):
        Settings.from_environment(environment).prepared()
    environment["RECORDS_KEY"] = "k" * 43 + "="
    assert Settings.from_environment(environment).prepared().secret == "s" * 32
    assert list((tmp_path / "local").iterdir()) == []


def test_production_needs_no_folder_of_its_own_for_a_database_elsewhere(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr("dripdesk.settings.LOCAL", tmp_path / "local")
    environment = {
        "DRIPDESK_MODE": "production", "DRIPDESK_SECRET": "s" * 32, "RECORDS_KEY": "k" * 43 + "=",
        "DATABASE_URL": "sqlite:////var/lib/dripdesk/dripdesk.db",
    }  # fmt: skip
    Settings.from_environment(environment).prepared()
    assert not (tmp_path / "local").exists()


def test_elsewhere_a_secret_is_made_once_for_this_user_only(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr("dripdesk.settings.LOCAL", tmp_path / "local")
    first, second = Settings().prepared(), Settings().prepared()
    assert len(first.secret) >= 32
    assert first == second
    assert (tmp_path / "local" / "secret").stat().st_mode & 0o777 == 0o600
    assert first.secret not in repr(first)
