"""Reads facts from YAML: a clinic's own, and those that hold for every clinic."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from datetime import date, datetime
from functools import partial
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from dripdesk.fact_types import TYPES, parse_date, parse_text
from dripdesk.facts import GROUPS, Fact, FactBook, Field, Source
from dripdesk.lined_yaml import FileError, LinedDict, load
from dripdesk.settings import Settings
from dripdesk.vocabulary import load_vocabulary

logger = logging.getLogger(__name__)

RECORD_KEYS = {
    "value", "source", "as_of", "reviewed_on", "reviewed_by", "expires", "confidence",
}  # fmt: skip
FIELD_KEYS = {"type", "group", "unit", "meaning", "when_unknown", "of", "label"}
CONFIDENCES = ("high", "medium", "low", "unverified")
DRUGS_GIVEN = "drugs_given"
GENERAL_FILES = ("education.yml", "drugs.yml", "costs.yml")


def load_facts(settings: Settings, today: Callable[[], date] | None = None) -> FactBook:
    """Read the clinic's facts and the general ones. Raises FileError with file, line and mend.

    They are told as of the day that `today` returns; without it, of the clinic's own time zone.
    """
    general, read_on = settings.data / "general", (today or date.today)()
    sources = load_sources(general / "sources.yml")
    facts: dict[str, Fact] = {}
    for name in GENERAL_FILES:
        content = load(general / name)
        for key, record, line in _records(content):
            field_part = {k: v for k, v in record.items() if k in FIELD_KEYS}
            field = _field(general / name, line, key, field_part)
            value_part = {k: v for k, v in record.items() if k not in FIELD_KEYS}
            _add(facts, _fact(general / name, line, key, field, value_part, sources, read_on))
    clinic_fields = load_catalogue(settings.data / "catalogue.yml")
    clinic: dict[str, Fact] = {}
    for path in clinic_paths(settings.clinic_facts):
        content = load(path)
        for key, record, line in _records(content):
            if key not in clinic_fields:
                raise FileError(path, line, f"{key!r} is not a fact we know; see catalogue.yml.")
            if clinic_fields[key].of:
                raise FileError(path, line, f"{key!r} is made from others: take this line out.")
            fact = _fact(path, line, key, clinic_fields[key], record, sources, read_on)
            if key == DRUGS_GIVEN and fact.value is not None:
                fact = replace(fact, value=_generic(fact, settings.data / "vocabulary.yml"))
            _add(clinic, fact)
    for key, field in clinic_fields.items():
        facts[key] = clinic.get(key, Fact(key, field))
    zone = facts["timezone"].value
    return FactBook(facts, sources, settings.require_review, today or partial(_today, zone))


def _today(zone: str | None) -> date:
    """Return the day it is in a time zone, or where this runs: a server's clock may show UTC."""
    return datetime.now(ZoneInfo(zone) if zone else None).date()


def _generic(fact: Fact, vocabulary: Path) -> list[str]:
    """Return the names by which we know the medicines of a list. Raises FileError."""
    drugs = load_vocabulary(vocabulary)["drug"]
    main = {str(name).lower(): word for word, others in drugs.items() for name in (word, *others)}
    names = [str(name).strip().lower() for name in fact.value or ()]
    if unknown := [name for name in names if name not in main]:
        problem = f"{fact.name}: {', '.join(unknown)} is no medicine of data/vocabulary.yml."
        raise FileError(fact.file, fact.line, f"{problem} Write it as there, or add it there.")
    return [main[name] for name in names]


def load_catalogue(path: Path) -> dict[str, Field]:
    """Return what a clinic may fill in, by name, in the order of the file."""
    records = _records(load(path))
    return {
        key: replace(_field(path, line, key, record), of_clinic=True)
        for key, record, line in records
    }


def load_sources(path: Path) -> dict[str, Source]:
    """Return the sources by id."""
    sources = {}
    for key, record, line in _records(load(path)):
        if not {"title", "publisher", "published", "tier"} <= set(record):
            raise FileError(path, line, f"source {key} needs title, publisher, published and tier.")
        sources[key] = Source(key, record["title"], record["publisher"])
    return sources


def clinic_paths(place: Path) -> list[Path]:
    """Return the YAML files of a clinic: the file itself, or all files in the folder."""
    if place.is_dir():
        return sorted(place.glob("*.yml"))
    if place.is_file():
        return [place]
    raise FileError(place, 0, "there are no clinic facts here. Check CLINIC_FACTS.")


def _records(content: LinedDict) -> Iterator[tuple[str, LinedDict, int]]:
    for key, record in [*content.items(), *content.repeated]:
        yield key, LinedDict() if record is None else record, content.lines[key]


