"""`make backup` and `make restore`: everything that is kept, in one file."""

from __future__ import annotations

import argparse
import os
import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing
from datetime import datetime, timezone
from pathlib import Path
from typing import Any

from sqlalchemy.engine import URL
from sqlalchemy.exc import SQLAlchemyError

from addons import logs
from addons.stores.database import Database
from dripdesk import access
from dripdesk.database import address, is_sqlite, reason
from dripdesk.settings import LOCAL, SettingError, Settings

BACKUPS = LOCAL / "backups"
SQLITE = b"SQLite format 3\x00"  # how such a file begins
POSTGRES = b"PGDMP"  # how pg_dump's begins
DROP = (  # the database is for Dripdesk alone
    "DO $$ DECLARE one record; BEGIN FOR one IN SELECT tablename FROM pg_tables"
    " WHERE schemaname = 'public' LOOP"
    " EXECUTE format('DROP TABLE public.%I CASCADE', one.tablename); END LOOP; END $$"
)


class BackupError(Exception):
    """Nothing was saved, or nothing was restored."""


def save(url: URL, path: Path) -> None:
    """Save the database as it is at one moment, while servers go on; only its owner can read it.

    Raises BackupError, OSError.
    """
    if is_sqlite(url) and not Path(str(url.database)).exists():
        raise BackupError(f"There is no database at {url.database}.")
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    unfinished = path.with_name(f"{path.name}.unfinished")
    try:
        mine = os.open(unfinished, os.O_CREAT | os.O_TRUNC | os.O_WRONLY, 0o600)
        with os.fdopen(mine, "wb") as file:
            if not is_sqlite(url):
                _run("pg_dump", url, "--format=custom", "--no-owner", "--no-acl", stdout=file)
        if is_sqlite(url):
            _copy(Path(str(url.database)), unfinished)
            with closing(sqlite3.connect(unfinished)) as copy:
                copy.execute("PRAGMA journal_mode = DELETE")  # all of it in this file
        unfinished.replace(path)
    finally:
        unfinished.unlink(missing_ok=True)


def load(url: URL, path: Path) -> None:
    """Put what was saved in the place of all that is there, as a whole or not at all.

    Raises BackupError, OSError.
    """
    begins = SQLITE if is_sqlite(url) else POSTGRES
    with path.open("rb") as file:
        if file.read(len(begins)) != begins:
            raise BackupError(f"{path} is no backup of the kind of database in DATABASE_URL.")
    if is_sqlite(url):
        target = Path(str(url.database))
        os.close(os.open(target, os.O_CREAT | os.O_RDWR, 0o600))
        _copy(path, target)
        return
    script = _run("pg_restore", None, "--no-owner", "--no-acl", "--file=-", str(path))
    once = ("--single-transaction", "--set=ON_ERROR_STOP=1", "--quiet", "--no-psqlrc")
    _run("psql", url, *once, "--output=/dev/null", f"--command={DROP}", "--file=-", input=script)


def _copy(source: Path, target: Path) -> None:
    """Copy a database of SQLite's, also while it is written to."""
    try:
        with closing(sqlite3.connect(source)) as old, closing(sqlite3.connect(target)) as new:
            if old.execute("PRAGMA quick_check").fetchone() != ("ok",):
                raise BackupError(f"{source} is damaged.")
            old.execute("SELECT version_num FROM alembic_version")
            old.backup(new)
    except sqlite3.Error as error:
        raise BackupError(f"{source} could not be copied to {target}: {error}.") from error


def _run(tool: str, url: URL | None, *arguments: str, **options: Any) -> bytes:
    """Run a tool of PostgreSQL's; return its output. Others cannot see the password."""
    program = shutil.which(tool)
    if program is None:
        raise BackupError(f"{tool} is not there: install Debian's package postgresql-client.")
    environment = dict(os.environ)
    if url is not None:
        if url.password:
            environment["PGPASSWORD"] = str(url.password)
        open_part = URL.create(
            "postgresql", url.username, None, url.host, url.port, url.database, url.query
        )
        arguments = (f"--dbname={open_part}", *arguments)
    options.setdefault("stdout", subprocess.PIPE)
    done = subprocess.run(  # noqa: S603 (a program of PostgreSQL's, and arguments of ours)
        [program, *arguments], env=environment, stderr=subprocess.PIPE, check=False, **options
    )
    if done.returncode:
        said = done.stderr.decode("utf-8", "replace").strip().splitlines()
        raise BackupError((said or [f"{tool} failed"])[0])
    return done.stdout or b""


def _restore(url: URL, path: Path, kept: Path) -> None:
    """Restore, and keep what was there before."""
    if not path.exists():
        raise BackupError(f"There is no file {path}.")
    try:
        save(url, kept)
    except BackupError as error:
        if not is_sqlite(url):  # what is put back takes the place of all that is there
            raise BackupError(f"what is there now could not be saved first: {error}") from error
        print(f"What was there before could not be saved: {error}")
        if Path(str(url.database)).exists():
            aside = Path(f"{url.database}.{_now()}")
            Path(str(url.database)).rename(aside)
            for log in ("-wal", "-shm"):
                Path(f"{url.database}{log}").unlink(missing_ok=True)
            print(f"It was put aside: {aside}")
    else:
        print(f"What was there before is saved: {kept}")
    load(url, path)


def _save(url: URL, path: Path) -> None:
    """Save, and leave a line of it: without the line, nothing is saved."""
    draft = path.with_name(f"{path.name}.new")
    try:
        save(url, draft)
        _note(url, "saved a backup")
        draft.replace(path)
    finally:
        draft.unlink(missing_ok=True)


def _note(url: URL, what: str) -> None:
    """Leave the line of an access; tables of an older backup are brought up to date by it."""
    database = Database(url.render_as_string(hide_password=False))
    database.transact(lambda connection: access.note(connection, access.staff(), what))
    database.close()


def _now() -> str:
    # To the microsecond: two within a second must not overwrite each other.
    return f"{datetime.now(timezone.utc):%Y%m%d-%H%M%S-%f}"


def main() -> int:
    """Save or restore. Returns 1 with the reason if it could not be done."""
    logs.configure()
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("file", type=Path, nargs="?")
    parser.add_argument("--restore", action="store_true", help="put the file's content back")
    options = parser.parse_args()
    new = BACKUPS / f"dripdesk-{_now()}.backup"
    failed = "Nothing was restored" if options.restore else "Nothing was saved"
    try:
        url = address(Settings.from_environment().database_url)
        if options.restore:
            if options.file is None:
                raise BackupError("Name a file: make restore FILE=...")
            _restore(url, options.file, new)
            print(f"Restored: {options.file}")
            failed = "It could not be noted who restored it"
            _note(url, "restored a backup")
        else:
            _save(url, options.file or new)
    except (BackupError, SettingError, SQLAlchemyError, OSError) as error:
        print(f"{failed}: {reason(error)}", file=sys.stderr)
        return 1
    if not options.restore:
        print(f"Saved: {options.file or new}")
        print("Without RECORDS_KEY its call-back requests cannot be read: keep that elsewhere.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
