"""Measures redaction on messages whose personal parts were marked before any rule was written."""

from __future__ import annotations

import re
from collections.abc import Iterator

from benchmarks.figures import Share
from dripdesk.privacy import find, redact
from dripdesk.settings import PROJECT

MEASURED = PROJECT / "tests" / "dripdesk" / "redaction.tsv"
MARK = re.compile(r"<<(\w+):(.*?)>>")
KINDS = ("phone", "email", "ssn", "card", "member", "birth_date", "address", "name")


def messages() -> list[str]:
    """Return the messages, with marks such as <<phone:914-555-0133>>."""
    return MEASURED.read_text(encoding="utf-8").splitlines()


def recall(kind: str) -> Share:
    """Return of how many parts of a kind every letter and digit is taken out."""
    return Share.of(gone for message in messages() for gone in _gone(message, kind))


def false_hits() -> Share:
    """Return how many messages with nothing personal are changed."""
    plain = [message for message in messages() if not MARK.search(message)]
    return Share.of(redact(message) != message for message in plain)


def _gone(message: str, kind: str) -> Iterator[bool]:
    text, marks = _unmarked(message)
    gone = {at for one in find(text) for at in range(one.start, one.end)}
    for marked, start, end in marks:
        if marked == kind:
            yield {at for at in range(start, end) if text[at].isalnum()} <= gone


def _unmarked(message: str) -> tuple[str, list[tuple[str, int, int]]]:
    """Return a message as it was typed, and where what is marked in it stands."""
    text, marks = "", []
    for piece in re.split(r"(<<\w+:.*?>>)", message):
        mark = MARK.fullmatch(piece)
        if mark:
            marks.append((mark[1], len(text), len(text) + len(mark[2])))
        text += mark[2] if mark else piece
    return text, marks
