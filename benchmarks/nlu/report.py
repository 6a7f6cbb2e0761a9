"""Writes what was measured: benchmarks/nlu.md, and a line per figure in benchmarks/history.tsv."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from benchmarks import history, origin
from benchmarks.figures import Share
from benchmarks.nlu.measures import Key
from benchmarks.nlu.sets import Split
from dripdesk.settings import PROJECT

TABLE = PROJECT / "benchmarks" / "nlu.md"
NOTES = """\
"Recognised": the intent is the right one, and the fallback is a miss; "fallback aside" looks at
the best intent beside it. "Not declined": a question in scope is taken for neither the fallback
nor `out_of_scope` nor `clinical_advice`; what is missing to 100 % is wrongful fallback. "Told
apart": the share of other messages whose best topic is less probable than those of 95 % of the
questions in scope. In brackets stands the lower end of Wilson's 95 % interval.

Both pipelines learn the same sentences; where ours is not sure it also asks the network in
models/reader, which has learned from nine tenths of all sentences, and from others. Both parse the
same messages on one core, one process after the other; times and memory are medians over the
rounds. On a machine that does other work, the times of the processor ("of CPU") say more than those
of the wall's clock. Training took what it says on the day the model was trained: a stock model is
kept while config and sentences stay.
"""


@dataclass
class Result:
    """What was measured on a split, by name of the pipeline."""

    split: Split
    models: dict[str, Path] = field(default_factory=dict)
    shares: dict[str, dict[Key, Share]] = field(default_factory=dict)
    needs: dict[str, dict[str, float]] = field(default_factory=dict)

    def markdown(self) -> str:
        """Return the tables of this split."""
        sentences = sum(map(len, self.split.training.values()))
        names = list(self.shares)
        ratio = f"{names[-1]} ÷ {names[0]}"
        compared = len(names) > 1
        lines = [
            f"## {self.split.name}: {len(self.split.training)} intents, {sentences} sentences",
            "",
            _row("share", "of", "n", *names, *[f"errors: {ratio}"] * compared),
            _row(*["---"] * (3 + len(names) + compared)),
        ]
        for key, share in self.shares[names[0]].items():
            each = [self.shares[name][key] for name in names]
            cells = [f"{one.value:.1%} ({one.lower:.1%})" for one in each]
            errors = [one.n - one.right for one in each]
            ratios = [_ratio(errors[-1], errors[0])] * compared
            lines.append(_row(*key, share.n, *cells, *ratios))
        lines += ["", _row("needs", *names, *[ratio] * compared)]
        lines.append(_row(*["---"] * (1 + len(names) + compared)))
        for need in self.needs[names[0]]:
            figures = [self.needs[name][need] for name in names]
            cells = [f"{figure:.4g}" for figure in figures]
            lines.append(_row(need, *cells, *[_ratio(figures[-1], figures[0])] * compared))
        return "\n".join(lines)

    def history(self) -> list[tuple[str, str, str, Share]]:
        """Return each share with the names of its pipeline, its set and its style."""
        return [
            (name, self.split.name, _style(key), share)
            for name, shares in self.shares.items()
            for key, share in shares.items()
        ]


def _row(*cells: object) -> str:
    return f"| {' | '.join(map(str, cells))} |"


def _ratio(last: float, first: float) -> str:
    return f"{last / first:.2f}" if first else "–"  # noqa: RUF001 (a dash for none)


def _style(key: Key) -> str:
    what, style = key
    return style if what == "recognised" else f"{what}: {style}"


def write(results: list[Result], remarks: list[str]) -> str:
    """Write the table and the history; return the table."""
    heading = "# How well and how fast we understand\n\n`make benchmark-nlu`, "
    heading += f"{origin.today()}, commit {origin.commit()}, {origin.machine()}.\n\n{NOTES}"
    content = "\n\n".join([heading + "\n".join(f"\n{remark}" for remark in remarks)])
    content += "".join(f"\n\n{result.markdown()}" for result in results) + "\n"
    TABLE.write_text(content, encoding="utf-8")
    history.append(line for result in results for line in result.history())
    return content
