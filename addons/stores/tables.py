"""The tables of the database; migrations/versions/ brings an older database up to them."""

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Float,
    Index,
    Integer,
    MetaData,
    String,
    Table,
    Text,
)

metadata = MetaData()

# What was said and done, in order. The columns are those of Rasa's own SQLTrackerStore.
events = Table(
    "events",
    metadata,
    Column("id", BigInteger().with_variant(Integer, "sqlite"), primary_key=True),
    Column("sender_id", String(255), nullable=False),
    Column("type_name", String(255), nullable=False),
    Column("timestamp", Float, nullable=False),
    Column("intent_name", String(255)),
    Column("action_name", String(255)),
    Column("data", Text, nullable=False),
    Index("events_of_conversation", "sender_id", "id"),
    sqlite_autoincrement=True,  # else SQLite gives the number of a deleted last event again
)

# Where each conversation stands: the state at a checkpoint, and after which event that is.
conversations = Table(
    "conversations",
    metadata,
    Column("sender_id", String(255), primary_key=True),
    Column("version", Integer, nullable=False),
    Column("checkpoint", Text, nullable=False),
    Column("after_id", BigInteger, nullable=False),
    Column("updated_at", Float, nullable=False, index=True),
)

# Which message got which answer. Without an answer: somebody works on it, or died at it.
messages = Table(
    "messages",
    metadata,
    Column("channel", String(16), primary_key=True),
    Column("conversation", String(255), primary_key=True),
    Column("message_id", String(255), primary_key=True),
    Column("owner", String(32), nullable=False),
    Column("claimed_at", Float, nullable=False, index=True),
    Column("answer", Text),
)

# Which answers helped, as patients say.
feedback = Table(
    "feedback",
    metadata,
    Column("conversation", String(255), primary_key=True),
    Column("message_id", String(255), primary_key=True),
    Column("topic", String(255), nullable=False),
    Column("helpful", Boolean, nullable=False),
    Column("given_at", Float, nullable=False, index=True),
)

# Who wants no texts, and who wants them again: each change, with its wording; the last one counts.
opt_outs = Table(
    "opt_outs",
    metadata,
    Column("id", BigInteger().with_variant(Integer, "sqlite"), primary_key=True),
    Column("conversation", String(255), nullable=False, index=True),
    Column("channel", String(16), nullable=False),
    Column("is_out", Boolean, nullable=False),
    Column("wording", Text, nullable=False),
    Column("changed_at", Float, nullable=False),
)

# What gateways tell of our messages on their way.
deliveries = Table(
    "deliveries",
    metadata,
    Column("message_id", String(64), primary_key=True),
    Column("status", String(32), primary_key=True),
    Column("told_at", Float, nullable=False, index=True),
)
