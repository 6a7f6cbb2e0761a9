"""`python -m benchmarks.speed.echo PORT`: sends back the JSON that it is sent."""

from __future__ import annotations

import sys

from sanic import Sanic, response
from sanic.request import Request
from sanic.response import HTTPResponse


async def echo(request: Request) -> HTTPResponse:
    """Return what came."""
    return response.json(request.json)


if __name__ == "__main__":
    app = Sanic("echo")
    app.add_route(echo, "/", methods=["GET", "POST"])
    app.run("127.0.0.1", int(sys.argv[1]), access_log=False)
