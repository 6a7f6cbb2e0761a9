"""Text messages through a real Kannel, and what patients read when we are away."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from dripdesk.settings import PROJECT
from tests.kannel.gateway import CLINIC, NEEDED, Kannel, kannel
from tests.servers import free_port, running

TOKEN = "for-tests-only-as-openssl-makes-it"
FIXED = (
    "Sorry, I cannot answer right now. Emergency? CALL 911. "
    "Anything else? Please call 914-460-4891."
)
PHONE = "Our phone number is 914-460-4891."

pytestmark = [
    pytest.mark.alone,
    pytest.mark.skipif(
        bool(NEEDED) and not os.environ.get("CI"),
        reason="LEFT OUT: these tests need Debian's packages kannel and kannel-extras.",
    ),
]


@contextmanager
def served(folder: Path, **settings: str) -> Iterator[Kannel]:
    """Run our server, and Kannel before it."""
    port = free_port()
    environment = {
        **os.environ,
        "DRIPDESK_PORT": str(port),
        "DATABASE_URL": f"sqlite:///{folder / 'kannel.db'}",
        "KANNEL_TOKEN": TOKEN,
        **settings,
    }
    command = [sys.executable, "-m", "addons.server"]
    with (
        running(command, port, PROJECT, environment, folder / "server.log"),
        kannel(port, TOKEN) as one,
    ):
        yield one


@pytest.fixture(scope="module")
def gateway(tmp_path_factory: pytest.TempPathFactory, model: Path) -> Iterator[Kannel]:
    with served(tmp_path_factory.mktemp("kannel")) as one:
        yield one


def sms(text: str, number: int = 1, kind: str = "text") -> str:
    return f"+1212555{number:04} {CLINIC} {kind} {text}"


def test_a_question_goes_in_and_an_answer_comes_out(gateway: Kannel) -> None:
    answers = gateway.exchange([sms("what is your phone number")], 1)
    assert answers[0].startswith(PHONE)


def test_danger_gets_911(gateway: Kannel) -> None:
    (answer,) = gateway.exchange([sms("my throat is closing", 2)], 1)
    assert answer.startswith("Call 911 now.")


def test_two_hundred_messages_are_each_answered_once(gateway: Kannel) -> None:
    asked = [sms("what is your phone number", number) for number in range(1000, 1200)]
    answers = gateway.exchange(asked, 200, interval=0.02, patience=120)
    assert sum(answer.startswith(PHONE) for answer in answers) == 200


def test_stop_is_confirmed_once_and_then_there_is_silence(gateway: Kannel) -> None:
    number = 3
    (confirmed,) = gateway.exchange([sms("STOP", number)], 1)
    assert confirmed.startswith("You will get no more texts from Fuse Infusion.")
    assert gateway.exchange([sms("what are your hours", number)], 0) == []
    (started,) = gateway.exchange([sms("START", number)], 1)
    assert started.startswith("Fuse Infusion: you can text us your questions again.")


def test_an_answer_beyond_gsm_7_arrives_as_it_is(tmp_path: Path, model: Path) -> None:
    clinic = tmp_path / "clinic.yml"
    clinic.write_text(
        'clinic_name: {value: "诊所 Clínica", source: "clinic:desk", as_of: "2026-11-20"}\n'
        'phone: {value: "+19145550142", source: "clinic:desk", as_of: "2026-11-20"}\n'
    )
    with served(tmp_path, CLINIC_FACTS=str(clinic)) as gateway:
        (answer,) = gateway.exchange([sms("HELP")], 1)
    assert answer.startswith("诊所 Clinica: automated answers, no nurse reads these texts.")
    assert answer.endswith("In an emergency, call 911.")


def test_when_we_are_away_patients_read_911_and_the_number() -> None:
    quick = {"http-request-retry = 3": "http-request-retry = 1", "delay = 5": "delay = 1"}
    with kannel(free_port(), TOKEN, quick) as gateway:
        assert gateway.exchange([sms("do you have wifi")], 1) == [FIXED]


def test_kannels_logs_hold_no_number_and_no_text(gateway: Kannel) -> None:
    gateway.exchange([sms("is my xylophone allowed in", 4)], 1)
    logs = [log for log in gateway.folder.glob("*.log") if not log.name.startswith("fakesmsc")]
    assert len(logs) >= 3
    for log in logs:
        content = log.read_text("utf-8", "replace")
        assert "xylophone" not in content
        assert "2125550004" not in content
