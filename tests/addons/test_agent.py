"""Whatever fails, the patient reads something."""

from __future__ import annotations

import asyncio
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from rasa.core.channels.channel import CollectingOutputChannel, UserMessage

from addons import server
from addons.agent import AnsweringAgent
from dripdesk import live
from tests.conftest import BookOf

FIXED = (
    "I am sorry, I cannot answer right now. In an emergency, call 911. "
    "For anything else, please call 914-460-4891."
)


@pytest.fixture(autouse=True)
def fuse(monkeypatch: pytest.MonkeyPatch, book_of: BookOf) -> None:
    monkeypatch.setattr(live, "facts", lambda: book_of("fuse"))


def loaded(monkeypatch: pytest.MonkeyPatch, model: Path | None) -> AnsweringAgent:
    monkeypatch.setattr(server, "usable_model", lambda: model)
    app: Any = SimpleNamespace(ctx=SimpleNamespace())
    loop: Any = None
    asyncio.run(server.load_agent(server.load_endpoints(), app, loop))
    agent: AnsweringAgent = app.ctx.agent
    return agent


def ask(agent: AnsweringAgent, text: str, name: str = "collector") -> list[str]:
    channel = CollectingOutputChannel()
    channel.name = lambda: name
    asyncio.run(agent.handle_message(UserMessage(text, channel, "me")))
    return [message["text"] for message in channel.messages]


def test_without_a_model(monkeypatch: pytest.MonkeyPatch) -> None:
    agent = loaded(monkeypatch, None)
    assert ask(agent, "hello") == [FIXED]
    assert ask(agent, "hello", "sms") == [
        "Sorry, I cannot answer right now. Emergency? CALL 911. "
        "Anything else? Please call 914-460-4891."
    ]


def test_with_a_broken_model(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    broken = tmp_path / "dripdesk-broken.tar.gz"
    broken.write_bytes(b"not an archive")
    assert ask(loaded(monkeypatch, broken), "hello") == [FIXED]
    assert "No usable model" in caplog.text


def test_when_a_turn_fails(
    monkeypatch: pytest.MonkeyPatch, model: Path, caplog: pytest.LogCaptureFixture
) -> None:
    agent = loaded(monkeypatch, model)
    assert ask(agent, "what is your phone number?")[0].startswith("Our phone number is")

    def fail(*args: Any) -> None:
        raise RuntimeError("a secret that a patient wrote")

    monkeypatch.setattr(agent.processor, "handle_message", fail)
    assert ask(agent, "hello") == [FIXED]
    assert "A turn failed (RuntimeError)" in caplog.text
    assert "secret" not in caplog.text


def test_when_an_action_fails(monkeypatch: pytest.MonkeyPatch, model: Path) -> None:
    agent = loaded(monkeypatch, model)

    async def fail(**kwargs: Any) -> None:
        raise RuntimeError

    monkeypatch.setattr(agent.action_endpoint, "request", fail)
    monkeypatch.setattr(agent.processor.action_endpoint, "request", fail)
    assert ask(agent, "what is your phone number?") == [FIXED]


def test_what_is_personal_is_understood_but_not_stored(
    monkeypatch: pytest.MonkeyPatch, model: Path
) -> None:
    agent = loaded(monkeypatch, model)
    said = ask(agent, "do you have wifi, my cell is 914-555-0133")
    assert said[0].startswith("Yes, we have WiFi")
    tracker = asyncio.run(agent.tracker_store.retrieve("me"))
    stored = str([event.as_dict() for event in tracker.events])
    assert "do you have wifi, my cell is [phone]" in stored
    assert "0133" not in stored
