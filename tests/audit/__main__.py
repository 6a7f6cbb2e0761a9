"""Looks all locked packages up among known vulnerabilities: `make audit`.

It asks the OSV database (osv.dev) for each by name and version, which needs the network.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from dripdesk.settings import PROJECT

AUDITOR = PROJECT / ".venv-audit" / "bin" / "pip-audit"
LOCK = PROJECT / "requirements.lock"
SECURITY = PROJECT / "docs" / "SECURITY.md"
ID = re.compile(r"^\| `((?:CVE|GHSA|PYSEC)-[\w-]+)` \|", re.MULTILINE)
PINNED = re.compile(r"^([\w.-]+)==([^\s;]+) *(;?)", re.MULTILINE)
UNKNOWN = "This says nothing about the packages. Run it again where the network allows."


@dataclass(frozen=True)
class Finding:
    """A known vulnerability of a locked package."""

    package: str
    ids: tuple[str, ...]
    """All names that it has."""
    fixed_in: tuple[str, ...]

    def __str__(self) -> str:
        """Return it as a line."""
        fixed = f"fixed in {', '.join(self.fixed_in)}" if self.fixed_in else "no fix"
        return f"{self.package}: {' = '.join(self.ids)} ({fixed})"


def accepted(text: str) -> set[str]:
    """Return the findings that a table of docs/SECURITY.md accepts."""
    return set(ID.findall(text))


def locked(text: str) -> set[str]:
    """Return the packages of a lock that are installed everywhere."""
    return {_normal(name) for name, _, marker in PINNED.findall(text) if not marker}


def findings(result: Mapping[str, Any]) -> list[Finding]:
    """Return what pip-audit found, from its JSON."""
    return [
        Finding(
            f"{one['name']} {one['version']}",
            tuple(dict.fromkeys((found["id"], *found.get("aliases", ())))),
            tuple(found["fix_versions"]),
        )
        for one in result["dependencies"]
        for found in one.get("vulns", ())
    ]


def skipped(result: Mapping[str, Any], names: Iterable[str]) -> list[str]:
    """Return the packages that were not looked up."""
    asked = {_normal(one["name"]) for one in result["dependencies"] if "skip_reason" not in one}
    return sorted(set(names) - asked)


def report(result: Mapping[str, Any], names: set[str], known: set[str]) -> tuple[list[str], bool]:
    """Return lines that tell the result, and whether all is well."""
    left = skipped(result, names)
    found = findings(result)
    new = [one for one in found if not known.intersection(one.ids)]
    old = [one for one in found if known.intersection(one.ids)]
    gone = known - {id for one in found for id in one.ids}
    lines = [f"{len(names) - len(left)} of {len(names)} packages were looked up."]
    if left:
        lines += [f"NOT LOOKED UP: {', '.join(left)}. {UNKNOWN}"]
    lines += [f"FOUND: {one}" for one in new]
    lines += [f"accepted in docs/SECURITY.md: {one}" for one in old]
    if not left:
        lines += [f"accepted, but there no more: take {one} out" for one in sorted(gone)]
    return lines, not left and not new


def main() -> int:
    """Look up; return 0 if all packages were looked up and nothing new was found, else 1."""
    command = [
        str(AUDITOR), "--requirement", str(LOCK), "--disable-pip", "--require-hashes",
        "--vulnerability-service", "osv", "--format", "json", "--desc", "off",
        "--aliases", "on", "--progress-spinner", "off",
    ]  # fmt: skip
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    try:
        result = json.loads(done.stdout)
    except ValueError:
        reason = (done.stderr.strip().splitlines() or ["no answer"])[-1]
        print(f"The advisory service could not be asked: {reason}\n{UNKNOWN}", file=sys.stderr)
        return 1
    names, known = locked(LOCK.read_text("utf-8")), accepted(SECURITY.read_text("utf-8"))
    lines, is_well = report(result, names, known)
    print("\n".join(lines))
    return 0 if is_well else 1


def _normal(name: str) -> str:
    """Return a package's name as PEP 503 writes it."""
    return re.sub(r"[-_.]+", "-", name).lower()


if __name__ == "__main__":
    sys.exit(main())
