"""What was said in a conversation, as its patient reads it again, and what helped."""

from __future__ import annotations

import json
import time
from typing import Any

from sqlalchemy import delete, insert, select
from sqlalchemy.engine import Connection

from addons.stores.tables import events, feedback

MOST = 200  # messages that are read again

Line = dict[str, Any]
"""One message: `from` (patient, assistant), `text`, `at` (seconds since 1970), `id` of the
patient's message that it is or answers, and of an answer its buttons, `about` and `helpful`."""


def transcript(connection: Connection, conversation: str) -> list[Line]:
    """Return the last messages of a conversation, in order, as they are kept."""
    lines: list[Line] = []
    titles: dict[str, str] = {}
    message_id = ""
    for event in _said(connection, conversation):
        if event["event"] == "user":
            message_id = event["message_id"]
            if not (text := said(event)):
                continue
            text = titles.get(text, text)  # a tapped button
            lines.append({"from": "patient", "text": text, "at": event["timestamp"]})
            titles = {}
        else:
            lines.append({"from": "assistant", "at": event["timestamp"], **_answer(event)})
            titles |= {one["payload"]: one["title"] for one in lines[-1].get("buttons", ())}
        lines[-1]["id"] = message_id
    helped = _helped(connection, conversation)
    for line in lines:
        if line["from"] == "assistant" and line["id"] in helped:
            line["helpful"] = helped[line["id"]]
    return lines


def give_feedback(
    connection: Connection, conversation: str, message_id: str, helpful: bool
) -> None:
    """Keep whether the answer to a message helped, with its topic; the last word counts.

    Raises LookupError if the conversation has no such message.
    """
    topic = next(
        (
            event["parse_data"]["intent"]["name"]
            for event in reversed(_said(connection, conversation))
            if event["event"] == "user" and event["message_id"] == message_id
        ),
        None,
    )
    if topic is None:
        raise LookupError(message_id)
    mine = (feedback.c.conversation == conversation, feedback.c.message_id == message_id)
    connection.execute(delete(feedback).where(*mine))
    connection.execute(
        insert(feedback).values(
            conversation=conversation,
            message_id=message_id,
            topic=topic,
            helpful=helpful,
            given_at=time.time(),
        )
    )


def said(utterance: dict[str, Any]) -> str:
    """Return what a patient wrote as it is kept: "" for a further question of the same message."""
    about = utterance.get("metadata") or {}
    return str(about.get("whole", utterance["text"]))


def _said(connection: Connection, conversation: str) -> list[dict[str, Any]]:
    query = (
        select(events.c.data)
        .where(events.c.sender_id == conversation, events.c.type_name.in_(("user", "bot")))
        .order_by(events.c.id.desc())
        .limit(MOST)
    )
    return [json.loads(data) for data in reversed(connection.execute(query).scalars().all())]


def _answer(event: dict[str, Any]) -> Line:
    """Return what a patient reads of an answer."""
    response = (event.get("metadata") or {}).get("metadata") or {}  # of the text, as Rasa keeps it
    parts = {
        "text": event["text"],
        "buttons": (event.get("data") or {}).get("buttons"),
        "about": response.get("about"),
    }
    return {name: value for name, value in parts.items() if value}


def _helped(connection: Connection, conversation: str) -> dict[str, bool]:
    query = select(feedback.c.message_id, feedback.c.helpful)
    rows = connection.execute(query.where(feedback.c.conversation == conversation))
    return {row.message_id: bool(row.helpful) for row in rows}
