"""A database of every earlier version is brought up to date, with all that is in it."""

from __future__ import annotations

import asyncio

import pytest
from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory
from rasa.shared.core.domain import Domain
from sqlalchemy import text

from addons.stores.database import MIGRATIONS, Database
from addons.stores.opt_outs import is_out
from addons.stores.people import known
from addons.stores.trackers import BoundedTrackerStore
from dripdesk.database import address, open_engine
from dripdesk.settings import SettingError

CONFIG = Config()
CONFIG.set_main_option("script_location", str(MIGRATIONS))
FIRST, *LATER = [
    one.revision for one in reversed(list(ScriptDirectory.from_config(CONFIG).walk_revisions()))
]

# Rows as that version of the program wrote them, written down here by hand.
SAID = (
    '{"event": "user", "timestamp": 7.5, "text": "is there wifi", "message_id": "m1", '
    '"parse_data": {"intent": {"name": "faq_wifi"}, "entities": [], "text": "is there wifi"}}'
)
ROWS: dict[str, list[tuple[str, dict[str, object]]]] = {
    "0001": [
        (
            "INSERT INTO events (sender_id, type_name, timestamp, intent_name, data) "
            "VALUES ('me', 'user', 7.5, 'faq_wifi', :data)",
            {"data": SAID},
        ),
        ("INSERT INTO conversations VALUES ('me', 1, '[]', 0, 7.5)", {}),
        (
            "INSERT INTO messages VALUES ('web', 'me', 'm1', 'owner', 7.5, :answer)",
            {"answer": '[{"text": "Yes."}]'},
        ),
    ],
    "0002": [("INSERT INTO feedback VALUES ('me', 'm1', 'faq_wifi', :yes, 8.5)", {"yes": True})],
    "0003": [
        (
            "INSERT INTO opt_outs (conversation, channel, is_out, wording, changed_at) "
            "VALUES ('me', 'kannel', :yes, 'STOP', 9.5)",
            {"yes": True},
        )
    ],
    "0004": [
        (
            "INSERT INTO callbacks (conversation, message_id, details, made_at) "
            "VALUES ('me', 'm2', 'a token', 10.5)",
            {},
        )
    ],
}


@pytest.mark.parametrize("version", [FIRST, *LATER])
def test_an_older_database_is_brought_up_to_date(version: str, database_url: str) -> None:
    engine = open_engine(address(database_url))
    written = [one for one in [FIRST, *LATER] if one <= version and one in ROWS]
    with engine.begin() as connection:
        CONFIG.attributes["connection"] = connection
        command.upgrade(CONFIG, version)
        for one in written:
            for statement, values in ROWS[one]:
                connection.execute(text(statement), values)
    engine.dispose()

    database = Database(database_url)
    assert database.transact(lambda one: known(one, "me"), False).said == ("is there wifi",)
    store = BoundedTrackerStore(database)
    store.domain = Domain.empty()
    tracker = asyncio.run(store.retrieve("me"))
    assert tracker is not None
    assert tracker.latest_message is not None
    assert tracker.latest_message.text == "is there wifi"
    assert database.transact(lambda one: is_out(one, "me"), False) == ("0003" in written)
    count = "SELECT count(*) FROM callbacks WHERE details = 'a token'"
    found = database.transact(lambda one: one.exec_driver_sql(count).scalar(), False)
    assert found == ("0004" in written)
    database.close()


def test_each_version_follows_the_one_before() -> None:
    assert FIRST == "0001"
    assert [FIRST, *LATER] == [f"{number:04}" for number in range(1, len(LATER) + 2)]


def test_a_database_of_a_newer_version_is_refused_with_what_to_do(database_url: str) -> None:
    database = Database(database_url)
    database.prepare()
    newer = text("UPDATE alembic_version SET version_num = '9999'")
    database.transact(lambda one: one.execute(newer))
    database.close()
    with pytest.raises(SettingError, match="Install that version again"):
        database.prepare()
    database.close()
