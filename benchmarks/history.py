"""Adds figures to benchmarks/history.tsv: a line each, for all time."""

from __future__ import annotations

from collections.abc import Iterable

from benchmarks import origin
from benchmarks.figures import Share
from dripdesk.settings import PROJECT

HISTORY = PROJECT / "benchmarks" / "history.tsv"
COLUMNS = ("date", "commit", "pipeline", "set", "style", "n", "accuracy", "lower bound")


def append(figures: Iterable[tuple[str, str, str, Share]]) -> None:
    """Add a line for each share, given with the names of its pipeline, its set and its style."""
    day, commit = origin.today(), origin.commit()
    if not HISTORY.exists():
        HISTORY.write_text("\t".join(COLUMNS) + "\n", encoding="utf-8")
    with HISTORY.open("a", encoding="utf-8") as file:
        for pipeline, name, style, share in figures:
            file.write(
                f"{day}\t{commit}\t{pipeline}\t{name}\t{style}\t{share.n}\t"
                f"{share.value:.4f}\t{share.lower:.4f}\n"
            )
