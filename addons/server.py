"""Starts the assistant on 127.0.0.1: `python -m addons.server [--dev]`."""

from __future__ import annotations

import argparse
import ctypes
import gc
import logging
import os
import socket
import sys
from asyncio import AbstractEventLoop
from collections.abc import Sequence
from contextlib import suppress
from functools import partial

from addons.slim import left_out

if __name__ == "__main__":
    gc.disable()  # until all is loaded: else much of a start is spent looking for what to collect
    if "--dev" not in sys.argv:
        left_out.begin_server()  # before what imports it

from addons import logs

logs.configure()  # before Rasa is imported

from rasa.core.channels.channel import InputChannel  # noqa: E402
from rasa.core.channels.rest import RestInput  # noqa: E402
from rasa.core.utils import AvailableEndpoints  # noqa: E402
from sanic import Sanic  # noqa: E402
from sanic.exceptions import SanicException  # noqa: E402

from addons import application, fast, metrics, notify, site, watchdog  # noqa: E402
from addons.action_endpoint import InProcessActions  # noqa: E402
from addons.agent import AnsweringAgent  # noqa: E402
from addons.channels import refusals  # noqa: E402
from addons.channels.kannel import KannelInput  # noqa: E402
from addons.channels.twilio import TwilioInput  # noqa: E402
from addons.channels.web import WebInput  # noqa: E402
from addons.stores.database import Database  # noqa: E402
from addons.threads import Threads  # noqa: E402
from dripdesk import chat_texts, live, opt_out, safeguards, safety_texts  # noqa: E402
from dripdesk.database import reason, tells_too_much  # noqa: E402
from dripdesk.lined_yaml import FileError  # noqa: E402
from dripdesk.model import usable_model  # noqa: E402
from dripdesk.settings import PROJECT, SettingError, Settings  # noqa: E402

logger = logging.getLogger("dripdesk")

HOST = "127.0.0.1"  # the gateway in front of us is what the outside talks to
READY = {
    "dev": """
Dripdesk is ready. Ask it something on the demo page: http://{host}:{port}/demo/
""",
    "production": "Dripdesk is ready for the gateway in front of it, on http://{host}:{port}/",
}


def make_agent(database: Database) -> AnsweringAgent:
    """Return an agent without a model.

    Its texts and actions are as endpoints.yml says; without an action server there, actions run in
    this process. Functions of Rasa are replaced by those of addons/fast, in the whole process.
    """
    endpoints = AvailableEndpoints.read_endpoints(str(PROJECT / "endpoints.yml"))
    threads = Threads("code")
    actions = endpoints.action or InProcessActions(threads)
    fast.make_all(fast.SWAPS, Settings.from_environment().fast_off)
    return AnsweringAgent(
        database, threads, live.danger, generator=endpoints.nlg, action_endpoint=actions
    )


async def load_model(agent: AnsweringAgent, app: Sanic, loop: AbstractEventLoop) -> None:
    """Put the agent in place before the server listens; a model that cannot be used is left out."""
    app.ctx.agent = agent
    path = usable_model()
    try:
        if path is None:
            raise FileNotFoundError("there is none; `make train` makes one")
        agent.load_model(path)
    except Exception as error:  # any kind of broken archive: patients still get the fixed text
        agent.processor = None
        logger.error("No usable model (%s). Every message gets the fixed text.", error)


async def try_database(agent: AnsweringAgent, app: Sanic, loop: AbstractEventLoop) -> None:
    """Say what is wrong with the database. Without it the server starts as well."""
    try:
        warnings = await agent.database.read(tells_too_much)
    except Exception as error:
        logger.error(
            "The database cannot be used (%s). Every message gets the fixed text until it can.",
            reason(error),
        )
        return
    for warning in warnings:
        logger.warning(
            "PostgreSQL may write what patients say into its own log: set %s (see README).", warning
        )


def limit_requests(app: Sanic) -> None:
    """Let no request be larger than messages are, and let none be refused in technical words."""
    app.config.REQUEST_MAX_SIZE = refusals.LARGEST_FORM
    app.error_handler.add(SanicException, refusals.refuse)


