"""Puts a function of ours into the place of one of Rasa's, if that is still the one it replaces."""

from __future__ import annotations

import hashlib
import inspect
import logging
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from typing import Any

logger = logging.getLogger("dripdesk")

ALL = "all"
"""Switches every replacement off."""


@dataclass
class Swap:
    """A replacement of one function or module by one that does the same in less time."""

    name: str
    """By which it can be switched off."""
    owner: Any
    """The class or module in which it is looked up."""
    attribute: str
    fast: Any
    """What takes its place."""
    reads: Sequence[Any]
    """The functions, classes and modules of Rasa's that ours was written after."""
    digest: str
    """Of their source, as it was then."""
    _stock: Any = field(default=None, init=False, repr=False)

    def source_digest(self) -> str:
        """Return 12 hex digits that change with the source that ours was written after."""
        sources = "".join(map(inspect.getsource, self.reads))
        return hashlib.sha256(sources.encode()).hexdigest()[:12]

    def make(self) -> bool:
        """Take the place, unless what stood there has changed; return whether it is taken."""
        if self._stock is not None:
            return True
        if (found := self.source_digest()) != self.digest:
            logger.warning(
                "Rasa's %s has changed (%s): %s stays off.", self.attribute, found, self.name
            )
            return False
        self._stock = inspect.getattr_static(self.owner, self.attribute)
        setattr(self.owner, self.attribute, self.fast)
        return True

    def undo(self) -> None:
        """Put Rasa's own back."""
        if self._stock is not None:
            setattr(self.owner, self.attribute, self._stock)
            self._stock = None


def make_all(swaps: Collection[Swap], off: Collection[str] = ()) -> list[str]:
    """Make all replacements that are not switched off; return the names of those made."""
    names = {swap.name for swap in swaps}
    for unknown in sorted(set(off) - names - {ALL}):
        logger.warning("FAST_OFF names %s, which is none of %s.", unknown, ", ".join(sorted(names)))
    wanted = [swap for swap in swaps if swap.name not in off and ALL not in off]
    return [swap.name for swap in wanted if swap.make()]


def undo_all(swaps: Collection[Swap]) -> None:
    """Put all of Rasa's own back."""
    for swap in swaps:
        swap.undo()
