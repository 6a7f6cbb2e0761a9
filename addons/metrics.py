"""What a Prometheus may read of us: counts and times, of nobody in particular."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager

import structlog
from prometheus_client import (
    CollectorRegistry,
    Counter,
    Histogram,
    ProcessCollector,
    disable_created_metrics,
    start_http_server,
)
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.registry import Collector
from sqlalchemy.exc import SQLAlchemyError

from addons.logs import place
from dripdesk import live
from dripdesk.danger import LEVELS
from dripdesk.settings import SettingError

log = structlog.get_logger(__name__)

HOST = "127.0.0.1"  # whoever may read it from elsewhere comes through a proxy or a tunnel
CHANNELS = ("web", "sms")
OUTCOMES = ("answered", "kept", "danger", "muted", "too long", "failed")
DELIVERIES = ("queued", "sending", "sent", "delivered", "undelivered", "failed")
OTHER = "other"  # so that no value from outside ever becomes a label
# Seconds: from less than a usual turn takes (benchmarks/turns.md) to more than any may take.
STEPS = (0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2, 4, 8, 12)
STORE_ERRORS = (SQLAlchemyError, OSError, asyncio.TimeoutError)

disable_created_metrics()  # when a counter began: twice as many lines, and nothing asks for it
registry = CollectorRegistry()
_turns = Counter(
    "dripdesk_turns_total", "Messages, by what came of them.", ("channel", "outcome"),
    registry=registry,
)  # fmt: skip
_seconds = Histogram(
    "dripdesk_turn_seconds", "From a message to its answer.", ("channel",), buckets=STEPS,
    registry=registry,
)  # fmt: skip
_dangers = Counter(
    "dripdesk_dangers_total", "Messages that tell of danger; sent again, they count again.",
    ("channel", "level"), registry=registry,
)  # fmt: skip
_unsure = Counter(
    "dripdesk_unsure_total", "Times that a patient read that we are not sure what is meant.",
    ("channel",), registry=registry,
)  # fmt: skip
_deliveries = Counter(
    "dripdesk_deliveries_total", "Reports of what became of text messages, by Twilio's status.",
    ("status",), registry=registry,
)  # fmt: skip
_store_errors = Counter(
    "dripdesk_store_errors_total", "Times that the database failed or took too long.",
    registry=registry,
)  # fmt: skip
_screen_errors = Counter(
    "dripdesk_screen_errors_total", "Messages that the safety screen could not look at.",
    registry=registry,
)  # fmt: skip


def turn(channel: str, outcome: str, seconds: float) -> None:
    """Count a turn and its time."""
    channel = _known(channel, CHANNELS)
    _turns.labels(channel, _known(outcome, OUTCOMES)).inc()
    _seconds.labels(channel).observe(seconds)


def danger(channel: str, level: str) -> None:
    """Count a message that tells of danger."""
    _dangers.labels(_known(channel, CHANNELS), _known(level, LEVELS)).inc()


def unsure(channel: str) -> None:
    """Count an answer that says that we are not sure."""
    _unsure.labels(_known(channel, CHANNELS)).inc()


def delivery(status: str) -> None:
    """Count a report of what became of a text message."""
    _deliveries.labels(_known(status, DELIVERIES)).inc()


def screen_error() -> None:
    """Count a message that was answered without the safety screen."""
    _screen_errors.inc()


@contextmanager
def store_errors() -> Iterator[None]:
    """Count an error of the database that leaves the block; it goes on its way."""
    try:
        yield
    except STORE_ERRORS:
        _store_errors.inc()
        raise


class Waiting(Collector):
    """What stands at the moment that somebody asks: the reader, call-back requests, the vault."""

    def collect(self) -> Iterable[GaugeMetricFamily]:
        """Yield whether the reader works, and what the database tells if it can be read."""
        yield GaugeMetricFamily(
            "dripdesk_danger_reader",
            "1: the trained reader of danger works. 0: the screen works alone.",
            value=live.reader() is not None,
        )
        try:
            with store_errors():
                waiting = live.records().waiting()
        except Exception as error:  # the other figures must be told all the same
            log.error("Open call backs could not be counted.", error=place(error))
            return
        age = 0.0 if waiting.since is None else max(0.0, time.time() - waiting.since)
        for name, text, value in (
            ("dripdesk_callbacks_open", "Call-back requests that nobody has closed.", waiting.open),
            ("dripdesk_callbacks_oldest_seconds", "How long the oldest of them waits.", age),
            ("dripdesk_vault_texts", "Texts of open forms that are kept encrypted.", waiting.vault),
        ):
            yield GaugeMetricFamily(name, text, value=value)


def serve(port: int) -> None:
    """Answer Prometheus on a loopback port, from a thread. Raises SettingError if it is taken."""
    try:
        start_http_server(port, HOST, registry)
    except OSError as error:
        raise SettingError(f"METRICS_PORT={port} cannot be opened: {error.strerror}.") from error


def _known(value: str, values: tuple[str, ...]) -> str:
    return value if value in values else OTHER


def _begin() -> None:
    """Begin every count at 0: what has not happened yet is told as well."""
    for status in DELIVERIES:
        _deliveries.labels(status)
    for channel in CHANNELS:
        _seconds.labels(channel)
        _unsure.labels(channel)
        for outcome in OUTCOMES:
            _turns.labels(channel, outcome)
        for level in LEVELS:
            _dangers.labels(channel, level)


_begin()
ProcessCollector(registry=registry)  # memory, processor time, open files
registry.register(Waiting())
