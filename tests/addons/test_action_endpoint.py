from __future__ import annotations

import asyncio
from typing import Any

import pytest
from rasa.core.utils import AvailableEndpoints
from rasa.utils.endpoints import EndpointConfig

from addons import server
from addons.action_endpoint import InProcessActions
from addons.stores.database import Database
from addons.stores.messages import Claim, MessageKey, this_turn
from addons.threads import Threads
from addons.turns.turn import Output


def call(name: str) -> dict[str, Any]:
    tracker = {
        "sender_id": "me", "slots": {}, "events": [], "paused": False, "active_loop": {},
        "latest_message": {"intent": {"name": "faq_phone"}, "entities": []},
        "followup_action": None, "latest_action_name": "action_listen",
    }  # fmt: skip
    return {"next_action": name, "tracker": tracker, "domain": {}}


def test_an_action_runs_in_this_process() -> None:
    result = asyncio.run(InProcessActions(Threads("test")).request(json=call("action_answer")))
    assert result["responses"][0]["response"] == "utter_faq_phone"
    assert {"event": "slot", "timestamp": None, "name": "offer", "value": "none"} in result[
        "events"
    ]


def test_an_action_that_fails_spoils_its_turn() -> None:
    """Rasa goes on after it, and would store and send what else was said."""
    endpoint = InProcessActions(Threads("test"))

    def fail(dispatcher: Any, tracker: Any, domain: Any) -> None:
        raise ZeroDivisionError

    endpoint._executor.register_function("action_x", fail)
    turn = Claim(MessageKey("web", "me", "1"), Output("web"))

    async def run() -> None:
        this_turn.set(turn)
        await endpoint.request(json=call("action_x"))

    with pytest.raises(ZeroDivisionError):
        asyncio.run(run())
    assert isinstance(turn.failure, ZeroDivisionError)


def test_a_standard_action_server_is_used_when_its_address_is_set(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    named = AvailableEndpoints(action=EndpointConfig("http://127.0.0.1:5055/webhook"))
    monkeypatch.setattr(AvailableEndpoints, "read_endpoints", lambda path: named)
    assert server.make_agent(Database("sqlite://")).action_endpoint is named.action
    assert type(named.action) is EndpointConfig
