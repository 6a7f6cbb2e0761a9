"""The widget's script, and a page like a clinic's own on which it can be tried."""

from __future__ import annotations

import hashlib
from functools import lru_cache
from html import escape
from string import Template

from sanic import Blueprint, response
from sanic.request import Request
from sanic.response import HTTPResponse

from dripdesk import chat_texts, live
from dripdesk.facts import FactBook
from dripdesk.settings import PROJECT

SCRIPT = PROJECT / "widget" / "dist" / "dripdesk.js"
DEMO = PROJECT / "widget" / "demo"
FACTS = ("phone", "hours", "address", "amenities")
NOSNIFF = {"X-Content-Type-Options": "nosniff"}
# As strict as a clinic's page can be: the widget has to work under it.
POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self'",
        "connect-src 'self'",
        "base-uri 'none'",
        "form-action 'none'",
        "frame-ancestors 'none'",
        "require-trusted-types-for 'script'",
    )
)


async def script(request: Request) -> HTTPResponse:
    """Return the widget's script."""
    content, tag = _script()
    headers = {
        **NOSNIFF,
        "ETag": tag,
        "Cache-Control": "public, max-age=300",
        "Cross-Origin-Resource-Policy": "cross-origin",  # clinics' own websites load it
    }
    # A proxy that compresses it calls the tag weak (RFC 9110, 8.8.3).
    if request.headers.get("if-none-match", "").removeprefix("W/") == tag:
        return response.empty(304, headers)
    return response.raw(content, 200, headers, "text/javascript; charset=utf-8")


@lru_cache(maxsize=1)
def _script() -> tuple[bytes, str]:
    content = SCRIPT.read_bytes()
    return content, f'"{hashlib.sha256(content).hexdigest()}"'


def demo() -> Blueprint:
    """Return the routes of the demo page."""
    routes = Blueprint("demo", url_prefix="/demo")
    routes.add_route(_page, "/", methods=["GET"], name="page")
    for name in ("page.css", "icon.svg"):
        routes.static(f"/{name}", str(DEMO / name), name=name)
    return routes


async def _page(request: Request) -> HTTPResponse:
    """Return the page, with the facts of the clinic as they are now."""
    page = Template((DEMO / "page.html").read_text(encoding="utf-8"))
    headers = {**NOSNIFF, "Content-Security-Policy": POLICY, "Cache-Control": "no-store"}
    return response.html(page.substitute(_facts(live.facts())), headers=headers)


def _facts(book: FactBook) -> dict[str, str]:
    """Return what the page tells of the clinic, as HTML."""
    unknown = chat_texts.say("page_unknown", book)
    spoken = {name: book.state(name).spoken for name in FACTS}
    said = {name: escape((spoken[name] and book.show(name)) or unknown) for name in FACTS}
    if spoken["phone"]:
        said["phone"] = f'<a href="tel:{book.facts["phone"].value}">{said["phone"]}</a>'
    return {**said, "clinic_name": escape(book.show("clinic_name") or "")}
