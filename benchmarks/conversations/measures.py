"""Sends the measured messages through the turn, and tells which of them were understood."""

from __future__ import annotations

import csv
import itertools
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from rasa.core.agent import Agent
from rasa.shared.core.events import UserUttered

from addons.turns.turn import Incoming, Turns
from benchmarks.answers import checked
from dripdesk.settings import PROJECT

Row = dict[str, str]
MEASURED = PROJECT / "tests" / "conversations" / "measured"
NO_DRUG = ("infusion", "injection")


@dataclass(frozen=True)
class Outcome:
    """What became of a message of a set."""

    row: Row
    understood: tuple[str, ...]
    """The intents of the questions that were answered, in order."""
    is_right: bool


class Patients:
    """Patients who each write to an agent in a conversation of their own."""

    def __init__(self, agent: Agent, turns: Turns) -> None:
        self._agent = agent
        self._turns = turns
        self._numbers: Iterator[int] = itertools.count()

    async def say(self, *texts: str) -> tuple[tuple[str, ...], dict[str, str | None]]:
        """Say texts one after the other; return the intents of the last, and what it was about.

        Where the answer was that to a danger, the intents are none.
        """
        who = f"patient {next(self._numbers)}"
        for text in texts:
            message_id = str(next(self._numbers))
            answer = await self._turns.answer(Incoming("web", who, message_id, text))
            checked(answer)
        tracker = await self._agent.tracker_store.retrieve(who)
        if tracker is None:
            return (), {}
        said = [event for event in tracker.events if isinstance(event, UserUttered)]
        last = [event for event in said if event.message_id == message_id]
        about = {name: tracker.get_slot(name) for name in ("drug", "treatment")}
        return tuple(str(event.intent_name) for event in last), about


def rows(folder: Path, name: str) -> list[Row]:
    """Return the rows of a table. Raises OSError if it cannot be read."""
    with (folder / f"{name}.tsv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))


async def two_questions(patients: Patients, folder: Path) -> list[Outcome]:
    """Return for each message whether all its questions were answered, and in order."""
    found = []
    for row in rows(folder, "two_questions"):
        understood, _ = await patients.say(row["text"])
        wanted = [part for name in ("first", "second") for part in row[name].split(",")]
        is_right = len(understood) == len(wanted) and all(map(_is_one_of, understood, wanted))
        found.append(Outcome(row, understood, is_right))
    return found


async def single(patients: Patients, folder: Path) -> list[Outcome]:
    """Return for each message that holds one question whether it was left whole."""
    found = []
    for row in rows(folder, "single"):
        understood, _ = await patients.say(row["text"])
        found.append(Outcome(row, understood, len(understood) < 2))
    return found


async def follow_ups(patients: Patients, folder: Path) -> list[Outcome]:
    """Return for each follow-up whether it was answered, and about the right thing."""
    found = []
    for row in rows(folder, "follow_ups"):
        understood, about = await patients.say(row["before"], row["follow_up"])
        wanted = row["about"]
        is_about = not wanted or about.get("treatment" if wanted in NO_DRUG else "drug") == wanted
        is_right = len(understood) == 1 and _is_one_of(understood[0], row["expected"]) and is_about
        found.append(Outcome(row, understood, is_right))
    return found


def _is_one_of(intent: str, wanted: str) -> bool:
    return intent in [part.strip() for part in wanted.split("|")]
