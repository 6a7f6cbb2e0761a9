"""Call-back requests, and the words that patients type for them: encrypted, never in the clear."""

from __future__ import annotations

import json
import re
import threading
import time
import uuid
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from typing import TypeVar

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from sqlalchemy import (
    BigInteger,
    Column,
    Float,
    Integer,
    String,
    Table,
    Text,
    UniqueConstraint,
    and_,
    delete,
    func,
    insert,
    select,
    update,
)
from sqlalchemy.engine import Connection, Engine
from sqlalchemy.sql import ColumnElement, Select

from dripdesk import access, callback
from dripdesk.database import address, open_engine
from dripdesk.settings import SettingError

T = TypeVar("T")

KEPT = 3600.0  # seconds that the vault holds a text: as long as a conversation goes on

NUMBER = BigInteger().with_variant(Integer, "sqlite")
metadata = access.metadata

# What patients type while a form asks for something personal, until the form is done.
vault = Table(
    "vault",
    metadata,
    Column("conversation", String(255), primary_key=True),
    Column("field", String(32), primary_key=True),
    Column("token", Text, nullable=False),
    Column("kept_at", Float, nullable=False, index=True),
)

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

TYPED, SENDER = "typed", "sender"
"""The fields of the vault for the message just sent, and the number that a text came from."""
REFERENCES = {
    "callback_name": "[your name]",
    "callback_phone": "[your number]",
    "callback_time": "[your time]",
    "callback_subject": "[your subject]",
}
"""What stands for a field in trackers, logs and kept answers."""
REFERENCE = re.compile("|".join(map(re.escape, REFERENCES.values())))
FIELDS = {reference: field for field, reference in REFERENCES.items()}


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
    """The vault and the requests. It opens at first use; every call is one transaction.

    Raises SettingError if the address or a key cannot be read, later SQLAlchemyError.
    """

    def __init__(self, url: str, keys: Sequence[str], ways: Sequence[str] = ()) -> None:
        """Take the database's address, the keys, and the ways by which the clinic is told.

        The first key encrypts, the others still read.
        """
        self._url = address(url)
        self._ways = ways
        try:
            self._cipher = MultiFernet([Fernet(key) for key in keys])
        except ValueError as error:
            raise SettingError(
                "RECORDS_KEY must be 32 random bytes in URL-safe base64, as "
                "`openssl rand -base64 32 | tr +/ -_` prints; older keys may follow after commas."
            ) from error
        self._opening = threading.Lock()
        self._engine: Engine | None = None

    def keep(self, conversation: str, field: str, text: str) -> None:
        """Put a text into the vault, in the place of the one before; old ones go."""
        now, mine = time.time(), _of(conversation, field)

        def work(connection: Connection) -> None:
            connection.execute(delete(vault).where((vault.c.kept_at < now - KEPT) | mine))
            row = {"conversation": conversation, "field": field, "kept_at": now}
            connection.execute(insert(vault).values(**row, token=self._lock(text)))

        self._transact(work)

    def read(self, conversation: str, field: str) -> str | None:
        """Return a text of the vault, or None if it is not there or too old."""
        one = select(vault.c.token).where(
            _of(conversation, field), vault.c.kept_at >= time.time() - KEPT
        )
        token = self._transact(lambda connection: connection.execute(one).scalar(), writes=False)
        return None if token is None else self._unlock(token)

    def reveal(self, conversation: str, text: str) -> str:
        """Return a text with what the vault holds in the place of references to it."""

        def value(found: re.Match[str]) -> str:
            kept = self.read(conversation, FIELDS[found[0]])
            if kept and FIELDS[found[0]] == "callback_phone":
                return callback.show_phone(kept)
            return kept or found[0]

        return REFERENCE.sub(value, text)

    def empty(self, conversation: str) -> None:
        """Take all texts of a conversation out of the vault."""
        mine = vault.c.conversation == conversation
        self._transact(lambda connection: connection.execute(delete(vault).where(mine)))

    def request(self, conversation: str, message_id: str, details: Details) -> None:
        """Store a call-back request, once for the message that confirms it, and empty the vault.

        With it, so that neither is without the other, what the clinic is to be told of it.
        """

        def work(connection: Connection) -> None:
            connection.execute(delete(vault).where(vault.c.conversation == conversation))
            if connection.execute(_same(conversation, message_id)).first():
                return
            now = time.time()
            made = connection.execute(
                insert(callbacks).values(
                    conversation=conversation,
                    message_id=message_id,
                    details=self._lock(json.dumps(asdict(details))),
                    made_at=now,
                )
            )
            (number,) = made.inserted_primary_key
            for way in self._ways:
                row = {"id": uuid.uuid4().hex, "callback": number, "way": way}
                connection.execute(insert(notices).values(**row, attempts=0, next_attempt=now))

        self._transact(work)

    def is_requested(self, conversation: str, message_id: str | None) -> bool:
        """Return whether the request that a message confirms is stored: a turn may come again.

        For None, whether one of the conversation is open that was made while the vault keeps texts.
        """
        same = _fresh(conversation) if message_id is None else _same(conversation, message_id)
        return self._transact(lambda one: one.execute(same).first() is not None, writes=False)

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

        return self._transact(work)

    def waiting(self) -> Waiting:
        """Return how much is waiting: counts of nobody's words, so `audit` gets no line."""
        oldest = select(func.count(), func.min(callbacks.c.made_at)).where(
            callbacks.c.closed_at.is_(None)
        )
        texts = select(func.count()).select_from(vault)

        def work(connection: Connection) -> Waiting:
            open, since = connection.execute(oldest).one()
            return Waiting(open, since, connection.execute(texts).scalar_one())

        return self._transact(work, writes=False)

    def close(self, id: int, who: str) -> None:
        """Close a request. Raises LookupError if there is no such open request."""

        def work(connection: Connection) -> None:
            mine = (callbacks.c.id == id, callbacks.c.closed_at.is_(None))
            values = {"closed_at": time.time(), "closed_by": who}
            if connection.execute(update(callbacks).where(*mine).values(values)).rowcount != 1:
                raise LookupError(id)
            access.note(connection, who, f"closed call-back request {id}")

        self._transact(work)

    def dispose(self) -> None:
        """Close all connections."""
        if self._engine:
            self._engine.dispose()
            self._engine = None

    def _transact(self, work: Callable[[Connection], T], writes: bool = True) -> T:
        with self._opening:
            self._engine = self._engine or open_engine(self._url)
        connection = self._engine.connect().execution_options(writes=writes)
        with connection, connection.begin():
            return work(connection)

    def _lock(self, text: str) -> str:
        return self._cipher.encrypt(text.encode()).decode()

    def _unlock(self, token: str) -> str | None:
        try:
            return self._cipher.decrypt(token.encode()).decode()
        except InvalidToken:
            return None

    def _details(self, token: str) -> Details | None:
        text = self._unlock(token)
        return None if text is None else Details(**json.loads(text))


