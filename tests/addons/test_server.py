"""A question goes in over HTTP, the clinic's answer comes out."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from addons import server
from dripdesk.settings import PROJECT, SettingError
from tests.patients import FIXED
from tests.servers import ask, free_port, post, running

GUARD = Path(__file__).with_name("network_guard")


@pytest.fixture(scope="module")
def clinic(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("server") / "clinic"
    shutil.copytree(PROJECT / "data" / "clinic", folder)
    return folder


@pytest.fixture(scope="module")
def port(model: Path, clinic: Path) -> Iterator[int]:
    number = free_port()
    environment = {
        **os.environ,
        "DRIPDESK_PORT": str(number),
        "CLINIC_FACTS": str(clinic),
        "DATABASE_URL": f"sqlite:///{clinic.parent / 'test.db'}",
        "PYTHONPATH": str(GUARD),
        "NETWORK_GUARD_LOG": str(clinic.parent / "contacts"),
    }
    environment.pop("RASA_TELEMETRY_ENABLED", None)
    command = [sys.executable, "-m", "addons.server", "--dev"]
    with running(command, number, PROJECT, environment, clinic.parent / "log"):
        yield number


@pytest.mark.parametrize(
    ("question", "parts"),
    [
        ("does the needle stay in my arm the whole time?", ["only the tube stays"]),
        ("how much will it cost", ["do not know the price", "depends on", "914-460-4891"]),
        ("what's your number", ["914-460-4891"]),
        ("wat time u open", ["do not know our opening hours", "914-460-4891"]),
        ("do you give Remicade", ["infliximab (Remicade", "into a vein", "about 2 hours"]),
        ("do you give infliximab", ["infliximab (Remicade", "into a vein", "about 2 hours"]),
        (
            "how many kinds of shots are there",
            ["three", "intramuscular", "subcutaneous", "intradermal"],
        ),
    ],
)
def test_answer(port: int, question: str, parts: list[str]) -> None:
    answer = " ".join(ask(port, question, sender=question))
    assert [part for part in parts if part not in answer] == []


def test_yes_takes_up_the_offer_once(port: int) -> None:
    ask(port, "how much does it cost", "yes")
    assert ask(port, "yes please", "yes")[0].startswith("I can work out an estimate")
    assert ask(port, "yes please", "yes")[0].startswith("I did not catch the kind of insurance")


def test_price_then_wifi_then_yes_does_not_start_the_estimate(port: int) -> None:
    ask(port, "how much does it cost", "wifi")
    ask(port, "is there wifi", "wifi")
    assert "estimate" not in ask(port, "yes please", "wifi")[0]


def test_a_changed_phone_number_is_told_at_once_everywhere(port: int, clinic: Path) -> None:
    contact = clinic / "contact.yml"
    contact.write_text(contact.read_text().replace("+19144604891", "+12125550142"))
    for question in ("what's your number", "how much will it cost", "wat time u open"):
        (answer,) = ask(port, question, "changed")
        assert "212-555-0142" in answer
        assert "914-460-4891" not in answer


def test_a_port_that_is_taken_is_named(port: int) -> None:
    with pytest.raises(SettingError, match=f"port {port} cannot be used.*DRIPDESK_PORT"):
        server.try_port(port)
    server.try_port(free_port())


def test_the_api_for_tools_is_open_in_dev(port: int) -> None:
    parsed = post(port, "/model/parse", {"text": "what are your hours"})
    assert parsed["intent"]["name"] == "faq_hours"


def test_nothing_left_this_machine_and_no_message_reached_the_log(port: int, clinic: Path) -> None:
    ask(port, "my secret word is xylophone", "log")
    assert not (clinic.parent / "contacts").exists()
    log = (clinic.parent / "log").read_text()
    assert "Dripdesk is ready" in log
    assert "xylophone" not in log


def test_a_broken_clinic_file_stops_the_start_with_one_line(tmp_path: Path) -> None:
    broken = tmp_path / "clinic.yml"
    broken.write_text('phone: {value: "914"}\n')
    result = subprocess.run(
        [sys.executable, "-m", "addons.server"],
        cwd=PROJECT, env={**os.environ, "CLINIC_FACTS": str(broken)},
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert result.returncode == 1
    assert result.stderr.strip().count("\n") == 0
    assert "clinic.yml:1: phone" in result.stderr


def test_a_key_that_cannot_encrypt_stops_the_start() -> None:
    environment = {**os.environ, "RECORDS_KEY": "bad"}
    command = [sys.executable, "-m", "addons.server"]
    done = subprocess.run(
        command,
        cwd=PROJECT,
        env=environment,
        capture_output=True,
        text=True,
        timeout=90,
        check=False,
    )
    assert done.returncode == 1
    assert "RECORDS_KEY must be 32 random bytes" in done.stderr


def test_a_database_that_is_away_is_told_in_one_line_and_everybody_reads_a_text(
    tmp_path: Path, model: Path
) -> None:
    number = free_port()
    environment = {
        **os.environ,
        "DRIPDESK_PORT": str(number),
        "DATABASE_URL": "postgresql://me:my-password@127.0.0.1:1/dripdesk",
    }
    command = [sys.executable, "-m", "addons.server", "--dev"]
    with running(command, number, PROJECT, environment, tmp_path / "log"):
        assert ask(number, "what is your phone number?") == [FIXED]
        assert ask(number, "my throat is closing")[0].startswith("Call 911 now.")
    log = (tmp_path / "log").read_text()
    (line,) = [one for one in log.splitlines() if "The database cannot be used" in one]
    assert "Connection refused" in line
    assert "my-password" not in log
    assert "Traceback" not in log


@pytest.mark.parametrize("missing", [OSError, AttributeError])
def test_another_c_library_gives_no_memory_back_and_starts_all_the_same(
    monkeypatch: pytest.MonkeyPatch, missing: type[Exception]
) -> None:
    asked: list[str] = []

    def load(name: str) -> None:
        asked.append(name)
        raise missing

    monkeypatch.setattr("ctypes.CDLL", load)
    server.give_back()
    assert asked
