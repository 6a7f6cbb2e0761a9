"""One line for each entry; of an error its type and place, never its text."""

from __future__ import annotations

import io
import logging
from collections.abc import Callable, Iterator

import pytest

from addons import logs
from addons.logs import formatter, place
from dripdesk.fact_types import parse_phone

Printed = Callable[[], list[str]]


@pytest.fixture
def logger() -> Iterator[tuple[logging.Logger, Printed]]:
    text = io.StringIO()
    handler = logging.StreamHandler(text)
    handler.setFormatter(formatter())
    one = logging.getLogger("tests.logs")
    one.addHandler(handler)
    one.propagate = False
    yield one, lambda: text.getvalue().splitlines()
    one.removeHandler(handler)


def test_an_error_is_named_but_not_quoted(logger: tuple[logging.Logger, Printed]) -> None:
    log, printed = logger
    try:
        parse_phone("my secret")
    except ValueError:
        log.exception("It failed")
    (line,) = printed()
    assert (
        'level=error logger=tests.logs event="It failed" error="ValueError at fact_types.py:'
        in line
    )
    assert "secret" not in line


def test_only_the_first_line_of_an_entry_is_written(
    logger: tuple[logging.Logger, Printed],
) -> None:
    log, printed = logger
    log.warning("Task exception was never retrieved\nfuture: <Task exception=my secret>")
    (line,) = printed()
    assert line.endswith('event="Task exception was never retrieved"')


def test_rasas_channels_whose_errors_quote_the_message_are_silent() -> None:
    logs.configure()
    assert not logging.getLogger("rasa.core.channels.rest").isEnabledFor(logging.CRITICAL)
    assert logging.getLogger("rasa.core.processor").isEnabledFor(logging.ERROR)


def test_the_cause_of_an_error_is_named_too() -> None:
    error = RuntimeError("x")
    error.__cause__ = KeyError("y")
    assert place(error) == "RuntimeError from KeyError"