def forget(connection: Connection, conversation: str) -> None:
    """Delete what a conversation has in the vault, and its requests with their notices."""
    mine = select(callbacks.c.id).where(callbacks.c.conversation == conversation)
    connection.execute(delete(notices).where(notices.c.callback.in_(mine)))
    for table in (vault, callbacks):
        connection.execute(delete(table).where(table.c.conversation == conversation))


def purge(connection: Connection, limit: float) -> None:
    """Delete requests that were closed before a time, in seconds since 1970; open ones stay."""
    connection.execute(delete(callbacks).where(callbacks.c.closed_at < limit))
    connection.execute(delete(notices).where(notices.c.callback.not_in(select(callbacks.c.id))))
    connection.execute(delete(vault).where(vault.c.kept_at < time.time() - KEPT))


def _same(conversation: str, message_id: str) -> Select:
    return select(callbacks.c.id).where(
        callbacks.c.conversation == conversation, callbacks.c.message_id == message_id
    )


def _fresh(conversation: str) -> Select:
    return select(callbacks.c.id).where(
        callbacks.c.conversation == conversation,
        callbacks.c.closed_at.is_(None),
        callbacks.c.made_at >= time.time() - KEPT,
    )


def _of(conversation: str, field: str) -> ColumnElement[bool]:
    return and_(vault.c.conversation == conversation, vault.c.field == field)
