"""Requests that are not served: a status for programs, and a text that a patient can read."""

from __future__ import annotations

import json
from typing import Any

from sanic import response
from sanic.exceptions import SanicException
from sanic.request import Request
from sanic.response import HTTPResponse

from dripdesk import chat_texts, live

LARGEST = 16 * 1024  # bytes of a request of the widget
LARGEST_FORM = 64 * 1024  # bytes: a text of 1,600 characters, coded as gateways do, can have 20,000
HEADERS = {"Cache-Control": "no-store", "X-Content-Type-Options": "nosniff"}
CODES = {
    400: "bad_request",
    401: "no_session",
    403: "origin",
    404: "not_found",
    405: "method",
    413: "too_large",
    415: "media_type",
    429: "too_many",
    503: "failed",
}
"""Which text of data/general/web.yml goes with which status."""


class RefusedError(Exception):
    """A request that is not served."""

    def __init__(self, status: int) -> None:
        super().__init__(status)
        self.status = status


def refused(status: int) -> HTTPResponse:
    """Return an error for one of the statuses in CODES."""
    code = CODES[status]
    body = {"error": {"code": code, "text": chat_texts.error(code, live.facts())}}
    later = {"Retry-After": "60"} if status == 429 else {}
    return response.json(body, status, {**HEADERS, **later})


def refuse(request: Request, error: SanicException) -> HTTPResponse:
    """Answer what reaches no handler, such as an unknown address or a body that is too large."""
    return refused(error.status_code if error.status_code in CODES else 400)


def json_body(request: Request) -> dict[str, Any]:
    """Return the JSON object of a request. Raises RefusedError."""
    # Another type could be sent from any website without the browser asking us first.
    if request.headers.get("content-type", "").partition(";")[0].strip() != "application/json":
        raise RefusedError(415)
    if len(request.body) > LARGEST:
        raise RefusedError(413)
    try:
        body = json.loads(request.body)
    except (ValueError, RecursionError) as error:
        raise RefusedError(400) from error
    if not isinstance(body, dict):
        raise RefusedError(400)
    return body
