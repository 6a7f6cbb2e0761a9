"""What the server prints: one line for each turn, and errors; never what a patient writes."""

from __future__ import annotations

import logging
import os
import sys
import traceback
from pathlib import Path
from types import TracebackType

import structlog
from structlog.types import EventDict, Processor, WrappedLogger

from dripdesk.settings import PROJECT

QUIET = ("rasa", "rasa_sdk", "sanic.root", "sanic.access", "alembic")
OURS = tuple(str(PROJECT / name) for name in ("addons", "actions", "dripdesk"))
SILENT = ("rasa.core.channels",)  # its errors hold the patient's message


def configure(level: int = logging.INFO) -> None:
    """Set up logging and switch Rasa's telemetry off. Call it before Rasa is imported."""
    os.environ["RASA_TELEMETRY_ENABLED"] = "false"
    os.environ["SQLALCHEMY_SILENCE_UBER_WARNING"] = "1"
    os.environ["LOG_LEVEL"] = "WARNING"  # Rasa shows no progress bars then: they garble logs
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(formatter())
    logging.basicConfig(level=level, handlers=[handler])
    for name in QUIET:
        logging.getLogger(name).setLevel(logging.WARNING)
    for name in SILENT:
        logging.getLogger(name).setLevel(logging.CRITICAL + 1)
    # Libraries that Rasa pins warn of what later versions will no longer do.
    logging.captureWarnings(True)
    logging.getLogger("py.warnings").setLevel(logging.ERROR)
    # Rasa's debug lines hold the patient's message; unconfigured, structlog prints them all.
    structlog.configure(
        processors=[
            structlog.stdlib.filter_by_level,
            *SHARED,
            structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
        ],
        wrapper_class=structlog.stdlib.BoundLogger,
        logger_factory=structlog.stdlib.LoggerFactory(),
        cache_logger_on_first_use=True,
    )


def is_debugging() -> bool:
    """Whether anything prints debug lines, which hold what patients write."""
    asked = sys.flags.dev_mode or os.environ.get("PYTHONASYNCIODEBUG")
    names = (None, *QUIET, "asyncio", "sqlalchemy")
    return bool(asked) or any(logging.getLogger(name).isEnabledFor(logging.DEBUG) for name in names)


def formatter() -> logging.Formatter:
    """Return what writes a record as one line of names and values (logfmt)."""
    render = structlog.processors.LogfmtRenderer(
        key_order=["timestamp", "level", "logger", "event"]
    )
    remove = structlog.stdlib.ProcessorFormatter.remove_processors_meta
    return structlog.stdlib.ProcessorFormatter(
        foreign_pre_chain=SHARED, processors=[remove, render]
    )


def place(error: BaseException) -> str:
    """Return the type of an error and where it was raised; its text may hold a patient's."""
    names = [type(one).__name__ for one in _chain(error)]
    return " from ".join(names) + _raised_at(error.__traceback__)


def _chain(error: BaseException) -> list[BaseException]:
    chain = [error]
    while (cause := chain[-1].__cause__) and cause not in chain:
        chain.append(cause)
    return chain


def _raised_at(trace: TracebackType | None) -> str:
    """Return the last line of our own that was on the way, else the last at all."""
    frames = traceback.extract_tb(trace)
    ours = [frame for frame in frames if any(frame.filename.startswith(one) for one in OURS)]
    last = (ours or frames)[-1:]
    return "".join(f" at {Path(one.filename).name}:{one.lineno}" for one in last)


def _first_line(logger: WrappedLogger, method: str, entry: EventDict) -> EventDict:
    """Shorten a message: asyncio adds the representation of objects in further lines."""
    entry["event"] = str(entry["event"]).partition("\n")[0]
    return entry


def _name_error(logger: WrappedLogger, method: str, entry: EventDict) -> EventDict:
    """Tell of an exception only its type and place."""
    error = entry.pop("exc_info", None)
    if isinstance(error, tuple):
        error = error[1]
    elif error is True:
        error = sys.exc_info()[1]
    if isinstance(error, BaseException):
        entry["error"] = place(error)
    return entry


SHARED: list[Processor] = [
    structlog.stdlib.add_log_level,
    structlog.stdlib.add_logger_name,
    structlog.processors.TimeStamper(fmt="iso"),
    _first_line,
    _name_error,
]
