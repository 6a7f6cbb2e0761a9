"""Call-back requests, what is typed for them, and who of the staff read them."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"

NUMBER = sa.BigInteger().with_variant(sa.Integer, "sqlite")


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "vault",
        sa.Column("conversation", sa.String(255), primary_key=True),
        sa.Column("field", sa.String(32), primary_key=True),
        sa.Column("token", sa.Text, nullable=False),
        sa.Column("kept_at", sa.Float, nullable=False),
    )
    op.create_index("ix_vault_kept_at", "vault", ["kept_at"])
    op.create_table(
        "callbacks",
        sa.Column("id", NUMBER, primary_key=True),
        sa.Column("conversation", sa.String(255), nullable=False),
        sa.Column("message_id", sa.String(255), nullable=False),
        sa.Column("details", sa.Text, nullable=False),
        sa.Column("made_at", sa.Float, nullable=False),
        sa.Column("closed_at", sa.Float),
        sa.Column("closed_by", sa.String(255)),
        sa.UniqueConstraint("conversation", "message_id", name="one_callback_a_message"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_callbacks_closed_at", "callbacks", ["closed_at"])
    op.create_table(
        "audit",
        sa.Column("id", NUMBER, primary_key=True),
        sa.Column("at", sa.Float, nullable=False),
        sa.Column("who", sa.String(255), nullable=False),
        sa.Column("what", sa.String(255), nullable=False),
    )
