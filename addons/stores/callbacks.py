"""`make callbacks`: lists the open call-back requests, or closes one."""

from __future__ import annotations

import argparse
import sys
from datetime import datetime, timezone, tzinfo
from zoneinfo import ZoneInfo

from sqlalchemy.exc import SQLAlchemyError

from addons.stores.database import Database
from dripdesk import access, live
from dripdesk.database import reason, shown
from dripdesk.fact_types import show_phone
from dripdesk.lined_yaml import FileError
from dripdesk.records import Callback
from dripdesk.settings import SettingError, Settings

NONE_OPEN = "No call-back request is open."


def report(requests: list[Callback], zone: tzinfo = timezone.utc) -> str:
    """Return what staff need to call: a block for each request, the oldest first."""
    return "\n\n".join(_block(one, zone) for one in requests) or NONE_OPEN


def clinic_zone() -> tzinfo:
    """Return the clinic's time zone, UTC where it is not known."""
    try:
        book = live.facts()
    except FileError:  # who waits is told all the same
        return timezone.utc
    is_known = book.state("timezone").spoken
    return ZoneInfo(str(book.facts["timezone"].value)) if is_known else timezone.utc


def _block(request: Callback, zone: tzinfo) -> str:
    made = datetime.fromtimestamp(request.made_at, zone)
    head = f"{request.id}. asked for on {made:%Y-%m-%d at %H:%M %Z}"
    if request.details is None:
        return f"{head}\n   cannot be read: put the key of that day into RECORDS_KEY, after a comma"
    one = request.details
    lines = (f"call {one.name} at {show_phone(one.phone)}", f"when: {one.time}")
    return "\n   ".join((head, *lines, f"about: {one.subject}"))


def main() -> int:
    """List, or close. Returns 1 with the reason if it could not be done."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--close", type=int, help="the number of a request that is done")
    parser.add_argument("--name", default="", help="who reads or closes, beside this system's user")
    options = parser.parse_args()
    who = access.staff(options.name)
    try:
        database = Database(Settings.from_environment().prepared().database_url)
        database.prepare()  # before the first start there is none
        database.close()
        records = live.records()
        if options.close is None:
            print(report(records.open_requests(who), clinic_zone()))
            print(f"\nLooked into {shown(Settings.from_environment().database_url)}")
            return 0
        records.close(options.close, who)
    except LookupError:
        print(f"There is no open request {options.close}. `make callbacks` lists those there are.")
        return 1
    except (SettingError, SQLAlchemyError, OSError) as error:
        print(f"The requests could not be read: {reason(error)}", file=sys.stderr)
        return 1
    print(f"Request {options.close} is closed.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
