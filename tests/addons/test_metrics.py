"""What Prometheus is told: right counts, and nothing of anybody."""

from __future__ import annotations

import os
import socket
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

import pytest
from cryptography.fernet import Fernet
from prometheus_client import generate_latest
from prometheus_client.parser import text_string_to_metric_families

from addons import metrics
from addons.nlg import UNSURE
from addons.turns.turn import Incoming
from dripdesk import live
from dripdesk.danger import LEVELS
from dripdesk.records import Details, Records
from dripdesk.render import Responses
from dripdesk.settings import PROJECT, SettingError
from tests.faults.injected import fail, store_raises
from tests.patients import FIXED, Clinic
from tests.servers import free_port, post, running
from tests.test_canary import CANARIES, FORM, MESSAGES, SECRETS

KEY = Fernet.generate_key().decode()
WHO = Details("Ann Lee", "+19145550133", "after 3 pm", "parking")
LABELS = {
    "channel": {*metrics.CHANNELS, metrics.OTHER},
    "outcome": {*metrics.OUTCOMES, metrics.OTHER},
    "level": {*LEVELS, metrics.OTHER},
    "status": {*metrics.DELIVERIES, metrics.OTHER},
}


def value(name: str, **labels: str) -> float:
    """Return the value of one line."""
    found = metrics.registry.get_sample_value(name, labels)
    assert found is not None, f"{name} {labels} is not told"
    return found


@contextmanager
def counted(by: float, name: str, **labels: str) -> Iterator[None]:
    """Expect a count to grow by so much within the block."""
    before = value(name, **labels)
    yield
    assert value(name, **labels) - before == by


def turns(by: float, outcome: str, channel: str = "web") -> AbstractContextManager[None]:
    return counted(by, "dripdesk_turns_total", channel=channel, outcome=outcome)


def dangers(by: float, level: str) -> AbstractContextManager[None]:
    return counted(by, "dripdesk_dangers_total", channel="web", level=level)


def test_an_answer_and_the_same_again(clinic: Clinic) -> None:
    with turns(1, "answered"), turns(1, "kept"), turns(0, "answered", "sms"):
        clinic.says("is there wifi", "1")
        clinic.says("is there wifi", "1")


def test_each_channel_is_told_apart(clinic: Clinic) -> None:
    with turns(2, "answered", "sms"), turns(0, "answered"):
        clinic.says("is there wifi", channel="sms")
        clinic.says("where do i park", channel="sms")


def test_a_turn_takes_the_time_it_takes(clinic: Clinic, monkeypatch: pytest.MonkeyPatch) -> None:
    clinic.says("is there wifi")

    def slow(text: str) -> None:
        time.sleep(0.3)

    monkeypatch.setattr(clinic.agent.turns, "_screen", slow)
    before = value("dripdesk_turn_seconds_sum", channel="web")
    with (
        counted(1, "dripdesk_turn_seconds_count", channel="web"),
        counted(0, "dripdesk_turn_seconds_bucket", channel="web", le="0.25"),
        counted(1, "dripdesk_turn_seconds_bucket", channel="web", le="+Inf"),
    ):
        clinic.says("where do i park")
    assert value("dripdesk_turn_seconds_sum", channel="web") - before >= 0.3


def test_danger_is_counted_by_its_level(clinic: Clinic) -> None:
    with turns(1, "danger"), dangers(1, "emergency"), dangers(0, "crisis"):
        clinic.says("i cant breathe, my throat is closing")
    with turns(1, "danger"), dangers(1, "crisis"), dangers(0, "emergency"):
        clinic.says("i want to kill myself")
    with dangers(0, "emergency"), dangers(0, "crisis"):
        clinic.says("is there wifi")


def test_too_long(clinic: Clinic) -> None:
    with turns(1, "too long"), turns(0, "answered"):
        clinic.says("wifi " * 500)


