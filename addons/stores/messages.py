"""The ledger of messages: each has one answer, and gets the same again if it comes again."""

from __future__ import annotations

import json
import time
import uuid
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import Any

from rasa.core.channels.channel import CollectingOutputChannel
from sqlalchemy import and_, bindparam, insert, select, update
from sqlalchemy.engine import Connection
from sqlalchemy.exc import IntegrityError

from addons.stores.tables import messages
from dripdesk.danger import Danger

Answer = list[dict[str, Any]]
"""What the patient gets: messages, each with a text and perhaps buttons."""

# Written once: SQLAlchemy takes longer to put a statement together than SQLite to carry it out.
ROW = and_(
    messages.c.channel == bindparam("of_channel"),
    messages.c.conversation == bindparam("of_conversation"),
    messages.c.message_id == bindparam("of_message"),
)
"""The condition that finds the row of a message key."""
CLAIMED = select(messages.c.claimed_at).where(ROW)
KEPT = select(messages.c.answer).where(ROW)
CLAIM = insert(messages)
TAKE_OVER = ANSWER = update(messages).where(ROW)
KEEP = update(messages).where(
    ROW, messages.c.owner == bindparam("of_owner"), messages.c.answer.is_(None)
)


class TurnError(Exception):
    """The turn has no answer that can be kept."""


class OvertakenError(TurnError):
    """Another process has taken this message or conversation over."""


@dataclass(frozen=True)
class MessageKey:
    """What makes a message the same as another: gateways number them within a conversation."""

    channel: str
    conversation: str
    message_id: str

    @property
    def row(self) -> dict[str, str]:
        """The values for ROW that find its row."""
        return {
            "of_channel": self.channel,
            "of_conversation": self.conversation,
            "of_message": self.message_id,
        }


@dataclass
class Claim:
    """The right to answer a message, until it is answered or another takes it over."""

    key: MessageKey
    output: CollectingOutputChannel
    """Gathers the answer."""
    danger: Danger | None = None
    """What the message may tell of."""
    warning: Answer = field(default_factory=list)
    """What then comes first in the answer, or is all of it if there is no other."""
    failure: BaseException | None = None
    """Why nothing of this turn may be kept; Rasa itself goes on when an action fails."""
    owner: str = field(default_factory=lambda: uuid.uuid4().hex)


this_turn: ContextVar[Claim | None] = ContextVar("this_turn", default=None)
"""The claim under which the present code runs: Rasa's flow has no place to hand it down."""


def claim(connection: Connection, turn: Claim) -> Answer | None:
    """Return the answer that the message was given before; if there is none, claim it.

    A claim without an answer is taken over: who holds the conversation's lock knows that its
    former owner has failed, or was killed. Raises OvertakenError if another claims it just now.
    """
    found = connection.execute(KEPT, turn.key.row).first()
    if found and found.answer is not None:
        return list(json.loads(found.answer))
    if found:
        connection.execute(TAKE_OVER, {**turn.key.row, "owner": turn.owner})
    else:
        new = {
            "channel": turn.key.channel,
            "conversation": turn.key.conversation,
            "message_id": turn.key.message_id,
            "owner": turn.owner,
            "claimed_at": time.time(),
        }
        try:
            connection.execute(CLAIM, new)
        except IntegrityError as error:  # by another process: PostgreSQL's locks were lost
            raise OvertakenError from error
    return None


def keep(connection: Connection) -> None:
    """Keep the answer of this turn, in the transaction that stores its events.

    Raises TurnError if the turn failed or says nothing, OvertakenError if it is not ours any more.
    """
    turn = this_turn.get()
    if turn is None:  # a tool of Rasa's, not a message
        return
    if turn.failure:
        raise TurnError("The turn has failed.") from turn.failure
    if not turn.output.messages:
        raise TurnError("The turn says nothing.")
    answer = json.dumps(turn.output.messages)
    kept = connection.execute(KEEP, {**turn.key.row, "of_owner": turn.owner, "answer": answer})
    if kept.rowcount != 1:
        raise OvertakenError


def is_first(connection: Connection, key: MessageKey) -> bool:
    """Whether no message of the conversation was claimed before this one."""
    mine = connection.execute(CLAIMED, key.row).scalar()
    earlier = select(messages.c.message_id).where(
        messages.c.channel == key.channel,
        messages.c.conversation == key.conversation,
        messages.c.claimed_at < (time.time() if mine is None else mine),  # danger is noted later
    )
    return connection.execute(earlier.limit(1)).first() is None
