"""Which sentences no network learns from: by them it is found out how far each can be trusted."""

from __future__ import annotations

from zlib import crc32

ONE_OF = 10


def is_unseen(text: str) -> bool:
    """Return whether a sentence is kept unseen: always the same ones, whatever stands beside."""
    return crc32(text.encode()) % ONE_OF == 0
