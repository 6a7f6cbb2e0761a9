"""A channel for tests: `POST /webhooks/test/` with a conversation, a message id and a text."""

from __future__ import annotations

from typing import Any

from rasa.core.channels.channel import InputChannel
from sanic import Blueprint, response
from sanic.request import Request
from sanic.response import HTTPResponse

from addons.turns.turn import Incoming


class ForTests(InputChannel):
    """Hands messages to the path that the real channels use."""

    @classmethod
    def name(cls) -> str:
        """Return the part of its address."""
        return "test"

    def blueprint(self, on_new_message: Any) -> Blueprint:
        """Return the routes."""
        routes = Blueprint("channel_for_tests")

        async def receive(request: Request) -> HTTPResponse:
            answer = await request.app.ctx.agent.turns.answer(Incoming(**request.json))
            return response.json(answer)

        routes.add_route(receive, "/", methods=["POST"])
        return routes
