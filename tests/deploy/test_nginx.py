"""The nginx site, in a real nginx: what it opens, refuses and says when no server is there.

tests/cluster/ has servers behind it.
"""

from __future__ import annotations

import socket
import ssl
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer

import httpx2
import pytest

from tests.nginx import Nginx, check, nginx
from tests.patients import FIXED, FIXED_SMS
from tests.servers import free_port

LARGEST = 16 * 1024  # bytes of a request of the widget
ASKED = {  # by a browser, before a page of the clinic's website sends a message
    "Origin": "https://www.clinic.example",
    "Access-Control-Request-Method": "POST",
    "Access-Control-Request-Headers": "authorization,content-type",
}


@pytest.fixture(scope="module")
def alone() -> Iterator[Nginx]:
    """An nginx behind which no server runs."""
    with nginx([free_port(), free_port()]) as one:
        yield one


@pytest.fixture
def client(alone: Nginx) -> Iterator[httpx2.Client]:
    with httpx2.Client(verify=alone.trust(), base_url=alone.url) as one:
        yield one


def test_nginx_takes_the_site_and_would_tell_of_a_wrong_line(alone: Nginx) -> None:
    code, said = check(alone.folder)
    assert (code, "test is successful" in said, "[warn]" in said) == (0, True, False), said
    site = alone.folder / "dripdesk.conf"
    text = site.read_text()
    try:
        site.write_text(text.replace("limit_req zone=dripdesk_requests", "limit_req zone=another"))
        code, said = check(alone.folder)
    finally:
        site.write_text(text)
    assert code == 1
    assert 'zero size shared memory zone "another"' in said


@pytest.mark.parametrize(
    ("version", "is_spoken"),
    [
        (ssl.TLSVersion.TLSv1, False),
        (ssl.TLSVersion.TLSv1_1, False),
        (ssl.TLSVersion.TLSv1_2, True),
        (ssl.TLSVersion.TLSv1_3, True),
    ],
)
@pytest.mark.filterwarnings("ignore:ssl.TLSVersion:DeprecationWarning")
def test_only_what_is_safe_of_tls_is_spoken(
    alone: Nginx, version: ssl.TLSVersion, is_spoken: bool
) -> None:
    context = alone.trust()
    context.minimum_version = ssl.TLSVersion.TLSv1
    context.set_ciphers("ALL:@SECLEVEL=0")  # else this side would refuse by itself
    context.minimum_version = context.maximum_version = version
    with socket.create_connection(("127.0.0.1", alone.port), 5) as connection:
        if is_spoken:
            with context.wrap_socket(connection, server_hostname="127.0.0.1") as spoken:
                assert spoken.version() == version.name.replace("_", ".")
        else:
            with pytest.raises(ssl.SSLError, match=r"(?i)protocol.version"):
                context.wrap_socket(connection, server_hostname="127.0.0.1")


def test_what_is_not_encrypted_is_sent_on(alone: Nginx) -> None:
    plain = httpx2.get(f"http://127.0.0.1:{alone.plain_port}/x?y")
    assert plain.status_code == 301
    assert plain.headers["location"] == "https://127.0.0.1/x?y"


@pytest.mark.parametrize(
    "path",
    [
        "/", "/webhooks/web/health/ready", "/webhooks/rest/webhook", "/model/parse", "/demo/",
        "/webhooks/kannel/webhook", "/metrics", "/nginx-error.json", "/nginx-may-ask",
        "/twiml-fallback.xml", "/webhooks/web/../../model", "/webhooks/web/%2e%2e/%2e%2e/model",
    ],
)  # fmt: skip
def test_only_the_channels_are_open(client: httpx2.Client, path: str) -> None:
    told = client.get(path)
    assert told.status_code == 404
    assert f"<p>{FIXED}</p>" in told.text
    assert told.headers["strict-transport-security"] == "max-age=31536000"
    assert told.headers["server"] == "nginx"


def test_what_is_too_large_is_refused_with_a_text(client: httpx2.Client) -> None:
    large = client.post("/webhooks/web/messages", content=b"x" * (LARGEST + 1))
    assert large.status_code == 413
    assert large.json()["error"]["text"] == FIXED
    fits = client.post("/webhooks/web/messages", content=b"x" * LARGEST)
    assert fits.status_code == 502


def test_what_is_too_much_is_refused_with_a_text_and_others_are_not(client: httpx2.Client) -> None:
    one = {"X-Real-IP": "192.0.2.7"}
    told = [client.get("/webhooks/web/known", headers=one) for _ in range(100)]
    refused = [answer for answer in told if answer.status_code == 429]
    assert refused
    assert refused[0].json()["error"]["text"] == FIXED
    for _ in range(3):
        assert_may_send(client.options("/webhooks/web/messages", headers={**ASKED, **one}))
    other = client.get("/webhooks/web/known", headers={"X-Real-IP": "192.0.2.8"})
    assert other.status_code == 502
    texts = [client.post("/webhooks/twilio/webhook", headers=one) for _ in range(100)]
    assert {answer.status_code for answer in texts} == {200}  # as many as Twilio brings


def assert_may_send(asked: httpx2.Response) -> None:
    """Assert that a browser lets a page of another website send messages after this answer."""
    assert (asked.status_code, asked.content) == (204, b"")
    assert asked.headers["access-control-allow-origin"] == "*"
    assert asked.headers["access-control-allow-methods"] == "GET, POST, DELETE"
    assert asked.headers["access-control-allow-headers"] == "Authorization, Content-Type"
    # What nginx allowed is not believed for longer than it stands in for the server.
    assert "access-control-max-age" not in asked.headers
    assert asked.headers["strict-transport-security"] == "max-age=31536000"


def test_without_servers_everybody_reads_911_and_the_number(
    alone: Nginx, client: httpx2.Client
) -> None:
    asked = client.options("/webhooks/web/messages", headers=ASKED)
    assert_may_send(asked)
    origin = {"Origin": ASKED["Origin"]}
    told = client.post("/webhooks/web/messages?said=secret", json={}, headers=origin)
    assert told.status_code == 502
    assert told.json()["error"]["text"] == FIXED
    assert told.headers["access-control-allow-origin"] == "*"
    text = client.post("/webhooks/twilio/webhook", data={"Body": "hello"})
    assert text.status_code == 200
    assert text.headers["content-type"] == "text/xml"
    assert FIXED_SMS in text.text
    assert '"POST /webhooks/web/messages" 502' in alone.log
    assert "127.0.0.1" not in alone.log
    assert "192.0.2." not in alone.log
    assert "secret" not in alone.log


def test_while_a_server_runs_it_says_itself_which_websites_may_send() -> None:
    class Server(BaseHTTPRequestHandler):
        def do_OPTIONS(self) -> None:
            self.send_response(200)
            self.send_header("Asked-For", self.headers["X-Forwarded-Proto"])
            self.end_headers()

        def log_message(self, *args: object) -> None:
            pass

    with HTTPServer(("127.0.0.1", 0), Server) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        with nginx([server.server_port, free_port()]) as one:
            url = f"{one.url}/webhooks/web/messages"
            # One of the two is away: the first question may find that out.
            told = [httpx2.options(url, headers=ASKED, verify=one.trust()) for _ in range(4)]
        server.shutdown()
    assert {(answer.status_code, answer.headers["asked-for"]) for answer in told} == {
        (200, "https")
    }
    assert "access-control-allow-origin" not in told[0].headers
