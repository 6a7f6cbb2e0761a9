"""`make unanswered`: what patients asked in vain, and which topic file to extend."""

from __future__ import annotations

import argparse
import json
import re
import sys
import time
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import partial
from typing import Any

from sqlalchemy import and_, func, or_, select
from sqlalchemy.engine import Connection
from sqlalchemy.exc import SQLAlchemyError

from addons.stores.database import Database
from addons.stores.people import DAY
from addons.stores.tables import events, feedback
from dripdesk import access
from dripdesk.database import reason, shown
from dripdesk.intents import ADVICE, FALLBACK, OUT_OF_SCOPE
from dripdesk.language import is_spanish
from dripdesk.settings import PROJECT, SettingError, Settings
from dripdesk.spelling import tokens

NEAR = 0.2
"""From this chance on the likeliest topic is worth a look."""
SAMPLES, LONGEST = 3, 100  # how many wordings of a line are shown, and how many characters of each

UNSURE = "Not understood"
SPANISH = "Not understood, in Spanish"
NOT_HELPFUL = "Answers that did not help"
OFF_TOPIC = "Declined as none of our subjects"
MEDICAL = "Declined as medical advice"
KIND_OF = {OUT_OF_SCOPE: OFF_TOPIC, ADVICE: MEDICAL}
KINDS = (UNSURE, NOT_HELPFUL, SPANISH, OFF_TOPIC, MEDICAL)
NO_TOPIC = "no topic: consider a new one"
NOTHING_OFFERED = "data/stories/ (an answer to something that was not offered)"
ONLY_ENGLISH = "only English is understood"
FOLDERS = ("topics", "habits", "forms")

TYPED = re.compile(r"\[your \w+\]")
"""What stands for a message that was typed into a form: an answer, not a question."""


@dataclass(frozen=True)
class Miss:
    """One message whose answer was none, or was none that helped."""

    kind: str
    words: str
    """As it is kept: without what is personal."""
    place: str
    """The file to extend, or what else is to be thought of."""


@dataclass(frozen=True)
class Line:
    """Misses that are about the same thing."""

    kind: str
    place: str
    count: int
    wordings: tuple[tuple[str, int], ...]
    """Each wording as it was first written, with its count; the most frequent first."""


def misses(connection: Connection, since: float) -> Iterator[Miss]:
    """Yield the misses since a time, in seconds since 1970. What forms ask for is none."""
    asked = select(events.c.intent_name, events.c.data).where(events.c.type_name == "user")
    declined = events.c.intent_name.in_(KIND_OF)
    wanted = asked.where(
        events.c.timestamp >= since, or_(declined, events.c.id.in_(_before_unsure(since)))
    )
    for row in connection.execute(wanted.order_by(events.c.id)):
        event = json.loads(row.data)
        if not TYPED.fullmatch(event["text"]):
            yield _miss(event, row.intent_name)
    yield from _not_helpful(connection, since)


def group(found: Iterable[Miss]) -> list[Line]:
    """Return the misses of the same kind and topic as one line, those of none by their words.

    Lines are in the order of KINDS, then the most frequent first.
    """
    groups: dict[tuple[str, str, tuple[str, ...]], list[str]] = {}
    for miss in found:
        by_words = _same(miss.words) if miss.place == NO_TOPIC else ()
        groups.setdefault((miss.kind, miss.place, by_words), []).append(miss.words)
    lines = [
        Line(kind, place, len(words), _wordings(words))
        for (kind, place, _), words in groups.items()
    ]
    return sorted(lines, key=lambda line: (KINDS.index(line.kind), -line.count))


def report(lines: list[Line], days: int) -> str:
    """Return what staff read."""
    if not lines:
        return f"Nothing was left unanswered in the last {days} days."
    parts = []
    for kind in KINDS:
        ours = [line for line in lines if line.kind == kind]
        if ours:
            total = sum(line.count for line in ours)
            parts.append("\n".join([f"{kind}, last {days} days: {total}", *map(_show, ours)]))
    return "\n\n".join(parts)


