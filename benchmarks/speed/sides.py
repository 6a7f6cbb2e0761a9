"""The two that are compared: how each is started, greeted and written to."""

from __future__ import annotations

import itertools
import json
import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

import aiohttp

from benchmarks.nlu.pipelines import OURS as OUR_PIPELINE
from benchmarks.nlu.pipelines import STOCK as STOCK_PIPELINE
from benchmarks.speed.processes import Process, free_port
from dripdesk.settings import PROJECT

PYTHON, STOCK_PYTHON = OUR_PIPELINE.python, STOCK_PIPELINE.python
LOOPBACK = "http://127.0.0.1"
ENVIRONMENT = {
    **{name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ},
    "PYTHONPATH": str(PROJECT),  # addons and actions are found from here
    "RASA_TELEMETRY_ENABLED": "false",
    "SQLALCHEMY_SILENCE_UBER_WARNING": "1",
    "TF_CPP_MIN_LOG_LEVEL": "3",
    "SANIC_HOST": "127.0.0.1",  # of Rasa's action server
    "DRIPDESK_SECRET": "a secret of the benchmark, long enough",
    "RECORDS_KEY": "YmVuY2htYXJrYmVuY2htYXJrYmVuY2htYXJrYmVuY2g=",
}

Http = aiohttp.ClientSession


class Patient(Protocol):
    """Somebody who writes to a server."""

    async def say(self, http: Http, text: str) -> int:
        """Send a message, read the answer; return the HTTP status."""
        ...


class Side(Protocol):
    """A server with its model, its database in a folder, and whatever else it needs."""

    most: int
    """Messages a second: patients for so many are greeted before the clock runs."""

    @property
    def environment(self) -> Mapping[str, str]:
        """The variables that its processes see."""
        ...

    @property
    def processes(self) -> list[Process]:
        """All that has to run."""
        ...

    async def patient(self, http: Http) -> Patient:
        """Return somebody new."""
        ...


@dataclass(frozen=True)
class OurPatient:
    """A browser with a token; each has an address of its own, as behind a proxy."""

    url: str
    headers: dict[str, str]
    ids: Iterator[str]

    async def say(self, http: Http, text: str) -> int:
        """Send a message with an id, read the answer; return the HTTP status."""
        body = {"id": next(self.ids), "text": text}
        async with http.post(f"{self.url}/messages", json=body, headers=self.headers) as answer:
            await answer.read()
            return answer.status


class Ours:
    """Dripdesk as `make run` starts it."""

    most = 400

    def __init__(self, folder: Path) -> None:
        self._port = free_port()
        self._addresses = itertools.count(1)
        self.environment = ENVIRONMENT | {
            "DRIPDESK_PORT": str(self._port),
            "DATABASE_URL": f"sqlite:///{folder / 'ours.db'}",
        }

    @property
    def _url(self) -> str:
        return f"{LOOPBACK}:{self._port}/webhooks/web"

    @property
    def processes(self) -> list[Process]:
        """The server."""
        return [Process([PYTHON, "-m", "addons.server"], f"{self._url}/health/ready")]

    async def patient(self, http: Http) -> OurPatient:
        """Return somebody whose browser has begun a conversation."""
        number = next(self._addresses)
        address = f"10.{number >> 16 & 255}.{number >> 8 & 255}.{number & 255}"
        headers = {"X-Forwarded-For": address}
        async with http.post(f"{self._url}/session", json={}, headers=headers) as answer:
            token = (await answer.json())["token"]
        ids = (f"message-{number}" for number in itertools.count())
        return OurPatient(self._url, headers | {"Authorization": f"Bearer {token}"}, ids)


@dataclass(frozen=True)
class StockPatient:
    """Somebody by the name that he gives."""

    url: str
    name: str

    async def say(self, http: Http, text: str) -> int:
        """Send a message, read the answer; return the HTTP status."""
        body = {"sender": self.name, "message": text}
        async with http.post(self.url, json=body) as answer:
            await answer.read()
            return answer.status


class Stock:
    """Stock Rasa as its documentation starts it: with an action server and SQL on SQLite."""

    most = 400

    def __init__(self, folder: Path, model: Path) -> None:
        self._port, self._action_port = free_port(), free_port()
        self._model = model
        self._names = itertools.count(1)
        self.endpoints, self._credentials = folder / "endpoints.yml", folder / "credentials.yml"
        self.environment = ENVIRONMENT | {"DATABASE_URL": f"sqlite:///{folder / 'calls.db'}"}
        endpoints: dict[str, Any] = {
            "action_endpoint": {"url": f"{LOOPBACK}:{self._action_port}/webhook"},
            "tracker_store": {"type": "SQL", "dialect": "sqlite", "db": str(folder / "stock.db")},
            "nlg": {"type": "addons.nlg.FactsNLG"},  # the same texts and facts as ours
        }
        self.endpoints.write_text(json.dumps(endpoints))
        self._credentials.write_text('{"rest": null}')

    @property
    def actions(self) -> Process:
        """The action server, with our actions."""
        port = str(self._action_port)
        command: list[str | Path] = [STOCK_PYTHON, "-m", "rasa", "run", "actions", "--port", port]
        return Process(command, f"{LOOPBACK}:{port}/health")

    @property
    def processes(self) -> list[Process]:
        """The action server and the server."""
        command: list[str | Path] = [STOCK_PYTHON, "-m", "rasa", "run", "--model", self._model]
        command += ["--endpoints", self.endpoints, "--credentials", self._credentials]
        command += ["--interface", "127.0.0.1", "--port", str(self._port)]
        return [self.actions, Process(command, f"{LOOPBACK}:{self._port}/")]

    async def patient(self, http: Http) -> StockPatient:
        """Return somebody with a name of his own."""
        url = f"{LOOPBACK}:{self._port}/webhooks/rest/webhook"
        return StockPatient(url, f"patient-{next(self._names)}")


class Echo:
    """A server of the same framework that only sends back what it gets: the floor."""

    environment: Mapping[str, str] = ENVIRONMENT
    most = 20_000

    def __init__(self) -> None:
        self._port = free_port()

    @property
    def processes(self) -> list[Process]:
        """The server."""
        command: list[str | Path] = [PYTHON, "-m", "benchmarks.speed.echo", str(self._port)]
        return [Process(command, f"{LOOPBACK}:{self._port}/")]

    async def patient(self, http: Http) -> StockPatient:
        """Return somebody."""
        return StockPatient(f"{LOOPBACK}:{self._port}/", "somebody")
