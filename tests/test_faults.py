"""Whatever breaks: no message is lost, answered twice, left silent, or answered and forgotten.

`make test-faults` is the long form.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import Any

import httpx2
import pytest
from rasa.core.processor import MessageProcessor

from addons.stores.database import Database
from dripdesk import live
from tests.browsers import SETTINGS
from tests.conftest import BookOf
from tests.faults import outside
from tests.faults.counts import Counts, Delivery, count
from tests.faults.inside import FAULTS, inject
from tests.faults.kills import EVERY_STEP, kill, serving
from tests.patients import FIXED, PHONE, Clinic
from tests.phones import said, twilio
from tests.servers import free_port


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: str(fault.__name__))
def test_a_fault_inside(
    fault: Callable[..., Any],
    tmp_path: Path,
    processor: MessageProcessor,
    book_of: BookOf,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(live, "facts", lambda: book_of("fuse"))
    counts = inject(tmp_path, processor, fault)
    assert counts.messages == 27
    assert counts.is_clean, counts


@pytest.mark.usefixtures("model")
@pytest.mark.parametrize("fault", outside.FAULTS, ids=lambda fault: str(fault.__name__))
def test_a_fault_outside(fault: outside.Fault, tmp_path: Path) -> None:
    counts = outside.inject(tmp_path, fault)
    assert counts.is_clean, counts


def test_the_clock_can_be_set() -> None:
    if not outside.FAKETIME:
        (pytest.fail if os.environ.get("CI") else pytest.skip)(
            "LEFT OUT: this test needs Debian's package faketime."
        )


def test_a_kill_at_each_step(tmp_path: Path, model: Path) -> None:
    counts, differ = kill(tmp_path, list(EVERY_STEP))
    assert counts.messages > len(EVERY_STEP)
    assert counts.is_clean, counts
    assert differ == 0


@pytest.mark.parametrize("step", ["before the commit", "after the commit"])
def test_a_text_at_which_the_server_is_killed_is_answered_once(step: str, tmp_path: Path) -> None:
    path, port = tmp_path / "killed.db", free_port()
    settings = {
        "PUBLIC_URL": SETTINGS.public_url,
        "TWILIO_AUTH_TOKEN": SETTINGS.twilio_auth_token,
        "OPT_OUT_BY": SETTINGS.opt_out_by,
    }
    body, headers = twilio("do you have wifi", "SM00000000000000000000000000000001")
    address = f"http://127.0.0.1:{port}/webhooks/twilio/webhook"

    def deliver() -> str:
        return said(httpx2.post(address, content=body, headers=headers, timeout=20))

    with serving(path, port, step, 1, settings), pytest.raises(httpx2.HTTPError):
        deliver()
    with serving(path, port, settings=settings):
        answers = [deliver(), deliver()]
    assert answers[0].startswith("We have WiFi")
    assert answers[0] == answers[1]
    with sqlite3.connect(path) as database:
        query = "SELECT count(*) FROM events WHERE type_name = 'user'"
        assert database.execute(query).fetchone() == (1,)


def test_the_counts_can_tell(clinic: Clinic) -> None:
    """Each count rises when it should."""
    clinic.says("what is your phone number?", "1")
    clinic.says("is there wifi", "2")

    def counted(*deliveries: Delivery) -> Counts:
        return count(deliveries, clinic.database)

    good = Delivery("me", "1", (PHONE,))
    assert counted(good).is_clean
    assert counted(good).told == 0
    assert counted(Delivery("me", "1", (FIXED,)), good).told == 1
    assert counted(good, Delivery("me", "1", (FIXED,))).lost == 1
    assert counted(good, Delivery("me", "1", None)).lost == 1
    assert counted(Delivery("me", "1", ()), good).silent == 1
    assert counted(Delivery("me", "1", ("Hm.",)), good).changed == 1
    assert counted(Delivery("me", "9", (PHONE,))).unstored == 1
    later = Delivery("me", "2", (PHONE,), False, 1, 2)  # it is stored after message 1
    assert counted(Delivery("me", "1", (PHONE,), False, 3, 7), later).disordered == 1
    assert counted(Delivery("me", "1", (PHONE,), False, 1, 7), later).disordered == 0
    assert counted(Delivery("me", "1", (PHONE,), False, 3, 7)).longest == 4
    assert counted(Delivery("me", "2", (PHONE,))).unstored == 1
    double: Database = clinic.database
    double.transact(
        lambda one: one.exec_driver_sql(
            "INSERT INTO events (sender_id, type_name, timestamp, data) "
            "SELECT sender_id, type_name, timestamp, data FROM events"
        )
    )
    assert counted(good).twice == 1
