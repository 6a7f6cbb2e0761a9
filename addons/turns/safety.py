"""What a message with danger signs gets, and the one after it; how such a turn is stored."""

from __future__ import annotations

import asyncio
import re
import time
from functools import partial
from typing import Any

import structlog
from rasa.core.tracker_store import TrackerStore
from rasa.shared.core.events import (
    ActionExecuted,
    BotUttered,
    Event,
    SessionStarted,
    SlotSet,
    UserUttered,
)
from rasa.shared.core.trackers import DialogueStateTracker

from addons import metrics
from addons.logs import place
from addons.stores.database import Database
from addons.stores.locks import QueueLocks
from addons.stores.messages import Answer, Claim, claim, this_turn
from addons.turns.references import REQUEST, open_field, reference
from dripdesk import live, safety_texts
from dripdesk.danger import LEVELS, Danger
from dripdesk.intents import AFTER_DANGER, DECLINED, FALLBACK
from dripdesk.language import is_question, is_spanish
from dripdesk.privacy import redact
from dripdesk.render import NO_OFFER

log = structlog.get_logger(__name__)

ACTION = "action_safety"
IN_A_ROW = 3
"""So many safety texts in a row, and no more, are said to one who tells of danger once."""
SURELY_ELSE, PERHAPS_ELSE = 0.9, 0.6
"""After a safety text, what is less surely understood is about the danger: where that goes on, and
where it is over."""
MEANT_OF_DANGER = frozenset(
    [
        *DECLINED,
        *(FALLBACK, "affirm", "deny", "more", "never_mind", "goodbye"),
        *("faq_bot_help", "faq_drive_home", "faq_missed_dose", "faq_phone", "faq_side_effects"),
        "faq_sick_day",
    ]
)
"""What a message after a safety text looks like that is about the danger. The answers of these
topics would speak of other days, or name another number first."""

OF_CLINIC = re.compile(r"\b(?:about|bill(?:ing|s)?|appointment|visit|insurance)\b", re.IGNORECASE)
"""What tells that a call is wished for about another matter."""
GOES_ON = re.compile(
    r"\W*(?:(?:and|but|also|yes|yeah|ok|now)\W+)*(?:it|it'?s|there'?s|there is|no|not)\b",
    re.IGNORECASE,
)
MOST_WORDS = 6
"""What goes on telling of what was told of begins so, and is short: "its a little warm too"."""


def warning(channel: str, text: str, danger: Danger) -> Answer:
    """Return what a patient reads whose text tells of danger. Needs no model and no database."""
    metrics.danger(channel, danger.level)
    try:
        book = live.facts()
    except Exception as error:  # a broken facts file must not keep 911 from anyone
        log.error("The safety text goes without the clinic's phone.", error=place(error))
        book = None
    parts = safety_texts.danger(danger.level, danger.group, channel, book, is_spanish(text))
    return [{"text": part} for part in parts]


def second_thoughts(parsed: dict[str, Any], is_harmless: bool) -> dict[str, Any]:
    """Return what Rasa understood, unsure where it alone sees danger in what is harmless.

    Then neither the screen nor the reader did, and Rasa's classifier raises more false alarms than
    it finds what both of them miss. Where the reader could not look, its word counts.
    """
    if parsed["intent"]["name"] not in LEVELS or not is_harmless:
        return parsed
    unsure = {"name": FALLBACK, "confidence": 1.0}
    others = [one for one in parsed["intent_ranking"] if one["name"] not in LEVELS]
    return {**parsed, "intent": unsure, "intent_ranking": [unsure, *others]}


def told_of(tracker: DialogueStateTracker) -> str | None:
    """Return the level of danger for which a safety text was all that the message before got.

    None if that text was said IN_A_ROW times already: it shall not be said for ever.
    """
    levels: list[str] = []
    for event in reversed(tracker.events):
        if isinstance(event, UserUttered):
            if event.intent_name not in LEVELS:
                break
            levels.append(event.intent_name)
        elif isinstance(event, SessionStarted):
            break
    return levels[0] if 0 < len(levels) < IN_A_ROW else None


def stood_down(tracker: DialogueStateTracker) -> str | None:
    """Return the level of danger of which the message before said that it is seen to, or None."""
    names: list[str | None] = []
    for event in reversed(tracker.events):
        if isinstance(event, UserUttered):
            names.append(event.intent_name)
        elif isinstance(event, SessionStarted):
            break
    if names[:1] != [AFTER_DANGER]:
        return None
    return next((name for name in names if name in LEVELS), None)


