"""The application that listens: the channels, and nothing that they do not need."""

from __future__ import annotations

from collections.abc import Sequence

from rasa.core import run
from rasa.core.channels import channel
from rasa.core.channels.channel import InputChannel
from sanic import Sanic
from sanic_cors import CORS

WEBHOOKS = "/webhooks/"
WIDGET = r"/webhooks/web/.*"  # only this is asked for by pages of other websites
ASKED_ANEW = 600  # seconds; without it browsers ask before each message whether they may send it
KEPT_ALIVE = 120  # seconds: longer than nginx keeps a connection, so that it is the one to close it

# What loads or trains a model by Rasa's HTTP API: any page in a developer's browser can post there.
CLOSED = (
    ("model",),
    ("model", "train"),
    ("model", "test", "intents"),
    ("model", "test", "stories"),
)


def for_patients(channels: Sequence[InputChannel], origins: Sequence[str]) -> Sanic:
    """Return an application with the routes of the channels, and no other.

    Rasa's own also greets with its version at `/`, lets pages of the allowed websites read every
    address, and takes settings of Sanic from the environment.
    """
    app = Sanic("dripdesk", configure_logging=False, env_prefix="")
    app.config.AUTO_EXTEND = False  # else an installed sanic-ext adds routes that describe the rest
    app.config.KEEP_ALIVE_TIMEOUT = KEPT_ALIVE
    CORS(
        app,
        resources={WIDGET: {"origins": list(origins)}},
        automatic_options=True,
        methods=["GET", "POST", "DELETE"],
        allow_headers=["Authorization", "Content-Type"],
        max_age=ASKED_ANEW,
    )
    channel.register(list(channels), app, WEBHOOKS)
    return app


def for_tools(channels: Sequence[InputChannel], origins: Sequence[str], port: int) -> Sanic:
    """Return Rasa's application with its HTTP API, but for what loads or trains a model."""
    app = run.configure_app(list(channels), cors=list(origins), enable_api=True, port=port)
    app.config.AUTO_EXTEND = False
    for path in CLOSED:
        del app.router.static_routes[path]
    return app
