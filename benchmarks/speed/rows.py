"""What the table tells: each figure of both sides, over the rounds, and what it has to be."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median

SCATTER = 0.3
"""Of the median: runs that lie further apart are told as a range, not as a ratio."""


@dataclass(frozen=True)
class Runs:
    """The values of one figure, one for each round."""

    values: Sequence[float]

    @property
    def middle(self) -> float:
        """Their median."""
        return median(self.values)

    @property
    def scatters(self) -> bool:
        """Whether they lie so far apart that the median alone would say too much."""
        return max(self.values) - min(self.values) > SCATTER * self.middle

    def shown(self, unit: str) -> str:
        """Return the median, or the range, with its unit."""
        if self.scatters:
            return f"{_number(min(self.values))} to {_number(max(self.values))} {unit}"
        return f"{_number(self.middle)} {unit}"


@dataclass(frozen=True)
class Wanted:
    """What a ratio has to be at most, and what would be better still."""

    most: float
    goal: float

    def __str__(self) -> str:
        return f"{self.most:.3f} ({self.goal:.3f})"

    def verdict(self, ratio: float) -> str:
        """Return in words whether a ratio is low enough."""
        if ratio <= self.goal:
            return "goal met"
        return "met" if ratio <= self.most else "missed"


@dataclass(frozen=True)
class Row:
    """A figure of stock Rasa's beside ours, and what their ratio has to be.

    The ratio is ours ÷ stock's or, for what should be high, stock's ÷ ours.
    """

    name: str
    unit: str
    stock: Runs
    ours: Runs
    wanted: Wanted | None = None
    more_is_better: bool = False
    stopped: bool = False
    """Whether stock was stopped before it was there: then its figure is only a lower bound."""

    @property
    def ratios(self) -> tuple[float, float, float]:
        """The best, the ratio of medians, and the worst."""
        pair = (self.stock, self.ours) if self.more_is_better else (self.ours, self.stock)
        above, below = pair
        return (
            min(above.values) / max(below.values),
            above.middle / below.middle,
            max(above.values) / min(below.values),
        )

    @property
    def scatters(self) -> bool:
        """Whether a ratio of medians would say too much."""
        return self.stock.scatters or self.ours.scatters

    @property
    def cells(self) -> tuple[str, ...]:
        """The line of the table."""
        best, middle, worst = self.ratios
        ratio = f"{best:.3f} to {worst:.3f}" if self.scatters else f"{middle:.3f}"
        stock = ("> " if self.stopped else "") + self.stock.shown(self.unit)
        return (
            self.name,
            stock,
            self.ours.shown(self.unit),
            ("< " if self.stopped else "") + ratio,
            str(self.wanted or ""),
            self._verdict,
        )

    @property
    def _verdict(self) -> str:
        if self.wanted is None:
            return ""
        # Against a lower bound it can only be shown that the ratio is low enough.
        return "open" if self.stopped and not self.is_met else self.wanted.verdict(self.held)

    @property
    def held(self) -> float:
        """The ratio that is held against what it has to be: the worst where runs scatter."""
        return self.ratios[2 if self.scatters else 1]

    @property
    def is_met(self) -> bool:
        """Whether the ratio is as it has to be."""
        return self.wanted is None or self.held <= self.wanted.most


@dataclass(frozen=True)
class Own:
    """A figure of ours that has to hold whatever stock Rasa does."""

    name: str
    unit: str
    ours: Runs
    most: float | None = None
    stock: str = ""
    """What stock has there, if it was measured."""

    @property
    def _worst(self) -> float:
        return max(self.ours.values) if self.ours.scatters else self.ours.middle

    @property
    def cells(self) -> tuple[str, ...]:
        """The line of the table."""
        shown = self.ours.shown(self.unit)
        if self.most is None:
            return self.name, self.stock, shown, "", "", ""
        wanted = f"at most {self.most:g} {self.unit}".rstrip()
        return self.name, self.stock, shown, "", wanted, "met" if self.is_met else "missed"

    @property
    def is_met(self) -> bool:
        """Whether the figure, where runs scatter the highest, is low enough."""
        return self.most is None or self._worst <= self.most


def _number(value: float) -> str:
    return f"{value:,.0f}" if abs(value) >= 100 else f"{value:.3g}"
