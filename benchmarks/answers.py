"""Whether what is measured worked: figures of turns that failed mean nothing."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from typing import Any


def checked(answer: Sequence[dict[str, Any]]) -> None:
    """Exit if an answer is the text for a turn that failed."""
    if any("cannot answer right now" in part["text"] for part in answer):
        sys.exit("A turn failed: the figures would mean nothing.")
