"""All that the server opens stands here, by hand; anything else fails."""

from __future__ import annotations

import os
import sys
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from sanic import Sanic

from addons import server
from dripdesk.settings import PROJECT
from tests.browsers import SETTINGS, SITE
from tests.servers import free_port, running

CHANNELS = """
GET    /webhooks/web/conversation
DELETE /webhooks/web/conversation
GET    /webhooks/web/dripdesk.js
POST   /webhooks/web/feedback
GET    /webhooks/web/health/live
GET    /webhooks/web/health/ready
GET    /webhooks/web/known
POST   /webhooks/web/messages
POST   /webhooks/web/session
"""
TWILIO = """
POST   /webhooks/twilio/status
POST   /webhooks/twilio/webhook
"""
KANNEL = """
POST   /webhooks/kannel/webhook
"""
DEMO = """
GET    /demo
GET    /demo/icon.svg
HEAD   /demo/icon.svg
GET    /demo/page.css
HEAD   /demo/page.css
"""
TOOLS = """
GET    /
GET    /conversations/<conversation_id:path>/story
GET    /conversations/<conversation_id:path>/tracker
POST   /conversations/<conversation_id:path>/execute
POST   /conversations/<conversation_id:path>/messages
POST   /conversations/<conversation_id:path>/predict
POST   /conversations/<conversation_id:path>/tracker/events
PUT    /conversations/<conversation_id:path>/tracker/events
POST   /conversations/<conversation_id:path>/trigger_intent
GET    /domain
POST   /model/parse
POST   /model/predict
GET    /status
GET    /version
GET    /webhooks/rest
POST   /webhooks/rest/webhook
"""
CLOSED = {"twilio_auth_token": "", "kannel_token": ""}


@contextmanager
def made(mode: str, dev: bool = False, **changed: Any) -> Iterator[Sanic]:
    settings = replace(SETTINGS, mode=mode, database_url="sqlite://", **changed)
    app = server.make_app(settings, dev)
    try:
        yield app
    finally:
        Sanic._app_registry.pop(app.name)


def listed(text: str) -> list[tuple[str, str]]:
    return sorted((line.split()[0], line.split()[1]) for line in text.strip().splitlines())


@pytest.mark.parametrize(
    ("mode", "dev", "changed", "expected"),
    [
        ("production", False, CLOSED, CHANNELS),
        ("production", False, {**CLOSED, "kannel_token": SETTINGS.kannel_token}, CHANNELS + KANNEL),
        ("production", False, {}, CHANNELS + TWILIO + KANNEL),
        ("dev", False, {}, CHANNELS + TWILIO + KANNEL + DEMO),
        ("dev", True, {}, CHANNELS + TWILIO + KANNEL + DEMO + TOOLS),
    ],
)
def test_nothing_else_is_open(mode: str, dev: bool, changed: dict[str, str], expected: str) -> None:
    lines = [line for line in expected.splitlines() if line]
    with made(mode, dev, **changed) as app:
        found = [(method, f"/{one.path}") for one in app.router.routes for method in one.methods]
        assert sorted(found) == listed("\n".join(lines))
        assert not app.websocket_enabled


@pytest.mark.parametrize("dev", [False, True])
def test_nothing_describes_the_routes(dev: bool) -> None:
    with made("dev", dev) as app:
        assert app.config.AUTO_EXTEND is False  # no OpenAPI, if sanic-ext is there


