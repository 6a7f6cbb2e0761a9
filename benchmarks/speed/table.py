"""The rows of the table, and what has to be known to read them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from benchmarks.speed.inside import LONG_LIMIT, MARKS
from benchmarks.speed.load import CLIENTS
from benchmarks.speed.models import EPOCHS, Trained
from benchmarks.speed.rows import Own, Row, Runs, Wanted
from benchmarks.speed.talk import LONGEST

Seen = Mapping[str, Mapping[str, list[Any]]]
"""By side ("stock", "ours", "echo") and figure: the values, one for each round."""

NOTES = """\
Ratio: ours ÷ stock's, and stock's ÷ ours for messages per second: less is better. Figures are
medians over {rounds} rounds in which both take turns. Where runs scatter by more than 30 %, their
range is told, and the worse end of the ratio is held against what it has to be.

Stock Rasa 3.6.21 has its default pipeline and policies, an action server with our actions, and its
SQL tracker store on SQLite; both fill in the same facts. Servers run on one core, who writes to
them on another. For the training time, which is the processor's and of one run, both have learned
{sentences} sentences; the model that Dripdesk serves has learned all. The patients' messages are
the same: held-out questions of all topics, three of ten messages follow up. Dripdesk looks at each
message for danger and for several questions in it, and keeps each answer with the message's id;
stock Rasa does neither.

Start: from the first process to the first 200 (stock: action server and server; ours: model and
database ready). Memory: proportional set size (PSS) of all processes, after the load. Installed:
the packages with bytecode, the model, and of ours all code and data; Python itself apart.

Durability: stock leaves SQLite at `synchronous = FULL` with a rollback journal (each commit reaches
the disk, at which this machine may be faster than others); Dripdesk uses WAL and
`synchronous = NORMAL`, which withstands a killed process but may lose the last turns at a power
cut. "Both flushed seldom" compares both with the latter, "each time" both with FULL as far as each
has it.

Stock's talk is stopped after {limit:.0f} s: what it had not reached is told by its last turn (">").
Delay: by how much somebody's message is held up beside another's of {longest} characters, the
longest that Dripdesk answers; 100,000 characters, which it declines, were tried once on each.
The echo is Sanic, which both are built on, sending back what it gets."""

SHORT = """\
Stock Rasa was stopped after {epochs} of its {all} epochs of training. That its networks know less
does not change how long they take; a whole training takes longer than told (">").

"""


def table(
    seen: Seen, models: Mapping[str, Trained], sizes: Mapping[str, float], epochs: int
) -> tuple[list[Row | Own], str]:
    """Return the rows, and the notes below them."""
    stock, ours, echo = seen["stock"], seen["ours"], seen["echo"]

    def row(
        name: str, key: str, unit: str, wanted: Wanted | None = None, more: bool = False
    ) -> Row:
        return Row(name, unit, Runs(stock[key]), Runs(ours[key]), wanted, more)

    seconds = {name: one.seconds for name, one in models.items()}
    rows: list[Row | Own] = [
        row("start", "start", "s", Wanted(1 / 8, 1 / 10)),
        row("memory", "memory", "MB", Wanted(1 / 3, 1 / 4)),
        _once("installed", "MB", sizes, Wanted(1 / 3, 1 / 4)),
        _once("training", "s", seconds, Wanted(1 / 5, 1 / 5), epochs < EPOCHS),
        row("turn in process, p50", "turn", "ms", Wanted(1 / 7, 1 / 10)),
        Row(
            "turn in process, both flushed seldom",
            "ms",
            Runs(stock["turn, flushed as the other"]),
            Runs(ours["turn"]),
        ),
        Row(
            "turn in process, both flushed each time",
            "ms",
            Runs(stock["turn"]),
            Runs(ours["turn, flushed as the other"]),
        ),
    ]
    for clients in CLIENTS:
        is_eight = clients == 8
        name = f"{clients} client{'s' * (clients > 1)}"
        throughput = Wanted(1 / 5, 1 / 8) if is_eight else None
        p99 = Wanted(1 / 5, 1 / 10) if is_eight else None
        rows.append(row(f"{name}: messages", f"rps {clients}", "/s", throughput, more=True))
        rows += [row(f"{name}: p{each}", f"p{each} {clients}", "ms") for each in (50, 95)]
        rows.append(row(f"{name}: p99", f"p99 {clients}", "ms", p99))
        rows.append(_echo(f"{name}: echo p50", Runs(echo[f"p50 {clients}"])))
    rows += [_turn(stock, ours, mark) for mark in MARKS]
    late, early = (
        Runs([talk[str(mark)] for talk in ours["long"]]) for mark in (MARKS[-1], MARKS[0])
    )
    times = Runs([a / b for a, b in zip(late.values, early.values, strict=True)])
    rows.append(Own(f"turn {MARKS[-1]} ÷ turn {MARKS[0]}", "", times, 1.5))
    rows.append(_delay(f"delay by {LONGEST} characters", stock["delay"], ours["delay"]))
    rows.append(_delay("delay by 100,000 characters", stock["huge"], ours["huge"]))
    notes = (SHORT.format(epochs=epochs, all=EPOCHS) if epochs < EPOCHS else "") + NOTES.format(
        rounds=len(ours["turn"]),
        sentences=models["stock"].sentences,
        limit=LONG_LIMIT,
        longest=LONGEST,
    )
    return rows, notes


def _once(
    name: str, unit: str, values: Mapping[str, float], wanted: Wanted, stopped: bool = False
) -> Row:
    """Return a row of what was measured once."""
    stock, ours = Runs([values["stock"]]), Runs([values["ours"]])
    return Row(f"{name} (once)", unit, stock, ours, wanted, stopped=stopped)


def _echo(name: str, times: Runs) -> Own:
    return Own(name, "ms", times)


def _turn(stock: Mapping[str, list[Any]], ours: Mapping[str, list[Any]], mark: int) -> Row:
    """Return the row of a turn in a long talk."""
    reached = all(str(mark) in talk for talk in stock["long"])
    theirs = [talk[str(mark)] for talk in stock["long"]] if reached else stock["last"]
    return Row(
        f"turn {mark} of a talk",
        "ms",
        Runs(theirs),
        Runs([talk[str(mark)] for talk in ours["long"]]),
        stopped=not reached,
    )


def _delay(name: str, stock: list[float], ours: list[float]) -> Own:
    unit = "ms"
    return Own(name, unit, Runs(ours), 60, Runs(stock).shown(unit))
