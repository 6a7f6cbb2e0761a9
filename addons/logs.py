"""What the server prints: our own lines and errors; never what a patient writes."""

from __future__ import annotations

import logging
import os
import sys

import structlog


def configure(level: int = logging.INFO) -> None:
    """Set up logging and switch Rasa's telemetry off. Call it before Rasa is imported."""
    os.environ["RASA_TELEMETRY_ENABLED"] = "false"
    os.environ["SQLALCHEMY_SILENCE_UBER_WARNING"] = "1"
    os.environ["LOG_LEVEL"] = "WARNING"  # Rasa shows no progress bars then: they garble logs
    logging.basicConfig(level=level, format="%(levelname)s %(name)s: %(message)s")
    for name in ("rasa", "sanic.root", "sanic.access", "rasa_sdk"):
        logging.getLogger(name).setLevel(logging.WARNING)
    # Libraries that Rasa pins warn of what later versions will no longer do.
    logging.captureWarnings(True)
    logging.getLogger("py.warnings").setLevel(logging.ERROR)
    # Rasa's debug lines hold the patient's message; unconfigured, structlog prints them all.
    structlog.configure(
        wrapper_class=structlog.make_filtering_bound_logger(logging.WARNING),
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
    )
