"""Shares with what is certain of them, and percentiles."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import ceil, sqrt

Z = 1.96
"""Of the normal distribution: 95 % lie within this many standard deviations."""


@dataclass(frozen=True)
class Share:
    """How many of how many."""

    right: int
    n: int

    @classmethod
    def of(cls, outcomes: Iterable[bool]) -> Share:
        """Return the share of outcomes that are true."""
        listed = list(outcomes)
        return cls(sum(listed), len(listed))

    @property
    def value(self) -> float:
        """The share, from 0 to 1."""
        return self.right / self.n if self.n else 0.0

    @property
    def lower(self) -> float:
        """The lower end of Wilson's 95 % interval."""
        if not self.n:
            return 0.0
        p, n, square = self.value, self.n, Z**2
        centre = p + square / (2 * n)
        spread = Z * sqrt(p * (1 - p) / n + square / (4 * n**2))
        return max(0.0, (centre - spread) / (1 + square / n))


def recall_at_acceptance(
    inside: Sequence[float], outside: Sequence[float], acceptance: float = 0.95
) -> Share:
    """Return the share of outside scores below the highest threshold that accepts enough inside."""
    refused = int(len(inside) * (1 - acceptance) + 1e-9)
    threshold = sorted(inside)[refused]
    return Share.of(score < threshold for score in outside)


def percentile(values: Iterable[float], percent: float) -> float:
    """Return the least of the values that `percent` of them do not exceed."""
    ordered = sorted(values)
    return ordered[max(0, ceil(len(ordered) * percent / 100) - 1)]
