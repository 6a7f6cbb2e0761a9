"""Writes benchmarks/speed.md, and the chart beside it."""

from __future__ import annotations

from collections.abc import Sequence

import matplotlib

matplotlib.use("Agg")

from matplotlib import pyplot

from benchmarks import origin
from benchmarks.speed.rows import Own, Row
from dripdesk.settings import PROJECT

TABLE = PROJECT / "benchmarks" / "speed.md"
CHART = PROJECT / "benchmarks" / "speed.png"
HEADER = ("", "stock Rasa", "Dripdesk", "ratio", "has to be (goal)", "is")


def write(rows: Sequence[Row | Own], notes: str) -> str:
    """Write table and chart; return the table."""
    cells = [HEADER, ("---",) * len(HEADER), *(row.cells for row in rows)]
    heading = f"# How fast, beside stock Rasa\n\n`make benchmark`, {_origin()}.\n\n"
    picture = f"![How many times better than stock Rasa]({CHART.name})\n\n"
    lines = "\n".join(f"| {' | '.join(line)} |" for line in cells)
    content = f"{heading}{picture}{lines}\n\n{notes}\n"
    TABLE.write_text(content, encoding="utf-8")
    _draw([row for row in rows if isinstance(row, Row)])
    return content


def _origin() -> str:
    return f"{origin.today()}, commit {origin.commit()}, {origin.machine()}"


def _draw(rows: Sequence[Row]) -> None:
    """Draw how many times better each figure is, at the worse end of what scatters."""
    shown = [row for row in rows if row.wanted][::-1]
    times = [1 / row.held for row in shown]
    figure, axes = pyplot.subplots(figsize=(7, 0.36 * len(shown) + 1.2), layout="constrained")
    bars = axes.barh([row.name for row in shown], times, color="#1f6f78")
    axes.bar_label(bars, [f"{one:.1f} ×" for one in times], padding=3)  # noqa: RUF001
    marks = [1 / row.wanted.most for row in shown if row.wanted]
    axes.scatter(marks, range(len(shown)), marker="|", s=160, color="black", label="has to be")
    axes.set_xscale("log")
    axes.set_xlim(min(1, *times) / 1.5, max(times) * 2)
    axes.set_title(f"Dripdesk: times better than stock Rasa\n{_origin()}", fontsize=9)
    axes.legend(loc="lower right", fontsize=8)
    axes.spines[["top", "right"]].set_visible(False)
    figure.savefig(CHART, dpi=120, metadata={"Software": ""})
    pyplot.close(figure)
