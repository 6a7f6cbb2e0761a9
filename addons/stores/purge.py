"""Deletes conversations that are older than RETENTION_DAYS: `make purge`, once a day."""

from __future__ import annotations

import sqlite3
import sys

from sqlalchemy.engine import Connection
from sqlalchemy.exc import SQLAlchemyError

from addons import logs
from addons.stores.database import Database
from addons.stores.people import purge
from dripdesk import access
from dripdesk.database import reason, take_time
from dripdesk.settings import SettingError, Settings


def main() -> int:
    """Delete what is too old, and say how much; return 0, or 1 if it could not be done."""
    logs.configure()
    try:
        settings = Settings.from_environment().prepared()
        database = Database(settings.database_url)
        gone = database.transact(lambda one: _purge(one, settings.retention_days))
    except (SettingError, SQLAlchemyError, OSError) as error:
        print(f"Nothing was deleted: {reason(error)}", file=sys.stderr)
        return 1
    print(f"Deleted {gone} events older than {settings.retention_days} days.")
    try:
        database.shrink()
    except (SQLAlchemyError, sqlite3.Error, OSError) as error:
        told = "They still stand in the database's log file, which could not be emptied"
        print(f"{told}: {reason(error)}", file=sys.stderr)
        return 1
    return 0


def _purge(connection: Connection, days: int) -> int:
    take_time(connection)
    gone = purge(connection, days)
    access.note(connection, access.staff(), f"deleted {gone} events older than {days} days")
    return gone


if __name__ == "__main__":
    sys.exit(main())
