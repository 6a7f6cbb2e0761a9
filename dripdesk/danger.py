"""What danger a message can tell of."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

LEVELS = ("emergency", "crisis", "poison", "urgent_today")
"""911, 988, Poison Help, a nurse today: the most urgent first."""

HELP = "help"
"""The group of signs that call for help in so many words."""


@dataclass(frozen=True)
class Danger:
    """What was found in a message, by what sign, and who says that it is one."""

    level: str
    group: str
    """The group of symptoms (danger_signs.yml), or the level where only that is known."""
    sign: str
    sources: tuple[str, ...] = ()
    sure: bool = True
    """Whether the safety text is all that is to be said."""


def most_urgent(found: Iterable[Danger]) -> Danger | None:
    """Return the danger of the highest level, the first that is sure among those; or None."""
    return min(found, key=lambda one: (LEVELS.index(one.level), not one.sure), default=None)
