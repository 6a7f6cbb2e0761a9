"""Browsers that talk to the website's channel of a clinic, without a network between."""

from __future__ import annotations

import asyncio
import itertools
import json
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import Any

import httpx2
from rasa.core.channels import channel
from sanic import Sanic

from addons import server
from dripdesk.settings import Settings
from tests.patients import Clinic

SITE = "https://www.clinic.example"
SETTINGS = replace(
    Settings(),
    secret="for tests only, 32 characters long",
    public_url="https://chat.clinic.example",
    allowed_origins=(SITE,),
    twilio_auth_token="for tests only, as Twilio makes it",
    kannel_token="for tests only, as we make it up",
    opt_out_by="dripdesk",
)


@lru_cache(maxsize=1)
def application() -> Sanic:
    """Return the server's application with our channels; each test puts its agent in.

    Sanic rewrites its own code at a start, which it can do only once in a process.
    """
    app = Sanic("for_tests", configure_logging=False)
    channel.register(server.open_channels(SETTINGS), app, "/webhooks/")
    server.limit_requests(app)
    asyncio.new_event_loop().run_until_complete(app._startup())
    return app


def serving(clinic: Clinic, settings: Settings = SETTINGS) -> Sanic:
    """Return the application as it serves a clinic; nobody has called before."""
    app = application()
    app.ctx.agent = clinic.agent
    for one in app.ctx.input_channels:
        one.__init__(settings)
    return app


@dataclass
class Browser:
    """One visitor: keeps the token, as the widget does."""

    app: Sanic
    loop: asyncio.AbstractEventLoop
    token: str = ""
    ids: Any = field(default_factory=lambda: map("message-{}".format, itertools.count()))

    async def call(
        self, method: str, path: str, body: Any = None, headers: dict[str, str] | None = None
    ) -> httpx2.Response:
        """Return the response to a request."""
        sent = {"Authorization": f"Bearer {self.token}", "Origin": SITE}
        content = body if isinstance(body, bytes) else json.dumps(body)
        if body is not None:
            sent["Content-Type"] = "application/json"
        transport = httpx2.ASGITransport(app=self.app)
        async with httpx2.AsyncClient(transport=transport, base_url="http://test") as client:
            return await client.request(
                method,
                f"/webhooks/web{path}",
                headers={**sent, **(headers or {})},
                content=None if body is None else content,
            )

    def request(self, *args: Any, **options: Any) -> httpx2.Response:
        """Return the response to a request, waiting for it."""
        return self.loop.run_until_complete(self.call(*args, **options))

    def begin(self) -> dict[str, Any]:
        """Begin a conversation."""
        begun: dict[str, Any] = self.request("POST", "/session", {}).json()
        self.token = begun["token"]
        return begun

    def another(self) -> Browser:
        """Return another visitor."""
        one = Browser(self.app, self.loop)
        one.begin()
        return one

    async def ask(self, text: str, message_id: str = "") -> httpx2.Response:
        """Return the response to a message."""
        body = {"id": message_id or next(self.ids), "text": text}
        answer = await self.call("POST", "/messages", body)
        self.token = answer.json().get("token", self.token)
        return answer

    def says(self, text: str, message_id: str = "") -> list[str]:
        """Return the texts of the answer to a message."""
        answer = self.loop.run_until_complete(self.ask(text, message_id)).json()
        return [part["text"] for part in answer["messages"]]


def browser(clinic: Clinic) -> Browser:
    """Return the first visitor of a clinic's website; a conversation has begun."""
    one = Browser(serving(clinic), clinic.loop)
    one.begin()
    return one
