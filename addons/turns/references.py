"""Keeps what is typed for a call back out of trackers: Rasa gets a reference in its place."""

from __future__ import annotations

from functools import partial

from rasa.shared.core.events import BotUttered, SessionStarted, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker

from addons.stores.messages import Answer, MessageKey
from addons.threads import Threads
from dripdesk import live
from dripdesk.vault import REFERENCE, REFERENCES, SENDER, TYPED

REQUEST, FORM = "request_callback", "request_callback_form"
LIMIT = 4.0  # seconds for one use of the vault
SENT = ("utter_callback_made", "utter_callback_sent")
ANY_WORDS = "[your words]"


class AsyncVault:
    """The vault, used off the event loop. Raises SQLAlchemyError, or TimeoutError after 4 s."""

    def __init__(self, threads: Threads) -> None:
        self._threads = threads

    async def keep(self, conversation: str, text: str, number: str) -> None:
        """Keep a message, and the number that it came from if there is one."""
        for field, value in ((TYPED, text), (SENDER, number)):
            if value:
                call = partial(live.vault().keep, conversation, field, value)
                await self._threads.run(call, limit=LIMIT)

    async def reveal(self, key: MessageKey, answer: Answer) -> Answer:
        """Return an answer as its patient reads it: with what was typed, as long as it is kept."""
        if not any(REFERENCE.search(part["text"]) for part in answer):
            return answer
        tell = partial(live.vault().reveal, key.conversation)
        texts = [await self._threads.run(tell, part["text"], limit=LIMIT) for part in answer]
        return [{**part, "text": text} for part, text in zip(answer, texts, strict=True)]


def open_field(tracker: DialogueStateTracker) -> str | None:
    """Return the field that the form for a call back asks for, or None if it is not open."""
    if tracker.active_loop_name != FORM:
        return None
    field = tracker.get_slot("requested_slot")
    return None if field is None else str(field)


def request_sent(tracker: DialogueStateTracker) -> str | None:
    """Return "now" if the answer before was that a request is sent, "before" if an earlier was.

    None if none was sent in this session.
    """
    ids: list[str | None] = []  # of the messages since, the newest first
    is_sent = False
    for event in reversed(tracker.events):
        if isinstance(event, UserUttered):
            ids.append(event.message_id)
            if is_sent:
                return "now" if set(ids) == {ids[0]} else "before"
        elif isinstance(event, BotUttered):
            is_sent |= str(event.metadata.get("utter_action", "")).startswith(SENT)
        elif isinstance(event, SessionStarted):
            break
    return None


def reference(field: str) -> str:
    """Return what stands in the tracker for a message typed while a field is open."""
    return REFERENCES.get(field, ANY_WORDS)
