"""Call-back requests, and what the clinic is to be told of them: details are encrypted."""

from __future__ import annotations

import json
import time
import uuid
from collections.abc import Sequence
from dataclasses import asdict, dataclass

from sqlalchemy import (
    BigInteger,
    Column,
    Float,
    Integer,
    String,
    Table,
    Text,
    UniqueConstraint,
    delete,
    func,
    insert,
    select,
    update,
)
from sqlalchemy.engine import Connection
from sqlalchemy.sql import Select

from dripdesk import access, vault
from dripdesk.cipher import Cipher
from dripdesk.database import Transactions

NUMBER = BigInteger().with_variant(Integer, "sqlite")
metadata = access.metadata

# Whom the clinic is to call back. `details` is what only staff may read.
callbacks = Table(
    "callbacks",
    metadata,
    Column("id", NUMBER, primary_key=True),
    Column("conversation", String(255), nullable=False),
    Column("message_id", String(255), nullable=False),
    Column("details", Text, nullable=False),
    Column("made_at", Float, nullable=False),
    Column("closed_at", Float, index=True),
    Column("closed_by", String(255)),
    UniqueConstraint("conversation", "message_id", name="one_callback_a_message"),
    sqlite_autoincrement=True,
)

# What the clinic is to be told of requests: for each, one by every way that was set at the time.
notices = Table(
    "notices",
    metadata,
    Column("id", String(32), primary_key=True),
    Column("callback", NUMBER, nullable=False),
    Column("way", String(16), nullable=False),
    Column("attempts", Integer, nullable=False),
    Column("next_attempt", Float, nullable=False),
    Column("told_at", Float, index=True),
    UniqueConstraint("callback", "way", name="one_notice_a_way"),
)


@dataclass(frozen=True)
class Details:
    """What a call back needs."""

    name: str
    phone: str
    """As it is dialled, such as +19145550133."""
    time: str
    subject: str


@dataclass(frozen=True)
class Callback:
    """One open request."""

    id: int
    made_at: float
    """Seconds since 1970."""
    details: Details | None
    """None if it was encrypted with a key that is not set any more."""


@dataclass(frozen=True)
class Waiting:
    """How much is waiting."""

    open: int
    """Requests that nobody has closed."""
    since: float | None
    """When the oldest of them was made, in seconds since 1970."""
    vault: int
    """Texts in the vault."""


class Records:
    """The requests, and the vault beside them. Every call is one transaction.

    Raises SettingError if the address or a key cannot be read, later SQLAlchemyError.
    """

    def __init__(self, url: str, keys: Sequence[str], ways: Sequence[str] = ()) -> None:
        """Take the database's address, the keys, and the ways by which the clinic is told."""
        self._database = Transactions(url)
        self._cipher = Cipher(keys)
        self._ways = ways
        self.vault = vault.Vault(self._database, self._cipher)

    def request(self, conversation: str, message_id: str, details: Details) -> None:
        """Store a call-back request, once for the message that confirms it, and empty the vault.

        With it, so that neither is without the other, what the clinic is to be told of it.
        """

        def work(connection: Connection) -> None:
            vault.empty(connection, conversation)
            if connection.execute(_same(conversation, message_id)).first():
                return
            now = time.time()
            made = connection.execute(
                insert(callbacks).values(
                    conversation=conversation,
                    message_id=message_id,
                    details=self._cipher.lock(json.dumps(asdict(details))),
                    made_at=now,
                )
            )
            (number,) = made.inserted_primary_key
            for way in self._ways:
                row = {"id": uuid.uuid4().hex, "callback": number, "way": way}
                connection.execute(insert(notices).values(**row, attempts=0, next_attempt=now))

        self._database.transact(work)

    def is_requested(self, conversation: str, message_id: str | None) -> bool:
        """Return whether the request that a message confirms is stored: a turn may come again.

        For None, whether one of the conversation is open that was made while the vault keeps texts.
        """
        same = _fresh(conversation) if message_id is None else _same(conversation, message_id)
        found = self._database.transact(lambda one: one.execute(same).first(), writes=False)
        return found is not None

    def open_requests(self, who: str) -> list[Callback]:
        """Return the requests that nobody has closed, the oldest first; note who read them."""

        def work(connection: Connection) -> list[Callback]:
            query = select(callbacks).where(callbacks.c.closed_at.is_(None))
            found = [
                Callback(row.id, row.made_at, self._details(row.details))
                for row in connection.execute(query.order_by(callbacks.c.id))
            ]
            access.note(connection, who, f"read {len(found)} open call-back requests")
            return found

        return self._database.transact(work)

    def waiting(self) -> Waiting:
        """Return how much is waiting: counts of nobody's words, so `audit` gets no line."""
        oldest = select(func.count(), func.min(callbacks.c.made_at)).where(
            callbacks.c.closed_at.is_(None)
        )

        def work(connection: Connection) -> Waiting:
            open, since = connection.execute(oldest).one()
            return Waiting(open, since, vault.count(connection))

        return self._database.transact(work, writes=False)

    def close(self, id: int, who: str) -> None:
        """Close a request. Raises LookupError if there is no such open request."""

        def work(connection: Connection) -> None:
            mine = (callbacks.c.id == id, callbacks.c.closed_at.is_(None))
            values = {"closed_at": time.time(), "closed_by": who}
            if connection.execute(update(callbacks).where(*mine).values(values)).rowcount != 1:
                raise LookupError(id)
            access.note(connection, who, f"closed call-back request {id}")

        self._database.transact(work)

    def dispose(self) -> None:
        """Close all connections."""
        self._database.close()

    def _details(self, token: str) -> Details | None:
        text = self._cipher.unlock(token)
        return None if text is None else Details(**json.loads(text))


def forget(connection: Connection, conversation: str) -> None:
    """Delete the requests of a conversation, with their notices."""
    mine = callbacks.c.conversation == conversation
    numbers = select(callbacks.c.id).where(mine)
    connection.execute(delete(notices).where(notices.c.callback.in_(numbers)))
    connection.execute(delete(callbacks).where(mine))


def purge(connection: Connection, limit: float) -> None:
    """Delete requests that were closed before a time, in seconds since 1970; open ones stay."""
    connection.execute(delete(callbacks).where(callbacks.c.closed_at < limit))
    connection.execute(delete(notices).where(notices.c.callback.not_in(select(callbacks.c.id))))


def _same(conversation: str, message_id: str) -> Select:
    return select(callbacks.c.id).where(
        callbacks.c.conversation == conversation, callbacks.c.message_id == message_id
    )


def _fresh(conversation: str) -> Select:
    return select(callbacks.c.id).where(
        callbacks.c.conversation == conversation,
        callbacks.c.closed_at.is_(None),
        callbacks.c.made_at >= time.time() - vault.KEPT,
    )
