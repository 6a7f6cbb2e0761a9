"""Visitors who write to a cluster, each with a browser that does not give up."""

from __future__ import annotations

import asyncio
import itertools
import time
from dataclasses import dataclass, field
from typing import Any

import httpx2

from tests.cluster.cluster import Cluster
from tests.faults.counts import Delivery

READABLE = (200, 500, 502, 503, 504)  # with a text for the patient
AGAIN = 1.0  # seconds until the browser tries again
PATIENCE = 60.0  # seconds until a visitor gives up
ADDRESSES = map("10.{0[0]}.{0[1]}.{0[2]}".format, itertools.product(range(256), repeat=3))


@dataclass
class Visitor:
    """One conversation on the website; notes what became of every message."""

    cluster: Cluster
    client: httpx2.AsyncClient
    deliveries: list[Delivery]
    conversation: str = ""
    _token: str = ""
    _headers: dict[str, str] = field(default_factory=dict)

    async def begin(self) -> None:
        """Begin a conversation, by nginx, as a visitor whom nobody has seen before."""
        address = next(ADDRESSES)
        # By nginx, and straight to a server, which believes what a proxy on this machine says.
        self._headers = {"X-Real-IP": address, "X-Forwarded-For": address}
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end:
            try:
                told = await self._post(self.cluster.nginx.url, "session", {})
            except httpx2.TransportError:
                told = None
            if told is not None and told.status_code == 201:
                self._token = told.json()["token"]
                self._headers["Authorization"] = f"Bearer {self._token}"
                self.conversation = self.cluster.conversation(self._token)
                return
            await asyncio.sleep(AGAIN)
        raise AssertionError("No conversation could be begun.")

    async def insist(self, text: str, message_id: str, url: str = "") -> tuple[str, ...]:
        """Send a message until it is answered, as the widget does; return the answer, or ()."""
        end = time.monotonic() + PATIENCE
        while True:
            delivery = await self.deliver(text, message_id, url)
            if delivery.is_real:
                return delivery.answer or ()
            if time.monotonic() > end:
                return ()
            await asyncio.sleep(AGAIN)

    async def deliver(self, text: str, message_id: str, url: str = "") -> Delivery:
        """Send a message once, by nginx or straight to a server."""
        sent_at = time.monotonic()
        answer: tuple[str, ...] | None = None
        is_error = True
        try:
            told = await self._post(
                url or self.cluster.nginx.url, "messages", {"id": message_id, "text": text}
            )
        except httpx2.TransportError:
            pass
        else:
            assert told.status_code in READABLE, told.text
            is_error, body = told.status_code != 200, told.json()
            parts = [body["error"]] if is_error else body["messages"]
            answer = tuple(str(part["text"]) for part in parts)
        delivery = Delivery(
            self.conversation, message_id, answer, is_error, sent_at, time.monotonic()
        )
        self.deliveries.append(delivery)
        return delivery

    async def _post(self, url: str, path: str, body: dict[str, str]) -> httpx2.Response:
        return await self.client.post(
            f"{url}/webhooks/web/{path}", json=body, headers=self._headers
        )


def browser(cluster: Cluster) -> httpx2.AsyncClient:
    """Return what visitors' browsers share: trust in nginx's certificate, and patience."""
    options: dict[str, Any] = {"limits": httpx2.Limits(max_connections=None)}
    return httpx2.AsyncClient(verify=cluster.nginx.trust(), timeout=20, **options)