def test_who_wants_no_texts_is_muted(clinic: Clinic) -> None:
    message = Incoming("sms", "me", "1", "is there wifi", is_muted=True)
    with turns(1, "muted", "sms"):
        assert clinic.loop.run_until_complete(clinic.agent.turns.answer(message)) == []


def test_what_we_do_not_understand(clinic: Clinic) -> None:
    with counted(1, "dripdesk_unsure_total", channel="web"), turns(1, "answered"):
        clinic.says("yes")  # with nothing offered
    with counted(0, "dripdesk_unsure_total", channel="web"):
        clinic.says("is there wifi")


def test_the_texts_that_count_as_unsure_exist(responses: Responses) -> None:
    assert [name for name in UNSURE if name not in responses] == []


def test_a_failure(clinic: Clinic) -> None:
    with pytest.MonkeyPatch.context() as patch, turns(1, "failed"), turns(0, "answered"):
        store_raises(clinic, patch)
        assert clinic.says("is there wifi") == [FIXED]


def test_an_error_of_the_database(clinic: Clinic) -> None:
    with counted(0, "dripdesk_store_errors_total"):
        clinic.says("is there wifi")
    clinic.database.close()
    clinic.path.write_bytes(b"garbage " * 1000)
    before = value("dripdesk_store_errors_total")
    with turns(1, "failed"):
        assert clinic.says("where do i park") == [FIXED]
    assert value("dripdesk_store_errors_total") > before