def open_channels(settings: Settings) -> list[InputChannel]:
    """Return the channels that the settings open: gateways only with their secrets."""
    gateways = ((TwilioInput, settings.twilio_auth_token), (KannelInput, settings.kannel_token))
    return [WebInput(settings), *(gateway(settings) for gateway, token in gateways if token)]


def make_app(settings: Settings, dev: bool, channels: Sequence[InputChannel] = ()) -> Sanic:
    """Return the server application; `dev` adds Rasa's HTTP API for tools."""
    port = settings.port
    agent = make_agent(Database(settings.database_url))
    notifiers = notify.notifiers(settings, agent.database)
    ours, origins = [*open_channels(settings), *channels], settings.allowed_origins
    if dev:
        app = application.for_tools([*ours, RestInput()], origins, port)
    else:
        app = application.for_patients(ours, origins)
    limit_requests(app)
    if settings.mode == "dev":
        app.blueprint(site.demo())
    for prepare in (load_model, try_database):
        app.register_listener(partial(prepare, agent), "before_server_start")

    async def announce(app: Sanic, loop: AbstractEventLoop) -> None:
        print(READY[settings.mode].format(host=HOST, port=port), flush=True)
        with suppress(FileError):  # which is told when a text is needed
            live.responses()  # or the first patient would wait for it
        gc.freeze()  # what is loaded stays: no collection has to look at it again
        gc.enable()
        give_back()

    async def finish(app: Sanic, loop: AbstractEventLoop) -> None:
        await agent.recorder.done()

    for notifier in notifiers:
        app.register_listener(notifier.start, "after_server_start")
        app.register_listener(notifier.stop, "before_server_stop")
    app.register_listener(announce, "after_server_start")
    app.register_listener(watchdog.start, "after_server_start")
    # Messages are still answered while the server stops: these tasks come last.
    app.register_listener(finish, "after_server_stop")
    return app


def give_back() -> None:
    """Return to the system the memory that only loading took, where the C library can."""
    with suppress(OSError, AttributeError):  # not on musl, nor on a Mac
        ctypes.CDLL("libc.so.6").malloc_trim(0)


def try_port(port: int) -> None:
    """Raise SettingError if the port cannot be had: Sanic would only log that, and end well."""
    with socket.socket() as tried:
        tried.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            tried.bind((HOST, port))
        except OSError as error:
            raise SettingError(
                f"port {port} cannot be used ({error.strerror}). Stop what uses it "
                f"(ss -ltnp 'sport = :{port}' shows that), or set DRIPDESK_PORT to another."
            ) from error


def main() -> int:
    """Serve until stopped. Returns 1 if settings or facts cannot be used."""
    parser = argparse.ArgumentParser(description="Start Dripdesk on 127.0.0.1.")
    parser.add_argument("--dev", action="store_true", help="also open Rasa's HTTP API, for tools")
    dev = parser.parse_args().dev
    try:
        settings = Settings.from_environment().prepared()
        live.records()  # a key that is none is told of as such
        start = safeguards.Start(dev, logs.is_debugging(), os.geteuid())
        if refused := safeguards.refusals(settings, start):
            for why in refused:
                print(f"Dripdesk cannot start: {why}", file=sys.stderr)
            return 1
        try_port(settings.port)
        # Read now: later they must be there.
        safety_texts.failure("web", live.facts())
        live.danger("")
        chat_texts.texts()
        opt_out.words()
        os.chdir(PROJECT)  # addons and actions are found from here, as by Rasa's own commands
        app = make_app(settings, dev)
        if settings.metrics_port:
            metrics.serve(settings.metrics_port)
    except (SettingError, FileError) as error:
        print(f"Dripdesk cannot start: {error}", file=sys.stderr)
        return 1
    app.run(host=HOST, port=settings.port, access_log=False)
    return 0


if __name__ == "__main__":
    sys.exit(main())
