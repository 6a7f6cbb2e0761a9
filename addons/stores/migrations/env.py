"""Alembic runs this: it brings the database of the given connection up to date."""

from __future__ import annotations

from alembic import context

from addons.stores.tables import metadata
from dripdesk import records

connection = context.config.attributes["connection"]
tables = [metadata, records.metadata]
context.configure(connection=connection, target_metadata=tables, render_as_batch=True)
with context.begin_transaction():
    context.run_migrations()
