"""`python -m benchmarks.privacy`: measures redaction, and writes benchmarks/privacy.md."""

from __future__ import annotations

from benchmarks import history, origin
from benchmarks.figures import Share
from benchmarks.privacy.measures import KINDS, false_hits, messages, recall
from dripdesk.settings import PROJECT

TABLE = PROJECT / "benchmarks" / "privacy.md"


def main() -> None:
    """Measure, print and write the table."""
    figures = {f"{kind}, taken out": recall(kind) for kind in KINDS}
    figures["with nothing personal, yet changed"] = false_hits()
    lines = [
        "# What is personal is taken out of messages",
        "",
        f"`make benchmark-privacy`, {origin.today()}, commit {origin.commit()}; "
        f"{len(messages())} messages, marked before any rule was written.",
        "In brackets stands the lower end of Wilson's 95 % interval.",
        "",
        "| what | n | share |",
        "| --- | --- | --- |",
        *(f"| {name} | {one.n} | {_cell(one)} |" for name, one in figures.items()),
    ]
    TABLE.write_text("\n".join(lines) + "\n", encoding="utf-8")
    history.append(("ours", "redaction", name, share) for name, share in figures.items())
    print(TABLE.read_text(encoding="utf-8"))


def _cell(share: Share) -> str:
    return f"{share.value:.1%} ({share.lower:.1%})"


if __name__ == "__main__":
    main()
