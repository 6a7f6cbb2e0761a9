"""The types a fact's value can have: how each is checked, and how a patient reads it."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, time
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo, available_timezones

import phonenumbers

DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
NOT_A_VALUE = {"", "n/a", "na", "tbd", "todo", "?", "-", "unknown", "none"}
US_ZONES = {
    "America/New_York": "Eastern time",
    "America/Chicago": "Central time",
    "America/Denver": "Mountain time",
    "America/Phoenix": "Arizona time",
    "America/Los_Angeles": "Pacific time",
    "America/Anchorage": "Alaska time",
    "Pacific/Honolulu": "Hawaii time",
}


@dataclass(frozen=True)
class Notice:
    """A passing message of the clinic, told from its first to its last day."""

    text: str
    start: date
    end: date


OpeningHours = Mapping[str, tuple[tuple[time, time], ...]]


def parse_text(value: Any) -> str:
    """Return a text without outer blanks; a filler such as "TBD" is refused."""
    if not isinstance(value, str) or value.strip().lower() in NOT_A_VALUE:
        raise ValueError(f"{value!r} is not a text. If it is not known, write null.")
    return value.strip()


def parse_yes_no(value: Any) -> bool:
    """Return True for yes, False for no."""
    if isinstance(value, bool):
        return value
    if isinstance(value, str) and value.strip().lower() in {"yes", "no"}:
        return value.strip().lower() == "yes"
    raise ValueError(f"{value!r} must be yes, no, or null for not known.")


def parse_phone(value: Any) -> str:
    """Return a North American number in E.164 form, such as +19144604891."""
    if not isinstance(value, str) or not re.fullmatch(r"\+1[2-9]\d{2}[2-9]\d{6}", value):
        raise ValueError(
            f'{value!r} is not a phone number. Write it in quotes as "+1" and ten digits, '
            'such as "+19145550123".'
        )
    return value


def parse_email(value: Any) -> str:
    """Return an e-mail address."""
    if not isinstance(value, str) or not re.fullmatch(r"[^@\s]+@[^@\s]+\.[^@\s]+", value):
        raise ValueError(f"{value!r} is not an e-mail address such as desk@clinic.example.")
    return value


def parse_url(value: Any) -> str:
    """Return a web address; only https is accepted."""
    if not isinstance(value, str) or not re.fullmatch(r"https://[^\s/]+\.[^\s]+", value):
        raise ValueError(f"{value!r} is not a web address that starts with https://.")
    return value


def parse_timezone(value: Any) -> str:
    """Return the IANA name of a time zone."""
    if not isinstance(value, str) or value not in available_timezones():
        raise ValueError(f'{value!r} is not a time zone. Write for example "America/New_York".')
    return ZoneInfo(value).key


def parse_list(value: Any) -> tuple[str, ...]:
    """Return a list of one or more texts."""
    if not isinstance(value, list) or not value:
        raise ValueError("must be a list with at least one line. If it is not known, write null.")
    return tuple(parse_text(item) for item in value)


def parse_number(value: Any) -> tuple[Decimal, ...]:
    """Return (number,) or (lowest, highest); write a range as [2, 4]. Nothing below zero."""
    numbers = value if isinstance(value, list) else [value]
    if len(numbers) not in (1, 2) or not all(
        isinstance(number, (int, float)) and not isinstance(number, bool) for number in numbers
    ):
        raise ValueError(f"{value!r} must be a number, or a range such as [2, 4].")
    parsed = tuple(Decimal(str(number)) for number in numbers)
    if any(number < 0 for number in parsed) or list(parsed) != sorted(parsed):
        raise ValueError(f"{value!r} must not be negative, and the lower number comes first.")
    return parsed


def parse_opening_hours(value: Any) -> OpeningHours:
    """Return the spans in which the clinic is open, by day; all seven days must be named."""
    if not isinstance(value, Mapping) or set(value) != set(DAYS):
        raise ValueError('must name all seven days, each as "08:00-17:00" or closed.')
    hours = {day: _parse_spans(day, value[day]) for day in DAYS}
    return hours


def _parse_spans(day: str, value: Any) -> tuple[tuple[time, time], ...]:
    if value == "closed":
        return ()
    spans: list[tuple[time, time]] = []
    for part in str(value).split(","):
        match = re.fullmatch(r"\s*(\d\d:\d\d)-(\d\d:\d\d)\s*", part)
        try:
            start, end = (time.fromisoformat(text) for text in match.groups()) if match else (0, 0)
        except ValueError:
            start, end = 0, 0
        if not isinstance(start, time) or not isinstance(end, time) or start >= end:
            raise ValueError(
                f"{day}: {value!r} is not a time. Write it in quotes on the 24-hour clock, "
                'such as "08:00-17:00", or write closed.'
            )
        if spans and start < spans[-1][1]:
            raise ValueError(f"{day}: {value!r} overlaps itself.")
        spans.append((start, end))
    return tuple(spans)


def parse_notices(value: Any) -> tuple[Notice, ...]:
    """Return notices, each {text, from, until} with ISO dates."""
    if not isinstance(value, list):
        raise ValueError("must be a list of notices with text, from and until.")
    notices = []
    for item in value:
        if not isinstance(item, Mapping) or set(item) != {"text", "from", "until"}:
            raise ValueError("each notice needs exactly text, from and until.")
        start, end = parse_date(item["from"]), parse_date(item["until"])
        if end < start:
            raise ValueError(f"the notice from {start} ends before it starts.")
        notices.append(Notice(parse_text(item["text"]), start, end))
    return tuple(notices)


def parse_date(value: Any) -> date:
    """Return an ISO date, given quoted or not."""
    if type(value) is date:
        return value
    try:
        return date.fromisoformat(str(value))
    except ValueError:
        raise ValueError(f'{value!r} is not a date such as "2026-11-22".') from None


def show_phone(value: str) -> str:
    """+19144604891 as 914-460-4891. A patient's number of another country comes with its code."""
    if value.startswith("+1"):
        return f"{value[2:5]}-{value[5:8]}-{value[8:]}"
    parsed = phonenumbers.parse(value)
    return phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.INTERNATIONAL)


