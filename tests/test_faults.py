"""Whatever breaks: no message is lost, answered twice, left silent, or answered and forgotten.

`make test-faults` is the long form.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from rasa.core.processor import MessageProcessor

from addons.stores.database import Database
from dripdesk import live
from tests.conftest import BookOf
from tests.faults.counts import Counts, Delivery, count
from tests.faults.inside import FAULTS, inject
from tests.faults.kills import EVERY_STEP, kill
from tests.patients import FIXED, PHONE, Clinic


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


def test_a_kill_at_each_step(tmp_path: Path, model: Path) -> None:
    counts, differ = kill(tmp_path, list(EVERY_STEP))
    assert counts.messages > len(EVERY_STEP)
    assert counts.is_clean, counts
    assert differ == 0


def test_the_counts_can_tell(clinic: Clinic) -> None:
    """Each count rises when it should."""
    clinic.says("what is your phone number?", "1")
    clinic.says("is there wifi", "2")

    def counted(*deliveries: Delivery) -> Counts:
        return count(deliveries, clinic.database)

    good = Delivery("me", "1", (PHONE,))
    assert counted(good).is_clean
    assert counted(good, Delivery("me", "1", (FIXED,))).lost == 1
    assert counted(good, Delivery("me", "1", None)).lost == 1
    assert counted(Delivery("me", "1", ()), good).silent == 1
    assert counted(Delivery("me", "1", ("Hm.",)), good).changed == 1
    assert counted(Delivery("me", "9", (PHONE,))).unstored == 1
    assert counted(Delivery("me", "2", (PHONE,))).unstored == 1
    double: Database = clinic.database
    double.transact(
        lambda one: one.exec_driver_sql(
            "INSERT INTO events (sender_id, type_name, timestamp, data) "
            "SELECT sender_id, type_name, timestamp, data FROM events"
        )
    )
    assert counted(good).twice == 1
