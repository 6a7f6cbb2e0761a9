"""Says when, from which commit and on which machine something was measured."""

from __future__ import annotations

import os
import platform
import subprocess
from datetime import date
from pathlib import Path

from dripdesk.settings import PROJECT


def today() -> str:
    """Return the day, as 2026-11-25."""
    return date.today().isoformat()


def commit() -> str:
    """Return the short commit; with a plus if files differ from it."""
    return (_git("rev-parse", "--short", "HEAD") or "none") + (
        "+" if _git("status", "--porcelain") else ""
    )


def pin() -> None:
    """Run this process, and all that it starts, on one core, where the system can do that."""
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, {max(os.sched_getaffinity(0))})


def machine() -> str:
    """Return the processor and how many cores there are: we run on one of them."""
    models = [
        line.partition(":")[2].strip()
        for line in Path("/proc/cpuinfo").read_text().splitlines()
        if line.startswith("model name")
    ]
    return f"{models[0] if models else platform.processor()}, one of {os.cpu_count()} cores"


def _git(*arguments: str) -> str:
    done = subprocess.run(  # noqa: S603
        ["git", *arguments],  # noqa: S607
        cwd=PROJECT,
        capture_output=True,
        text=True,
    )
    return done.stdout.strip()