def still_in_danger(
    questions: list[dict[str, Any]], level: str, is_over: bool
) -> list[dict[str, Any]]:
    """Return what was understood after a safety text: the same danger first, if anything is vague.

    "What should I do?" and "I just got home" mean what was just said: its text is said again. "The
    nurse is here, can she eat?" is over, and asks something.
    """
    least = PERHAPS_ELSE if is_over else SURELY_ELSE
    vague = [one for one in questions if not _is_else(one, least)]
    if not vague and not is_over:
        return questions
    first = vague[0] if vague else questions[0]
    meant = {"name": AFTER_DANGER if is_over else level, "confidence": 1.0}
    first = first | {"intent": meant, "intent_ranking": [meant, *first["intent_ranking"]]}
    others = [one for one in questions if one not in vague]
    return [one | {"is_part": True} for one in (first, *others)] if others else [first]


def _is_else(question: dict[str, Any], least: float) -> bool:
    intent = question["intent"]
    is_of_danger = intent["name"] in MEANT_OF_DANGER or intent["name"] in LEVELS
    if intent["name"] == REQUEST:  # "ok my son call"; but "can someone call me about the bill"
        is_of_danger = least > PERHAPS_ELSE and not OF_CLINIC.search(question["text"])
    is_of_danger = is_of_danger or (least > PERHAPS_ELSE and _goes_on(question["text"]))
    return not is_of_danger and intent["confidence"] >= least


def _goes_on(text: str) -> bool:
    is_short = len(text.split()) <= MOST_WORDS
    is_other = is_question(text) or OF_CLINIC.search(text)
    return is_short and not is_other and bool(GOES_ON.match(text.replace("\u2019", "'")))


class Recorder:
    """Stores turns that were answered with a safety text and nothing else."""

    def __init__(self, trackers: TrackerStore, database: Database, locks: QueueLocks) -> None:
        self._trackers = trackers
        self._database = database
        self._locks = locks
        self._tasks: set[asyncio.Task[None]] = set()

    def record(self, turn: Claim, text: str, danger: Danger) -> None:
        """Begin to store a turn; its answer is its warning."""
        # Copied now: Rasa's channels take the text out of a message that they send.
        turn.output.messages[:] = [dict(part) for part in turn.warning]
        task = asyncio.create_task(self._record(turn, text, danger))
        self._tasks.add(task)  # a task that nobody holds may be collected before its end
        task.add_done_callback(self._tasks.discard)

    async def done(self) -> None:
        """Wait until all is stored, or could not be."""
        await asyncio.gather(*self._tasks)

    async def _record(self, turn: Claim, text: str, danger: Danger) -> None:
        try:
            async with self._locks.lock(turn.key.conversation):
                if await self._database.write(partial(claim, turn=turn)) is not None:
                    return  # the same message again
                this_turn.set(turn)
                tracker = await self._trackers.get_or_create_tracker(turn.key.conversation)
                if self._is_over(tracker):
                    _begin_session(tracker)
                note(tracker, turn, text, danger)
                await self._trackers.save(tracker)
        except Exception as error:
            log.error("A turn with danger signs was not stored.", error=place(error))

    def _is_over(self, tracker: DialogueStateTracker) -> bool:
        """Return whether the conversation has ended, as Rasa tells for other messages."""
        before = tracker.get_last_event_for(UserUttered)
        minutes = self._trackers.domain.session_config.session_expiration_time
        return before is not None and time.time() - before.timestamp > minutes * 60


def _begin_session(tracker: DialogueStateTracker) -> None:
    """Close whatever form or offer is still open from another day."""
    for event in (ActionExecuted("action_session_start"), SessionStarted()):
        tracker.update(event)
    tracker.update(ActionExecuted("action_listen"))


def note(tracker: DialogueStateTracker, turn: Claim, text: str, danger: Danger) -> None:
    """Add to a tracker that a message got its safety text and nothing else."""
    field = open_field(tracker)
    stored = reference(field) if field else redact(text)
    for event in _events(turn, stored, danger):
        tracker.update(event)


def _events(turn: Claim, stored: str, danger: Danger) -> list[Event]:
    """Return what Rasa would store of such a turn. An open form stays open, an offer does not."""
    found = {"danger": danger.level, "group": danger.group, "sign": danger.sign}
    return [
        UserUttered(
            stored,
            intent={"name": danger.level, "confidence": 1.0},
            entities=[],
            input_channel=turn.key.channel,
            message_id=turn.key.message_id,
        ),
        ActionExecuted(ACTION),
        *(BotUttered(part["text"], metadata=found) for part in turn.output.messages),
        SlotSet("offer", NO_OFFER),
        ActionExecuted("action_listen"),
    ]