def test_what_a_turn_decides_is_no_error_of_the_database(
    clinic: Clinic, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("addons.stores.trackers.keep", fail)  # not what the database raises
    with counted(0, "dripdesk_store_errors_total"), turns(1, "failed"):
        clinic.says("is there wifi")


def test_a_screen_that_fails(clinic: Clinic, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clinic.agent.turns, "_screen", fail)
    with counted(1, "dripdesk_screen_errors_total"), turns(1, "answered"):
        clinic.says("is there wifi")


def test_without_the_reader_that_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    assert value("dripdesk_danger_reader") == 1
    monkeypatch.setattr(live, "reader", lambda: None)
    assert value("dripdesk_danger_reader") == 0


def test_open_call_backs_and_how_long_the_oldest_waits(clinic: Clinic) -> None:
    clinic.says("is there wifi")  # makes the tables
    records = live.records()
    assert value("dripdesk_callbacks_open") == 0
    assert value("dripdesk_callbacks_oldest_seconds") == 0
    for message_id in ("1", "2"):
        records.request("me", message_id, WHO)
    hour_ago = "UPDATE callbacks SET made_at = made_at - 3600 WHERE message_id = '1'"
    clinic.database.transact(lambda one: one.exec_driver_sql(hour_ago))
    assert value("dripdesk_callbacks_open") == 2
    assert 3600 <= value("dripdesk_callbacks_oldest_seconds") < 3700
    records.close(1, "Bo")
    assert value("dripdesk_callbacks_open") == 1
    assert value("dripdesk_callbacks_oldest_seconds") < 100
    assert [row.what for row in clinic.rows("SELECT what FROM audit")] == [
        "closed call-back request 1"  # counting is not reading
    ]


def test_the_size_of_the_vault(clinic: Clinic) -> None:
    clinic.says("can somebody call me back")
    before = value("dripdesk_vault_texts")
    live.vault().keep("me", "callback_name", "Ann Lee")
    assert value("dripdesk_vault_texts") == before + 1


def test_without_a_database_the_other_figures_are_told(
    clinic: Clinic, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    records = Records(f"sqlite:///{tmp_path / 'missing' / 'no.db'}", [KEY])
    monkeypatch.setattr(live, "records", lambda: records)
    told = generate_latest(metrics.registry).decode()
    assert "dripdesk_callbacks_open" not in told
    assert 'dripdesk_turns_total{channel="web",outcome="failed"}' in told
    assert "dripdesk_danger_reader 1.0" in told


def test_labels_have_no_other_values_whatever_comes(clinic: Clinic) -> None:
    for canary in CANARIES.values():
        metrics.turn(canary, canary, 1)
        metrics.danger(canary, canary)
        metrics.unsure(canary)
        metrics.delivery(canary)
    clinic.says("is there wifi", channel="web", conversation="xylophone")
    for family in metrics.registry.collect():
        for sample in family.samples:
            for name, label in sample.labels.items():
                assert name == "le" or label in LABELS[name]
    told = generate_latest(metrics.registry).decode()
    assert [one for one in (*CANARIES.values(), "xylophone") if one in told] == []


def test_every_count_begins_at_0() -> None:
    told = {
        (sample.name, *sample.labels.values())
        for family in metrics.registry.collect()
        for sample in family.samples
    }
    for channel in ("web", "sms"):
        for outcome in ("answered", "kept", "danger", "muted", "too long", "failed"):
            assert ("dripdesk_turns_total", channel, outcome) in told
        for level in ("emergency", "crisis", "poison", "urgent_today"):
            assert ("dripdesk_dangers_total", channel, level) in told


def test_a_port_that_is_taken_is_told(clinic: Clinic) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        with pytest.raises(SettingError, match=f"METRICS_PORT={port} cannot be opened"):
            metrics.serve(port)


@pytest.fixture(scope="module")
def ports(tmp_path_factory: pytest.TempPathFactory, model: Path) -> Iterator[tuple[int, int, Path]]:
    """A server: its port, that of its metrics, and its folder."""
    folder, port, other = tmp_path_factory.mktemp("metrics"), free_port(), free_port()
    environment = {
        **os.environ,
        "DATABASE_URL": f"sqlite:///{folder / 'test.db'}",
        "DRIPDESK_PORT": str(port),
        "METRICS_PORT": str(other),
    }
    command = [sys.executable, "-m", "addons.server"]
    with running(command, port, PROJECT, environment, folder / "log"):
        yield port, other, folder


def scrape(port: int) -> str:
    with urllib.request.urlopen(f"http://127.0.0.1:{port}/metrics", timeout=10) as answer:
        return str(answer.read().decode())


def test_a_server_tells_of_its_turns_but_of_nobody(ports: tuple[int, int, Path]) -> None:
    port, other, _ = ports
    token = post(port, "/webhooks/web/session", {})["token"]
    for number, text in enumerate([*MESSAGES, *FORM]):
        post(port, "/webhooks/web/messages", {"id": f"message-{number}", "text": text}, token)
    told = scrape(other)
    counts = {
        sample.labels["outcome"]: sample.value
        for family in text_string_to_metric_families(told)
        for sample in family.samples
        if sample.name == "dripdesk_turns_total" and sample.labels["channel"] == "web"
    }
    assert sum(counts.values()) == counts["answered"] == len(MESSAGES) + len(FORM)
    assert "dripdesk_callbacks_open 1.0" in told
    assert "process_resident_memory_bytes" in told
    assert [one for one in (*CANARIES.values(), *SECRETS.values()) if one in told] == []
    assert not any(word in told for word in ("wifi", "Zora", "web-", token[:16]))


def test_metrics_are_for_this_machine_only(ports: tuple[int, int, Path]) -> None:
    port, other, _ = ports
    listening: dict[int, set[str]] = {}
    for table in ("tcp", "tcp6"):  # what the kernel says, as in proc(5): address:port in hex
        for line in Path(f"/proc/net/{table}").read_text().splitlines()[1:]:
            address, number = line.split()[1].split(":")
            if line.split()[3] == "0A":  # LISTEN
                listening.setdefault(int(number, 16), set()).add(address)
    loopback = {"0100007F"}  # 127.0.0.1
    assert listening[other] == loopback
    assert listening[port] == loopback


def test_what_serves_patients_does_not_serve_metrics(ports: tuple[int, int, Path]) -> None:
    with pytest.raises(urllib.error.HTTPError) as caught:
        scrape(ports[0])
    assert caught.value.code == 404
