"""Looks into a database from outside."""

from __future__ import annotations

from pathlib import Path

import psycopg2
from sqlalchemy.engine import make_url


def holds(url: str, text: str) -> bool:
    """Whether a text stands in PostgreSQL's rows, or in SQLite's files, there also if deleted."""
    if url.startswith("sqlite"):
        path = Path(make_url(url).database)
        files = list(path.parent.glob(f"{path.name}*"))
        assert files
        return any(text.encode() in one.read_bytes() for one in files)
    connection = psycopg2.connect(url)
    cursor = connection.cursor()
    cursor.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")
    tables = [row[0] for row in cursor.fetchall()]
    assert tables
    found = False
    for table in tables:
        cursor.execute(f'SELECT count(*) FROM "{table}" t WHERE t::text LIKE %s', (f"%{text}%",))  # noqa: S608
        found = found or cursor.fetchall()[0][0] > 0
    connection.close()
    return found
