"""What patients type while a form asks for something personal: encrypted, until it is done."""

from __future__ import annotations

import re
import time
from functools import partial

from sqlalchemy import Column, Float, String, Table, Text, and_, delete, func, insert, select
from sqlalchemy.engine import Connection
from sqlalchemy.sql import ColumnElement

from dripdesk import access
from dripdesk.cipher import Cipher
from dripdesk.database import Transactions
from dripdesk.fact_types import show_phone

KEPT = 3600.0  # seconds that the vault holds a text: as long as a conversation goes on

texts = Table(
    "vault",
    access.metadata,
    Column("conversation", String(255), primary_key=True),
    Column("field", String(32), primary_key=True),
    Column("token", Text, nullable=False),
    Column("kept_at", Float, nullable=False, index=True),
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


class Vault:
    """The texts by conversation and field. Every call is one transaction.

    Raises SQLAlchemyError.
    """

    def __init__(self, database: Transactions, cipher: Cipher) -> None:
        self._database = database
        self._cipher = cipher

    def keep(self, conversation: str, field: str, text: str) -> None:
        """Keep a text, in the place of the one before; old ones go."""
        now, mine = time.time(), _of(conversation, field)

        def work(connection: Connection) -> None:
            connection.execute(delete(texts).where((texts.c.kept_at < now - KEPT) | mine))
            row = {"conversation": conversation, "field": field, "kept_at": now}
            connection.execute(insert(texts).values(**row, token=self._cipher.lock(text)))

        self._database.transact(work)

    def read(self, conversation: str, field: str) -> str | None:
        """Return a text, or None if it is not there or too old."""
        one = select(texts.c.token).where(
            _of(conversation, field), texts.c.kept_at >= time.time() - KEPT
        )
        token = self._database.transact(lambda to: to.execute(one).scalar(), writes=False)
        return None if token is None else self._cipher.unlock(token)

    def reveal(self, conversation: str, text: str) -> str:
        """Return a text with what is kept in the place of references to it."""

        def value(found: re.Match[str]) -> str:
            kept = self.read(conversation, FIELDS[found[0]])
            if kept and FIELDS[found[0]] == "callback_phone":
                return show_phone(kept)
            return kept or found[0]

        return REFERENCE.sub(value, text)

    def empty(self, conversation: str) -> None:
        """Delete all texts of a conversation."""
        self._database.transact(partial(empty, conversation=conversation))


def empty(connection: Connection, conversation: str) -> None:
    """Delete all texts of a conversation."""
    connection.execute(delete(texts).where(texts.c.conversation == conversation))


def purge(connection: Connection) -> None:
    """Delete the texts that are too old to be read."""
    connection.execute(delete(texts).where(texts.c.kept_at < time.time() - KEPT))


def count(connection: Connection) -> int:
    """Return how many texts there are, of all conversations."""
    return int(connection.execute(select(func.count()).select_from(texts)).scalar_one())


def _of(conversation: str, field: str) -> ColumnElement[bool]:
    return and_(texts.c.conversation == conversation, texts.c.field == field)
