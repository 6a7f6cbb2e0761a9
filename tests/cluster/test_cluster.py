"""Several servers, for real: nginx, two of our servers, and PostgreSQL.

`make test-faults` is the long form.
"""

from __future__ import annotations

import asyncio
import uuid
from collections.abc import Awaitable, Callable, Iterator
from itertools import cycle
from pathlib import Path

import httpx2
import pytest

from addons.channels.visitors import SESSIONS
from tests.cluster import faults
from tests.cluster.cluster import Cluster
from tests.cluster.cluster import cluster as run_cluster
from tests.cluster.visitors import Visitor, browser
from tests.faults.counts import Delivery, count

TRIALS = 50

pytestmark = pytest.mark.alone


@pytest.fixture(scope="module")
def cluster(model: Path) -> Iterator[Cluster]:
    with run_cluster() as one:
        yield one


@pytest.fixture
def client(cluster: Cluster) -> Iterator[httpx2.Client]:
    with httpx2.Client(verify=cluster.nginx.trust(), base_url=cluster.nginx.url) as one:
        yield one


def visit(cluster: Cluster, talk: Callable[[Visitor], Awaitable[None]]) -> list[Delivery]:
    """Let one visitor talk; return what became of the messages."""
    deliveries: list[Delivery] = []

    async def go() -> None:
        async with browser(cluster) as client:
            visitor = Visitor(cluster, client, deliveries)
            await visitor.begin()
            await talk(visitor)

    asyncio.run(go())
    return deliveries


def test_a_conversation_goes_on_at_another_server(cluster: Cluster) -> None:
    texts = (
        "how much does it cost", "yes", "never mind", "please call me back", "Ann", "914-555-0133",
        "tomorrow after lunch", "my bill",
    )  # fmt: skip
    one, other = (server.url for server in cluster.servers)

    def said(urls: list[str]) -> list[str]:
        async def talk(visitor: Visitor) -> None:
            for text, url in zip(texts, cycle(urls)):
                await visitor.deliver(text, uuid.uuid4().hex, url)

        deliveries = visit(cluster, talk)
        assert all(delivery.is_real for delivery in deliveries)
        return [" ".join(delivery.answer or ()) for delivery in deliveries]

    alternating = said([one, other])
    assert alternating[1].startswith("I can work out an estimate with you.")
    assert all(part in alternating[7] for part in ("Ann", "914-555-0133", "my bill"))
    assert alternating == said([one])


def test_a_message_is_answered_once_whichever_server_gets_it(cluster: Cluster) -> None:
    message_id = uuid.uuid4().hex

    async def talk(visitor: Visitor) -> None:
        urls = [server.url for server in cluster.servers] * 5
        await asyncio.gather(*(visitor.deliver("is there wifi", message_id, url) for url in urls))

    deliveries = visit(cluster, talk)
    assert deliveries[0].answer
    assert deliveries[0].answer[0].startswith("We have WiFi")
    counts = count(deliveries, cluster.database)
    assert counts.messages == 1
    assert counts.is_clean, counts


def test_messages_at_once_at_two_servers(cluster: Cluster) -> None:
    counts = faults.simultaneous(cluster, TRIALS)
    print(counts)
    assert counts.messages == TRIALS * faults.AT_ONCE
    assert counts.is_clean, counts


@pytest.mark.parametrize("fault", faults.FAULTS, ids=lambda fault: str(fault.__name__))
def test_a_fault(cluster: Cluster, fault: faults.Fault) -> None:
    counts, differ = faults.inject(cluster, fault)
    print(counts)
    assert counts.messages > len(faults.SCRIPT)
    assert counts.told > 0 or fault not in faults.FELT
    assert counts.is_clean, counts
    assert differ == 0


def test_the_same_conversation_goes_to_the_same_server(cluster: Cluster) -> None:
    def answered() -> list[int]:
        return [server.log.read_text().count("event=turn") for server in cluster.servers]

    async def talk(visitor: Visitor) -> None:
        for _ in range(10):
            await visitor.deliver("is there wifi", uuid.uuid4().hex)

    shares = set()
    for _ in range(3):
        before = answered()
        visit(cluster, talk)
        shares.add(tuple(now - then for now, then in zip(answered(), before, strict=True)))
    assert shares <= {(10, 0), (0, 10)}


def test_the_chat_is_open_and_health_is_not(cluster: Cluster, client: httpx2.Client) -> None:
    script = client.get("/webhooks/web/dripdesk.js")
    assert script.status_code == 200
    assert "dripdesk-chat" in script.text
    assert script.headers["content-encoding"] == "gzip"
    known = {"If-None-Match": script.headers["etag"]}
    assert client.get("/webhooks/web/dripdesk.js", headers=known).status_code == 304
    token = client.post("/webhooks/web/session", json={})
    assert token.status_code == 201
    assert "content-encoding" not in token.headers
    for server in cluster.servers:
        assert httpx2.get(f"{server.url}/webhooks/web/health/ready").status_code == 200
    assert client.get("/webhooks/web/health/ready").status_code == 404


def test_a_visitor_cannot_pass_for_many(client: httpx2.Client) -> None:
    same_server = {"Authorization": f"Bearer {'0' * 32}.", "X-Real-IP": "192.0.2.9"}
    for number in range(SESSIONS + 1):
        made_up = {"X-Forwarded-For": f"192.0.2.{number}"}
        told = client.post("/webhooks/web/session", json={}, headers=same_server | made_up)
        assert told.status_code == (201 if number < SESSIONS else 429)
    assert told.json()["error"]["text"].startswith("That was a lot at once.")


def test_no_log_tells_of_who_wrote_or_what(cluster: Cluster) -> None:
    logs = [server.log.read_text() for server in cluster.servers]
    assert all("event=turn" in log for log in logs)
    for log in (*logs, cluster.nginx.log, (cluster.postgres.folder / "log").read_text()):
        assert not any(part in log for part in ("10.0.0.", "192.0.2.", "wifi", "914-555-0133"))
