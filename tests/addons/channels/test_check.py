"""What is wrong with a gateway's configuration is said, and how to mend it."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from addons.channels import check
from dripdesk.settings import PROJECT
from tests.browsers import SETTINGS

HEX = replace(SETTINGS, twilio_auth_token="0123456789abcdef" * 2)
Answering = Callable[[int | None], list[str]]


@pytest.fixture
def answering(monkeypatch: pytest.MonkeyPatch) -> Answering:
    """Return a function after which every address answers so, and that returns what was asked."""

    def answer(status: int | None) -> list[str]:
        asked: list[str] = []

        def told(url: str, body: bytes, headers: dict[str, str]) -> int | None:
            asked.append(url)
            is_forged = headers.get("X-Twilio-Signature") == "forged"
            return 403 if is_forged and status == 200 else status

        monkeypatch.setattr(check, "_status", told)
        return asked

    return answer


def test_twilio_is_well(answering: Answering) -> None:
    asked = answering(200)
    assert list(check.twilio(HEX)) == []
    assert asked[0] == "https://chat.clinic.example/webhooks/twilio/webhook"


@pytest.mark.parametrize(
    ("changes", "status", "told"),
    [
        ({"twilio_auth_token": ""}, 200, "TWILIO_AUTH_TOKEN is not set"),
        ({"twilio_auth_token": "AC" + "0" * 32}, 200, "Is it the SID?"),
        ({"public_url": "http://127.0.0.1:5005"}, 200, "Twilio needs the https address"),
        ({}, None, "Is the server running"),
        ({}, 403, "answers 403"),
        ({}, 404, "Is TWILIO_AUTH_TOKEN set for the server"),
    ],
)
def test_what_is_wrong_with_twilio_is_said(
    answering: Answering, changes: dict[str, str], status: int | None, told: str
) -> None:
    answering(status)
    assert any(told in one for one in check.twilio(replace(HEX, **changes)))  # type: ignore[arg-type]


def test_who_answers_what_nobody_signed_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(check, "_status", lambda *request: 200)
    assert any("did not sign" in one for one in check.twilio(HEX))


@pytest.fixture
def configuration(tmp_path: Path) -> Path:
    shutil.copytree(PROJECT / "deploy" / "kannel", tmp_path / "kannel")
    for file in (tmp_path / "kannel").iterdir():
        text = file.read_text().replace("KANNEL-TOKEN", "a" * 40)
        file.write_text(check.BLANKS.sub("x", text))
        file.chmod(0o600)
    (tmp_path / "kannel" / "kannel-replies.conf").touch()
    return tmp_path / "kannel" / "kannel.conf"


KANNEL = replace(SETTINGS, kannel_token="a" * 40)


def test_kannel_is_well(answering: Answering, configuration: Path) -> None:
    asked = answering(200)
    assert list(check.kannel(KANNEL, configuration)) == []
    assert asked == [f"http://127.0.0.1:5005/webhooks/kannel/webhook?token={'a' * 40}&id=check"]


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("a" * 40, "b" * 40, "is not KANNEL_TOKEN"),
        ("&id=%I", "", "post-url must end with"),
        ("post-url", "get-url", "has no line post-url"),
        ('global-sender = "x', 'global-sender = "THE-CLINICS-NUMBER', "THE-CLINICS-NUMBER still"),
    ],
)
def test_what_is_wrong_with_kannel_is_said(
    answering: Answering, configuration: Path, old: str, new: str, told: str
) -> None:
    answering(200)
    text = configuration.read_text()
    assert old in text
    configuration.write_text(text.replace(old, new))
    assert any(told in one for one in check.kannel(KANNEL, configuration))


@pytest.mark.parametrize(
    ("status", "told"), [(None, "Is the server running"), (403, "answers 403")]
)
def test_a_server_that_does_not_answer_kannel_is_told(
    answering: Answering, configuration: Path, status: int | None, told: str
) -> None:
    answering(status)
    (line,) = check.kannel(KANNEL, configuration)
    assert told in line
    assert "a" * 40 not in line


def test_a_line_to_the_phone_company_that_is_not_filled_in_is_told(
    answering: Answering, configuration: Path
) -> None:
    answering(200)
    shutil.copy(PROJECT / "deploy" / "kannel" / "smsc.conf", configuration.parent)
    configuration.with_name("smsc.conf").chmod(0o600)
    told = [one.split()[0] for one in check.kannel(KANNEL, configuration)]
    assert told == ["HOST-OF-THE-PHONE-COMPANY", "PASSWORD", "THE-CLINICS-NUMBER", "USER"]


def test_missing_files_and_settings_are_told(answering: Answering, configuration: Path) -> None:
    answering(200)
    configuration.with_name("kannel-replies.conf").unlink()
    assert any("make gateway-config" in one for one in check.kannel(KANNEL, configuration))
    configuration.unlink()
    assert any("Copy deploy/kannel/" in one for one in check.kannel(KANNEL, configuration))
    assert any(
        "openssl" in one for one in check.kannel(replace(KANNEL, kannel_token=""), configuration)
    )


@pytest.mark.parametrize("mode", [0o644, 0o642, 0o641])
@pytest.mark.parametrize("name", ["kannel.conf", "smsc.conf"])
def test_a_configuration_that_is_open_to_others_is_told(
    answering: Answering, configuration: Path, name: str, mode: int
) -> None:
    answering(200)
    file = configuration.with_name(name)
    file.chmod(mode)
    (told,) = check.kannel(KANNEL, configuration)
    assert told.endswith(f"chown kannel:root {file} && chmod 600 {file}")


def test_who_may_not_read_the_configuration_is_told(
    configuration: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*asked: object) -> str:
        raise PermissionError(13, "Permission denied", str(configuration))

    monkeypatch.setattr(Path, "read_text", refuse)
    (told,) = check.kannel(KANNEL, configuration)
    assert str(configuration) in told
    assert "Run this as root." in told


def test_the_token_is_not_printed(answering: Answering, configuration: Path) -> None:
    answering(None)
    assert not [one for one in check.kannel(KANNEL, configuration) if "a" * 40 in one]