def _before_unsure(since: float) -> Any:
    """Return a query of the numbers of the messages that ended in action_unsure."""
    said, unsure = events.alias("said"), events.alias("unsure")
    before = (
        select(func.max(said.c.id))
        .where(
            said.c.sender_id == unsure.c.sender_id,
            said.c.type_name == "user",
            said.c.id < unsure.c.id,
        )
        .scalar_subquery()
    )
    return select(before).where(
        unsure.c.action_name == "action_unsure", unsure.c.timestamp >= since
    )


def _not_helpful(connection: Connection, since: float) -> Iterator[Miss]:
    """Yield what patients say did not help."""
    of_same = and_(
        events.c.sender_id == feedback.c.conversation,
        events.c.type_name == "user",
        events.c.intent_name == feedback.c.topic,
    )
    query = (
        select(feedback.c.conversation, feedback.c.message_id, feedback.c.topic, events.c.data)
        .join(events, of_same)
        .where(feedback.c.helpful.is_(False), feedback.c.given_at >= since)
        .where(feedback.c.topic != FALLBACK)  # it is listed as not understood
        .order_by(feedback.c.given_at, events.c.id)
    )
    for row in connection.execute(query):
        event = json.loads(row.data)
        if event["message_id"] == row.message_id and not TYPED.fullmatch(event["text"]):
            place = NO_TOPIC if row.topic in KIND_OF else _file(row.topic)
            yield Miss(NOT_HELPFUL, event["text"], place)


def _miss(event: dict[str, Any], intent: str) -> Miss:
    text = event["text"]
    if is_spanish(text):
        return Miss(SPANISH, text, ONLY_ENGLISH)
    if intent not in (*KIND_OF, FALLBACK):
        return Miss(UNSURE, text, NOTHING_OFFERED)
    if intent in KIND_OF:
        # The topic nearest to what is declined is hardly ever the one that was meant.
        return Miss(KIND_OF[intent], text, NO_TOPIC)
    return Miss(UNSURE, text, _nearest(event))


def _nearest(event: dict[str, Any]) -> str:
    """Return the file of the likeliest topic, if there is one near."""
    ranking = event["parse_data"].get("intent_ranking") or ()
    near = (one["name"] for one in ranking if one["confidence"] >= NEAR)
    return next((_file(name) for name in near if name.startswith("faq_")), NO_TOPIC)


def _file(intent: str) -> str:
    """Return the file in which an intent has its sentences."""
    paths = (f"data/{folder}/{intent.removeprefix('faq_')}.yml" for folder in FOLDERS)
    return next((path for path in paths if (PROJECT / path).exists()), NO_TOPIC)


def _same(words: str) -> tuple[str, ...]:
    """Return what is equal for messages of the same words, however they are written."""
    return tuple(word for word in tokens(words) if word[0].isalnum()) or (words,)


def _wordings(texts: list[str]) -> tuple[tuple[str, int], ...]:
    first: dict[tuple[str, ...], str] = {}
    counts = Counter(_same(text) for text in texts)
    for text in texts:
        first.setdefault(_same(text), text)
    return tuple((first[same], count) for same, count in counts.most_common())


def _show(line: Line) -> str:
    shown = [f"{_short(text)} ({count})" for text, count in line.wordings[:SAMPLES]]
    more = len(line.wordings) - len(shown)
    rest = f" and {more} more" if more else ""
    return f"{line.count:5}  {line.place}: {' / '.join(shown)}{rest}"


def _short(text: str) -> str:
    words = " ".join(text.split())
    return words if len(words) <= LONGEST else f"{words[:LONGEST]}..."


def _days(text: str) -> int:
    if not text.isdecimal() or not int(text):
        raise argparse.ArgumentTypeError(f"{text!r} must be a number of days, such as 30")
    return int(text)


def _read(connection: Connection, days: int) -> list[Miss]:
    found = list(misses(connection, time.time() - days * DAY))
    access.note(connection, access.staff(), f"read {len(found)} messages without a good answer")
    return found


def main() -> int:
    """List. Returns 1 with the reason if it could not be done."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--days", type=_days, default=30, help="how far to look back")
    days = parser.parse_args().days
    try:
        url = Settings.from_environment().prepared().database_url
        database = Database(url)
        found = database.transact(partial(_read, days=days))
    except (SettingError, SQLAlchemyError, OSError) as error:
        print(f"The conversations could not be read: {reason(error)}", file=sys.stderr)
        return 1
    print(report(group(found), days))
    print(f"\nLooked into {shown(url)}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
