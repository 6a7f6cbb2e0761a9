"""The demo page shows the clinic as its facts have it, and is not there in production."""

from __future__ import annotations

from dataclasses import replace

import pytest

from addons.site import _facts, demo
from dripdesk.facts import FactBook
from tests.conftest import BookOf

UNKNOWN = "Please call us, or ask the assistant."


def test_what_is_unknown_is_not_made_up(book_of: BookOf) -> None:
    assert _facts(book_of("fuse")) == {
        "clinic_name": "Fuse Infusion",
        "phone": '<a href="tel:+19144604891">914-460-4891</a>',
        "hours": UNKNOWN,
        "address": UNKNOWN,
        "amenities": "warm blankets, soft reclining chairs, WiFi, TV screens, snacks and drinks",
    }


def test_what_is_known_is_told(book_of: BookOf) -> None:
    told = _facts(book_of("complete"))
    assert told["address"] == "12 Harbor Street, Suite 3, Rye, NY 10580"
    assert "Monday" in told["hours"]


def test_a_fact_cannot_bring_markup(book_of: BookOf) -> None:
    book: FactBook = book_of("complete")
    address = replace(book.facts["address"], value="<script>alert(1)</script>")
    told = _facts(replace(book, facts={**book.facts, "address": address}))
    assert told["address"] == "&lt;script&gt;alert(1)&lt;/script&gt;"


@pytest.mark.parametrize(("mode", "is_there"), [("dev", True), ("production", False)])
def test_the_page_is_for_trying_out(mode: str, is_there: bool) -> None:
    from sanic import Sanic

    from addons import server
    from tests.browsers import SETTINGS

    app = server.make_app(replace(SETTINGS, mode=mode, database_url="sqlite://"), dev=False)
    try:
        assert any("demo" in route.path for route in app.router.routes) is is_there
        assert not any("rest" in route.path.split("/") for route in app.router.routes)
        assert demo().name == "demo"
    finally:
        Sanic._app_registry.pop(app.name)
