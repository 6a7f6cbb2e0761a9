"""Rasa's own channels and tools take the same path as ours."""

from __future__ import annotations

import asyncio
import shutil
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from rasa.core.channels.channel import CollectingOutputChannel, UserMessage

from addons import server
from addons.agent import AnsweringAgent
from addons.stores.database import Database
from addons.stores.trackers import BoundedTrackerStore
from dripdesk import live
from dripdesk.model import ModelError
from tests.conftest import BookOf
from tests.patients import FIXED, FIXED_SMS, PHONE


@pytest.fixture(autouse=True)
def fuse(monkeypatch: pytest.MonkeyPatch, book_of: BookOf) -> None:
    monkeypatch.setattr(live, "facts", lambda: book_of("fuse"))


def loaded(monkeypatch: pytest.MonkeyPatch, model: Path | None, folder: Path) -> AnsweringAgent:
    monkeypatch.setattr(server, "usable_model", lambda: model)
    app: Any = SimpleNamespace(ctx=SimpleNamespace())
    loop: Any = None
    agent = server.make_agent(Database(f"sqlite:///{folder / 'test.db'}"))
    asyncio.run(server.load_model(agent, app, loop))
    answering: AnsweringAgent = app.ctx.agent
    return answering


def ask(agent: AnsweringAgent, text: str, name: str = "collector") -> list[str]:
    channel = CollectingOutputChannel()
    channel.name = lambda: name
    asyncio.run(agent.handle_message(UserMessage(text, channel, "me")))
    return [message["text"] for message in channel.messages]


def test_with_a_model(monkeypatch: pytest.MonkeyPatch, model: Path, tmp_path: Path) -> None:
    agent = loaded(monkeypatch, model, tmp_path)
    assert ask(agent, "what is your phone number?") == [PHONE]
    assert isinstance(agent.tracker_store, BoundedTrackerStore)
    assert agent.processor.tracker_store is agent.tracker_store


def test_a_turn_with_danger_signs_is_stored_after_it_was_sent(
    monkeypatch: pytest.MonkeyPatch, model: Path, tmp_path: Path
) -> None:
    agent = loaded(monkeypatch, model, tmp_path)

    async def in_danger() -> Any:
        channel = CollectingOutputChannel()
        await agent.handle_message(UserMessage("my throat is closing", channel, "me"))
        await agent.recorder.done()
        return channel.messages, await agent.tracker_store.retrieve("me")

    (message,), tracker = asyncio.run(in_danger())
    assert message["text"].startswith("Call 911 now.")
    assert [event.text for event in tracker.events if event.type_name == "bot"] == [message["text"]]


def test_without_a_model(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    agent = loaded(monkeypatch, None, tmp_path)
    assert ask(agent, "hello") == [FIXED]
    assert ask(agent, "hello", "sms") == [FIXED_SMS]


def test_with_a_broken_model(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    broken = tmp_path / "dripdesk-broken.tar.gz"
    broken.write_bytes(b"not an archive")
    monkeypatch.setattr("addons.agent.archive", lambda path: path)
    assert ask(loaded(monkeypatch, broken, tmp_path), "hello") == [FIXED]
    assert "No usable model" in caplog.text


def test_a_model_from_another_place_is_not_loaded(
    monkeypatch: pytest.MonkeyPatch, model: Path, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    elsewhere = tmp_path / model.name
    shutil.copy(model, elsewhere)  # a good one, but anybody could have put it there
    assert ask(loaded(monkeypatch, elsewhere, tmp_path), "hello") == [FIXED]
    assert "is not in" in caplog.text


def test_no_model_is_fetched(tmp_path: Path) -> None:
    agent = server.make_agent(Database(f"sqlite:///{tmp_path / 'test.db'}"))
    assert agent.model_server is None
    assert agent.remote_storage is None
    with pytest.raises(ModelError, match="nowhere else"):
        agent.load_model_from_remote_storage("dripdesk-new.tar.gz")
