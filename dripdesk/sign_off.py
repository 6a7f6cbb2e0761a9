"""Records that a person has checked a fact, in the file where the fact stands.

`python -m dripdesk.sign_off` lists what waits; with FACT, --name and --role it signs one.
"""

from __future__ import annotations

import argparse
import shutil
import sys
from datetime import date
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.error import YAMLError
from ruamel.yaml.scalarstring import DoubleQuotedScalarString as Quoted

from dripdesk.fact_files import load_facts
from dripdesk.fact_types import parse_date
from dripdesk.facts import GROUPS, Fact, FactBook
from dripdesk.settings import Settings


class SignOffError(ValueError):
    """A sign-off that cannot be recorded; the message says why."""


def sign(book: FactBook, name: str, signer: str, role: str, day: date) -> Fact:
    """Write reviewed_on and reviewed_by into the fact's file, and return the fact as it was.

    Raises SignOffError if the fact has no value, or the role may not sign its group.
    """
    fact = book.facts.get(name)
    if fact is None or fact.value is None or fact.field.of:
        raise SignOffError(f"{name!r} has no value of its own to sign. `make sign-off` lists all.")
    if not signer.strip() or not role.strip():
        raise SignOffError("A sign-off needs the signer's NAME and ROLE.")
    allowed = GROUPS[fact.field.group].reviewers
    if allowed and role.lower() not in allowed:
        raise SignOffError(f"{name} can be signed by: {', '.join(allowed)}. The role was {role!r}.")
    if day > book.today():
        raise SignOffError(f"{day} is in the future.")
    _write(fact.file, name, day, f"{signer.strip()}, {role.strip().lower()}")
    return fact


def _write(path: Path, name: str, day: date, reviewed_by: str) -> None:
    yaml: Any = YAML()  # round trip: comments, order and quotes stay
    yaml.preserve_quotes = True
    yaml.width = 10_000
    yaml.representer.add_representer(
        type(None), lambda rep, _: rep.represent_scalar("tag:yaml.org,2002:null", "null")
    )
    content = yaml.load(path.read_text(encoding="utf-8"))
    content[name]["reviewed_on"] = Quoted(day.isoformat())
    content[name]["reviewed_by"] = Quoted(reviewed_by)
    draft = path.with_suffix(".yml.new")
    with draft.open("w", encoding="utf-8") as file:
        yaml.dump(content, file)
    shutil.copymode(path, draft)  # the server, which may be another user, must read it on
    draft.replace(path)  # in one step: the server may read the file at any moment


def report(book: FactBook) -> str:
    """Return a line for each fact that awaits sign-off, with what it says and who may sign."""
    lines = []
    for fact in book.awaiting_review():
        who = ", ".join(GROUPS[fact.field.group].reviewers) or "anyone at the clinic"
        shown = _cut(book.show(fact.name) or str(fact.value))
        lines.append(f"{fact.name}: {shown} ({fact.source}, {fact.as_of}; to sign: {who})")
    return "\n".join(lines) or "Nothing awaits sign-off."


def _cut(text: str, length: int = 80) -> str:
    return text if len(text) <= length else f"{text[: length - 3]}..."


def main() -> int:
    """List, or sign. Returns 1 with the reason if it could not be done."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("fact", nargs="?")
    parser.add_argument("--name", default="")
    parser.add_argument("--role", default="")
    parser.add_argument("--date", default=date.today().isoformat())
    options = parser.parse_args()
    try:
        settings = Settings.from_environment()
        book = load_facts(settings)
        if options.fact is None:
            print(f"Facts of the clinic: {settings.clinic_facts}\n\n{report(book)}")
            print("\nTo sign one: make sign-off FACT=phone NAME='Ann Lee' ROLE=manager")
            return 0
        day = parse_date(options.date)
        fact = sign(book, options.fact, options.name, options.role, day)
    except (ValueError, OSError, YAMLError) as error:
        print(error)
        return 1
    print(f"{fact.name} is signed off in {fact.file}.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