def test_the_environment_changes_nothing_of_sanic(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("AUTO_RELOAD", "AUTO_EXTEND", "NOISY_EXCEPTIONS"):
        monkeypatch.setenv(f"SANIC_{name}", "true")
    with made("production") as app:
        assert not app.config.AUTO_RELOAD
        assert not app.config.AUTO_EXTEND
        assert not app.config.NOISY_EXCEPTIONS


@pytest.fixture(scope="module")
def port(model: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[int]:
    """Return the port of a server that runs as in production."""
    folder, number = tmp_path_factory.mktemp("production"), free_port()
    environment = {
        **os.environ,
        "DRIPDESK_MODE": "production",
        "DRIPDESK_PORT": str(number),
        "DRIPDESK_SECRET": "ys0hAZYFfGZmXqIsmvZTnZ8Nq5jFRz2Q",
        "RECORDS_KEY": "8Jr1Qb5nHq0m5nYw3bJ7cV2kXz9LsT4gDf6hUaPeOoA=",
        "DATABASE_URL": f"sqlite:///{folder / 'test.db'}",
        "PUBLIC_URL": "https://chat.clinic.example",
        "ALLOWED_ORIGINS": SITE,
    }
    command = [sys.executable, "-m", "tests.production"]
    with running(command, number, PROJECT, environment, folder / "log"):
        yield number


def listening(port: int) -> set[str]:
    """Return the addresses on which a port listens, in hex, as Linux lists them."""
    lines = [
        line.split()
        for table in ("tcp", "tcp6")
        for line in Path(f"/proc/net/{table}").read_text().splitlines()[1:]
    ]
    places = [fields[1].split(":") for fields in lines if fields[3] == "0A"]
    return {address for address, number in places if int(number, 16) == port}


def test_it_listens_on_this_machine_only(port: int) -> None:
    assert listening(port) == {"0100007F"}  # 127.0.0.1


def call(port: int, method: str, path: str, **headers: str) -> tuple[int, dict[str, str]]:
    sent = {name.replace("_", "-"): value for name, value in headers.items()}
    request = urllib.request.Request(f"http://127.0.0.1:{port}{path}", None, sent, method=method)
    try:
        with urllib.request.urlopen(request, timeout=60) as answer:
            return answer.status, {name.lower(): value for name, value in answer.headers.items()}
    except urllib.error.HTTPError as error:
        error.close()
        return error.code, {name.lower(): value for name, value in error.headers.items()}


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("GET", "/"),
        ("GET", "/demo/"),
        ("GET", "/version"),
        ("GET", "/status"),
        ("GET", "/domain"),
        ("GET", "/docs"),
        ("GET", "/openapi.json"),
        ("GET", "/metrics"),
        ("POST", "/model/parse"),
        ("PUT", "/model"),
        ("DELETE", "/model"),
        ("GET", "/conversations/me/tracker"),
        ("POST", "/webhooks/rest/webhook"),
        ("GET", "/socket.io/"),
        ("POST", "/webhooks/twilio/webhook"),
        ("POST", "/webhooks/kannel/webhook"),
        ("GET", "/webhooks/web/"),
        ("GET", "/webhooks/web/../../config.yml"),
    ],
)
def test_production_knows_nothing_else(port: int, method: str, path: str) -> None:
    status, headers = call(port, method, path)
    assert status == 404
    if not path.startswith("/webhooks/web/"):
        assert "access-control-allow-origin" not in headers
    assert not any("rasa" in value.lower() for value in headers.values())


def test_other_websites_may_ask_for_the_chat_alone(port: int) -> None:
    asked = {
        "Origin": SITE,
        "Access_Control_Request_Method": "POST",
        "Access_Control_Request_Headers": "content-type, authorization, x-forwarded-for",
    }
    status, headers = call(port, "OPTIONS", "/webhooks/web/messages", **asked)
    assert status == 200
    assert headers["access-control-allow-origin"] == SITE
    assert {"authorization", "content-type"} == {
        name.strip().lower() for name in headers["access-control-allow-headers"].split(",")
    }
    assert headers["access-control-max-age"] == "600"
    assert "access-control-allow-credentials" not in headers  # tokens are no cookies
    status, headers = call(port, "GET", "/webhooks/web/dripdesk.js", Origin=SITE)
    assert (status, headers["access-control-allow-origin"]) == (200, SITE)
    for origin, path in (
        ("https://evil.example", "/webhooks/web/messages"),
        (f"{SITE}.evil.example", "/webhooks/web/messages"),
        (SITE, "/webhooks/kannel/webhook"),
        (SITE, "/"),
    ):
        _, headers = call(port, "OPTIONS", path, **{**asked, "Origin": origin})
        assert "access-control-allow-origin" not in headers