def _field(path: Path, line: int, name: str, record: Mapping[str, Any]) -> Field:
    unknown = set(record) - FIELD_KEYS
    if unknown:
        raise FileError(path, line, f"{name}: {', '.join(sorted(unknown))} is not a setting.")
    kind, group = record.get("type"), record.get("group")
    if kind not in TYPES:
        raise FileError(path, line, f"{name}: type must be one of {', '.join(TYPES)}.")
    if group not in GROUPS:
        raise FileError(path, line, f"{name}: group must be one of {', '.join(GROUPS)}.")
    return Field(**{**record, "of": tuple(record.get("of", ())), "file": path, "line": line})


def _fact(
    path: Path,
    line: int,
    name: str,
    field: Field,
    record: Mapping[str, Any],
    sources: Mapping[str, Source],
    today: date,
) -> Fact:
    def wrong(problem: object) -> FileError:
        return FileError(path, line, f"{name}: {problem}")

    if not isinstance(record, Mapping):
        raise wrong("write {value: ..., source: ..., as_of: ...}, or null for not known.")
    unknown = set(record) - RECORD_KEYS
    if unknown:
        raise wrong(f"{', '.join(sorted(unknown))} is not a setting of a fact.")
    fact = Fact(name, field, file=path, line=line)
    if field.of or record.get("value") is None:
        return fact
    try:
        value = TYPES[field.type].parse(record["value"])
        days = {key: _date(record.get(key)) for key in ("as_of", "reviewed_on", "expires")}
        reviewed_by = parse_text(record["reviewed_by"]) if record.get("reviewed_by") else None
    except ValueError as error:
        raise wrong(error) from error
    source = record.get("source")
    if not source:
        raise wrong("a value needs a source: an id from sources.yml, or clinic:<role>.")
    if source not in sources and not str(source).startswith("clinic:"):
        raise wrong(f"source {source} is not in sources.yml. Add it there, or write clinic:<role>.")
    if not days["as_of"]:
        raise wrong("a value needs as_of, the day its source was read.")
    for key in ("as_of", "reviewed_on"):
        if (day := days[key]) and day > today:
            raise wrong(f"{key} {day} is in the future. Check the year.")
    if bool(days["reviewed_on"]) != bool(reviewed_by):
        raise wrong("reviewed_on and reviewed_by go together: fill in both, or neither.")
    if (day := days["reviewed_on"]) and day < days["as_of"]:
        days["reviewed_on"] = reviewed_by = None  # what was signed is what was read before
    reviewers = GROUPS[field.group].reviewers
    if reviewed_by and reviewers and not any(role in reviewed_by.lower() for role in reviewers):
        raise wrong(f"reviewed_by must name the role of the signer: {', '.join(reviewers)}.")
    if (reviewed := days["reviewed_on"]) and (end := days["expires"]) and end <= reviewed:
        raise wrong("expires must be after reviewed_on.")
    confidence = record.get("confidence", "high")
    if confidence not in CONFIDENCES:
        raise wrong(f"confidence must be one of {', '.join(CONFIDENCES)}.")
    return replace(
        fact,
        value=value,
        source=source,
        reviewed_by=reviewed_by,
        confidence=confidence,
        **days,  # type: ignore[arg-type]
    )


def _date(value: Any) -> date | None:
    return None if value is None else parse_date(value)


def _add(facts: dict[str, Fact], fact: Fact) -> None:
    """Add a fact; a second one with another value makes it a conflict, which is never spoken."""
    first = facts.setdefault(fact.name, fact)
    if first.value is None:
        facts[fact.name] = fact
    elif fact.value is not None and first.value != fact.value:
        logger.warning(
            "%s is given two values, at %s:%s and %s:%s; it counts as unknown until one is removed",
            fact.name, first.file, first.line, fact.file, fact.line,
        )  # fmt: skip
        facts[fact.name] = replace(first, conflict=True, value=fact.value)


class LiveFacts:
    """The facts on disk, read again when a file changes; a broken change is not taken up."""

    def __init__(self, settings: Settings, today: Callable[[], date] | None = None) -> None:
        self._settings = settings
        self._today = today
        self._seen = self._stamp()
        self._book = load_facts(settings, today)

    def book(self) -> FactBook:
        """Return the newest good facts."""
        stamp = self._stamp()
        if stamp != self._seen:
            self._seen = stamp
            try:
                self._book = load_facts(self._settings, self._today)
                logger.info("The facts were read again after a change.")
            except FileError as error:
                logger.error("The last good facts stay in use: %s", error)
        return self._book

    def _stamp(self) -> tuple[tuple[str, int, int], ...]:
        place = self._settings.clinic_facts
        files = [
            *(sorted(place.glob("*.yml")) if place.is_dir() else [place]),
            *sorted((self._settings.data / "general").glob("*.yml")),
            self._settings.data / "catalogue.yml",
            self._settings.data / "vocabulary.yml",
        ]
        stamp = []
        for path in files:
            try:
                status = path.stat()
            except OSError:
                continue
            stamp.append((str(path), status.st_mtime_ns, status.st_size))
        return tuple(stamp)
