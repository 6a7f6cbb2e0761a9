"""PostgreSQL is away when the server starts, comes, goes and comes back: nobody reads nothing."""

from __future__ import annotations

from pathlib import Path

import pytest
from rasa.core.processor import MessageProcessor

from dripdesk import live
from tests.conftest import BookOf
from tests.patients import FIXED, PHONE, clinic
from tests.postgres import postgres

ASK = "what is your phone number?"


def test_postgresql_comes_and_goes(
    tmp_path: Path, processor: MessageProcessor, book_of: BookOf, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(live, "facts", lambda: book_of("fuse"))
    with postgres() as server:
        url = server.new_database()
        server.stop()
        with clinic(tmp_path, processor, url) as one:
            assert one.says(ASK, "1") == [FIXED]
            assert one.says("my throat is closing", conversation="you")[0].startswith(
                "Call 911 now."
            )
            server.start()
            assert one.says(ASK, "1") == [PHONE]
            server.kill()
            assert one.says("is there wifi", "2") == [FIXED]
            server.start()
            assert one.says("is there wifi", "2")[0].startswith("We have WiFi")
            assert one.says(ASK, "1") == [PHONE]
            users = [event.text for event in one.stored() if event.type_name == "user"]
            assert users == [ASK, "is there wifi"]
