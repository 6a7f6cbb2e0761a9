"""Faults inside the server: each is a function that breaks one thing until a patch is undone."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from sqlalchemy import event

from tests.patients import Clinic

Actions = dict[str, Callable[..., Any]]
Fault = Callable[[Clinic, pytest.MonkeyPatch], None]
SECRET = "a secret that a patient wrote"


def actions(clinic: Clinic) -> Actions:
    """Return the actions that run in this process, by name."""
    found: Actions = clinic.agent.action_endpoint._executor.actions
    return found


def fail(*args: Any, **kwargs: Any) -> None:
    """Raise an error whose text must not be told."""
    raise RuntimeError(SECRET)


async def fail_later(*args: Any, **kwargs: Any) -> None:
    """Raise it where something is awaited."""
    fail()


def parse_raises(clinic: Clinic, patch: pytest.MonkeyPatch) -> None:
    patch.setattr(clinic.agent.processor, "parse_message", fail_later)


def parse_hangs(clinic: Clinic, patch: pytest.MonkeyPatch) -> None:
    async def hang(*args: Any) -> None:
        threading.Event().wait(1)

    patch.setattr("addons.turns.understanding.PARSE_LIMIT", 0.05)
    patch.setattr(clinic.agent.processor, "parse_message", hang)


def policies_raise(clinic: Clinic, patch: pytest.MonkeyPatch) -> None:
    patch.setattr(clinic.agent.processor, "predict_next_with_tracker_if_should", fail)


def action_raises(clinic: Clinic, patch: pytest.MonkeyPatch) -> None:
    patch.setitem(actions(clinic), "action_answer", fail)


def action_hangs(clinic: Clinic, patch: pytest.MonkeyPatch) -> None:
    patch.setattr("addons.action_endpoint.ACTION_LIMIT", 0.05)
    patch.setitem(actions(clinic), "action_answer", lambda *args: threading.Event().wait(1))


def action_returns_nothing(clinic: Clinic, patch: pytest.MonkeyPatch) -> None:
    patch.setitem(actions(clinic), "action_answer", lambda *args: None)


def action_returns_nonsense(clinic: Clinic, patch: pytest.MonkeyPatch) -> None:
    patch.setitem(actions(clinic), "action_answer", lambda *args: "nonsense")


def action_is_missing(clinic: Clinic, patch: pytest.MonkeyPatch) -> None:
    patch.delitem(actions(clinic), "action_answer")


def texts_raise(clinic: Clinic, patch: pytest.MonkeyPatch) -> None:
    patch.setattr(clinic.agent.nlg, "generate", fail_later)


def model_is_missing(clinic: Clinic, patch: pytest.MonkeyPatch) -> None:
    patch.setattr(clinic.agent, "processor", None)


def store_raises(clinic: Clinic, patch: pytest.MonkeyPatch) -> None:
    patch.setattr(clinic.database, "transact", fail)


def store_cannot_read(clinic: Clinic, patch: pytest.MonkeyPatch) -> None:
    patch.setattr(clinic.agent.tracker_store, "_read", fail)


def store_cannot_add(clinic: Clinic, patch: pytest.MonkeyPatch) -> None:
    patch.setattr(clinic.agent.tracker_store, "_append", fail)


def ledger_cannot_keep(clinic: Clinic, patch: pytest.MonkeyPatch) -> None:
    patch.setattr("addons.stores.trackers.keep", fail)


PATCHED: list[Fault] = [
    parse_raises, parse_hangs, policies_raise, action_raises, action_hangs, action_returns_nothing,
    action_returns_nonsense, action_is_missing, texts_raise, model_is_missing, store_raises,
    store_cannot_read, store_cannot_add, ledger_cannot_keep,
]  # fmt: skip


@contextmanager
def locked(clinic: Clinic) -> Iterator[None]:
    """Another process writes, and does not come to an end."""
    other = sqlite3.connect(clinic.path, isolation_level=None)
    other.execute("BEGIN EXCLUSIVE")
    yield
    other.execute("ROLLBACK")
    other.close()


@contextmanager
def full(clinic: Clinic) -> Iterator[None]:
    """The disk has no room for another page."""

    pages = clinic.rows("PRAGMA page_count")[0][0]

    def limit(connection: Any, *args: Any) -> None:
        connection.execute(f"PRAGMA max_page_count = {pages}")

    event.listen(clinic.database._open(), "checkout", limit)  # each connection has its own limit
    yield
    pages = 2**30


@contextmanager
def unreadable(clinic: Clinic) -> Iterator[None]:
    """The file holds something else when the server opens it, until it is brought back."""
    clinic.database.transact(lambda one: None)
    clinic.database.close()
    content = clinic.path.read_bytes()
    clinic.path.write_bytes(b"garbage " * 1000)
    yield
    clinic.database.close()
    clinic.path.write_bytes(content)


REAL = [locked, full, unreadable]
