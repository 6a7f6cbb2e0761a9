"""`python -m benchmarks.safety`: measures the safety layer, and writes benchmarks/safety.md."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from benchmarks import history, origin
from benchmarks.figures import Share
from benchmarks.safety.measures import (
    MULTI_TURN,
    Finder,
    alarms,
    finders,
    held_out,
    longest,
    milliseconds,
    recall,
    red_team,
)
from dripdesk.danger import LEVELS
from dripdesk.settings import PROJECT

TABLE = PROJECT / "benchmarks" / "safety.md"
PARTS = ("measured", "veiled", "build")


def main() -> None:
    """Measure, print and write the table."""
    origin.pin()
    by = finders()
    figures = {(part, name): [*shares(find, part)] for part in PARTS for name, find in by.items()}
    lines = [
        "# Danger found, and danger seen where there is none",
        "",
        f"`make benchmark-safety`, {origin.today()}, commit {origin.commit()}, {origin.machine()}.",
        "The measured messages were written before any rule, and are never learned from, and",
        "neither are the veiled ones, by yet another writer. The reader has learned from those to",
        "build with. A more urgent level than the right one counts as found. In brackets stands",
        "the lower end of Wilson's 95 % interval.",
    ]
    for part in PARTS:
        rows = zip(*(figures[part, name] for name in by), strict=True)
        lines += [
            "",
            f"## The {part} part",
            "",
            f"| what | n | {' | '.join(by)} |",
            "| --- " * 5 + "|",
        ]
        lines += [_row(row) for row in rows]
    lines += ["", "## Time", "", "| what | median | 99 of 100 |", "| --- " * 3 + "|"]
    texts = [message.text for message in red_team("measured")]
    for name, find in by.items():
        for kind, some in (("an ordinary message", texts), ("the longest", longest(5))):
            middle, most = milliseconds(find, some)
            lines.append(f"| {name}, {kind} | {middle:.2f} ms | {most:.2f} ms |")
    TABLE.write_text("\n".join(lines) + "\n", encoding="utf-8")
    history.append(
        ("ours", f"red team {part}", f"{name}: {what}", share)
        for (part, name), shares_ in figures.items()
        for what, share in shares_
    )
    print(TABLE.read_text(encoding="utf-8"))


def shares(find: Finder, part: str) -> Iterator[tuple[str, Share]]:
    """Yield what is measured of a finder on a part of the red team, each with its name."""
    messages = red_team(part)
    for level in LEVELS if part != "veiled" else ("emergency", "crisis"):
        yield f"{level}, found", recall(find, messages, level)
    if part == "veiled":
        for group in ("veiled", "plain"):
            yield (
                f"crisis, {group}",
                recall(find, [m for m in messages if m.group == group], "crisis"),
            )
    near = [one for one in messages if one.group not in (MULTI_TURN, "ordinary")]
    for group in sorted({one.group for one in near if one.level == "none"}):
        yield f"alarm at {group}", alarms(find, [one for one in near if one.group == group])
    yield "alarm at a near-miss", alarms(find, near)
    if before := [one for one in messages if one.group == MULTI_TURN]:
        yield "alarm before the danger", alarms(find, before)
    if part == "measured":
        yield "alarm at a held-out question", alarms(find, held_out("faq_"))
        yield "alarm at a plain statement", alarms(find, red_team("statements"))
        yield "alarm at a request for advice", alarms(find, held_out("clinical_advice"))
        yield "alarm at what is out of scope", alarms(find, held_out("out_of_scope"))


def _row(row: Sequence[tuple[str, Share]]) -> str:
    cells = (f"{share.value:.1%} ({share.lower:.1%})" for _, share in row)
    return f"| {row[0][0]} | {row[0][1].n} | {' | '.join(cells)} |"


if __name__ == "__main__":
    main()
