"""`python -m benchmarks.speed.sizes PACKAGE...`: says how many bytes these need.

What they require counts too, and bytecode, as far as the environment that runs this has it.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable
from importlib.metadata import Distribution, PackageNotFoundError, distribution
from importlib.util import cache_from_source
from pathlib import Path

from packaging.requirements import Requirement


def needed(names: Iterable[str]) -> dict[str, Distribution]:
    """Return packages and all that they require, by name."""
    found: dict[str, Distribution] = {}
    left = [Requirement(name) for name in names]
    while left:
        one = left.pop()
        name = one.name.lower().replace("_", "-")
        if name in found:
            continue
        try:
            package = distribution(name)
        except PackageNotFoundError:  # left out on purpose, as TensorFlow is
            continue
        found[name] = package
        extras = one.extras or {""}
        for text in package.requires or []:
            further = Requirement(text)
            marker = further.marker
            if marker is None or any(marker.evaluate({"extra": extra}) for extra in extras):
                left.append(further)
    return found


def size(package: Distribution) -> int:
    """Return the bytes of a package's files, with the bytecode beside them."""
    paths = {Path(str(package.locate_file(file))) for file in package.files or []}
    paths |= {Path(cache_from_source(path)) for path in paths if path.suffix == ".py"}
    return sum(path.stat().st_size for path in paths if path.is_file())


if __name__ == "__main__":
    print(sum(map(size, needed(sys.argv[1:]).values())))
