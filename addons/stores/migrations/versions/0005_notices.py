"""What the clinic is to be told of call-back requests, and whether it was."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    """Make the table."""
    op.create_table(
        "notices",
        sa.Column("id", sa.String(32), primary_key=True),
        sa.Column("callback", sa.BigInteger().with_variant(sa.Integer, "sqlite"), nullable=False),
        sa.Column("way", sa.String(16), nullable=False),
        sa.Column("attempts", sa.Integer, nullable=False),
        sa.Column("next_attempt", sa.Float, nullable=False),
        sa.Column("told_at", sa.Float),
        sa.UniqueConstraint("callback", "way", name="one_notice_a_way"),
    )
    op.create_index("ix_notices_told_at", "notices", ["told_at"])