def show_list(items: tuple[str, ...]) -> str:
    """Join as "a, b and c"; items that have a comma of their own are joined by semicolons."""
    if len(items) < 2:
        return "".join(items)
    comma = "; " if any("," in item for item in items) else ", "
    return f"{comma.join(items[:-1])}{';' if comma == '; ' else ''} and {items[-1]}"


def show_number(value: tuple[Decimal, ...], unit: str = "") -> str:
    """(30,) minutes as "30 minutes", (664,) USD as "$664", (2, 4) hours as "2 to 4 hours"."""
    if unit == "USD":
        return " to ".join(f"${n:,.2f}" if n % 1 else f"${n:,.0f}" for n in value)
    figures = " to ".join(f"{n.normalize():f}" for n in value)
    if unit == "year" or not unit:
        return figures
    if unit == "percent":
        return f"{figures}%"
    return f"{figures} {unit[:-1]}" if figures == "1" else f"{figures} {unit}"


def show_time(value: time) -> str:
    """17:00 as "5 pm", 12:00 as "noon"."""
    if value == time(12):
        return "noon"
    minutes = f":{value.minute:02}" if value.minute else ""
    return f"{value.hour % 12 or 12}{minutes} {'am' if value.hour < 12 else 'pm'}"


def show_opening_hours(hours: OpeningHours) -> str:
    """Group neighbouring days with the same hours: "Monday to Friday 8 am to 5 pm"."""
    runs: list[list[str]] = []
    for day in DAYS:
        if runs and hours[runs[-1][0]] == hours[day]:
            runs[-1].append(day)
        else:
            runs.append([day])
    parts = []
    for run in runs:
        name = " to ".join(dict.fromkeys((run[0].title(), run[-1].title())))
        spans = " and ".join(f"{show_time(a)} to {show_time(b)}" for a, b in hours[run[0]])
        parts.append(f"{name} {spans or 'closed'}")
    return ", ".join(parts)


@dataclass(frozen=True)
class FactType:
    """How a value of this type is read from YAML and shown to a patient."""

    parse: Callable[[Any], Any]
    show: Callable[[Any], str] = str


TYPES: Mapping[str, FactType] = {
    "text": FactType(parse_text),
    "yes_no": FactType(parse_yes_no, lambda value: "yes" if value else "no"),
    "phone": FactType(parse_phone, show_phone),
    "email": FactType(parse_email),
    "url": FactType(parse_url),
    "timezone": FactType(parse_timezone, lambda zone: US_ZONES.get(zone, zone)),
    "list": FactType(parse_list, show_list),
    "number": FactType(parse_number, show_number),
    "opening_hours": FactType(parse_opening_hours, show_opening_hours),
    "notices": FactType(parse_notices, lambda notices: " ".join(n.text for n in notices)),
}
