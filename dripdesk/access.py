"""Which member of staff read or changed what is kept of patients: a line for each access.

Every command that does so calls `note` in the transaction of its reading: without the line,
nothing is read.
"""

from __future__ import annotations

import getpass
import os
import time

from sqlalchemy import BigInteger, Column, Float, Integer, MetaData, String, Table, insert
from sqlalchemy.engine import Connection

LONGEST = 255  # characters

metadata = MetaData()  # also of the tables in records.py and vault.py

# Nothing of it is deleted.
audit = Table(
    "audit",
    metadata,
    Column("id", BigInteger().with_variant(Integer, "sqlite"), primary_key=True),
    Column("at", Float, nullable=False),
    Column("who", String(LONGEST), nullable=False),
    Column("what", String(LONGEST), nullable=False),
)


def staff(name: str = "") -> str:
    """Return who sits at the keyboard: the name that was given, and always the system's user.

    That is the one who called deploy/dripdesk-staff, which runs commands as the service's user.
    """
    user = os.environ.get("DRIPDESK_STAFF") or getpass.getuser()
    return f"{name.strip()} ({user})" if name.strip() else user


def note(connection: Connection, who: str, what: str) -> None:
    """Note an access. `what` tells kind and number, and nothing of a patient.

    Raises ValueError if nobody is named.
    """
    if not who.strip():
        raise ValueError("An access to patients' data needs the name of who has it.")
    row = {"at": time.time(), "who": who.strip()[:LONGEST], "what": what[:LONGEST]}
    connection.execute(insert(audit).values(**row))
