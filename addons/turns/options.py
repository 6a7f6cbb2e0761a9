"""The buttons under an answer, and how patients pick one: by tapping it, or by its number."""

from __future__ import annotations

import re
from collections.abc import Sequence

from rasa.shared.core.events import BotUttered, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker

NUMBER = re.compile(r"#?\(?([1-9])[.)]?")  # how people type the number of an option


def is_number(text: str) -> bool:
    """Whether a text is the number of an option, if there are any."""
    return bool(NUMBER.fullmatch(text))


def offered(tracker: DialogueStateTracker) -> list[str]:
    """Return the payloads of the buttons that stood under the last answer, in their order.

    A message with several questions stands in the tracker several times, with one id.
    """
    payloads: list[str] = []
    last = None
    for event in tracker.events:
        if isinstance(event, UserUttered):
            if event.message_id is None or event.message_id != last:
                payloads.clear()
            last = event.message_id
        elif isinstance(event, BotUttered):
            payloads += [button["payload"] for button in event.data.get("buttons") or ()]
    return payloads


def chosen(text: str, payloads: Sequence[str]) -> str | None:
    """Return the payload that a text is, or whose number it is, or None."""
    if text in payloads:
        return text
    number = NUMBER.fullmatch(text)
    place = int(number[1]) - 1 if number else -1
    return payloads[place] if 0 <= place < len(payloads) else None
