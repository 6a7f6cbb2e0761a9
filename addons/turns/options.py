"""The buttons under an answer, and how patients pick one: they tap it, or type it or its number."""

from __future__ import annotations

import re
from collections.abc import Sequence

from rasa.shared.core.events import BotUttered, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker

Button = tuple[str, str]
"""Its title, and what a tap on it says."""

NUMBER = re.compile(r"#?\(?([1-9])[.)]?")  # how people type the number of an option


def offered(tracker: DialogueStateTracker) -> list[Button]:
    """Return the buttons that stood under the last answer, in their order.

    A message with several questions stands in the tracker several times, with one id.
    """
    found: list[Button] = []
    since: list[Button] = []
    message = None
    for event in reversed(tracker.events):
        if isinstance(event, BotUttered):
            under = event.data.get("buttons") or ()
            since[:0] = [(one["title"], one["payload"]) for one in under]
        elif isinstance(event, UserUttered):
            if message is not None and event.message_id != message:
                break
            found[:0], since, message = since, [], event.message_id
            if message is None:
                break
    return found


def chosen(text: str, buttons: Sequence[Button]) -> str | None:
    """Return the payload that a text is, or whose title or number it is, or None."""
    for title, payload in buttons:
        if text == payload or _bare(text) == _bare(title):
            return payload
    number = NUMBER.fullmatch(text)
    place = int(number[1]) - 1 if number else -1
    return buttons[place][1] if 0 <= place < len(buttons) else None


def _bare(text: str) -> str:
    return text.strip(" .!?").casefold()
