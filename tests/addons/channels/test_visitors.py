"""How often a visitor may call, and whose address counts."""

from __future__ import annotations

import pytest

from addons.channels.visitors import (
    MESSAGES,
    REQUESTS,
    SESSIONS,
    WINDOW,
    Limit,
    address,
    networks,
)

TRUSTED = networks(["127.0.0.1", "10.0.0.0/8", "::1"])


class Clock:
    now = 0.0

    def __call__(self) -> float:
        return self.now


def test_the_limits_are_those_that_were_agreed() -> None:
    assert (WINDOW, MESSAGES, SESSIONS, REQUESTS) == (60, 20, 30, 200)


def test_so_many_in_a_minute_and_no_more() -> None:
    clock = Clock()
    limit = Limit(3, clock)
    assert [limit.allows("a") for _ in range(5)] == [True, True, True, False, False]
    assert limit.allows("b")
    clock.now = WINDOW - 1
    assert not limit.allows("a")
    clock.now = WINDOW
    assert [limit.allows("a") for _ in range(4)] == [True, True, True, False]


def test_the_minute_moves_on_with_each_request() -> None:
    clock = Clock()
    limit = Limit(2, clock)
    assert limit.allows("a")
    clock.now = 40
    assert limit.allows("a")
    clock.now = 61
    assert limit.allows("a")
    assert not limit.allows("a")


def test_who_has_gone_is_forgotten() -> None:
    clock = Clock()
    limit = Limit(3, clock)
    for number in range(1000):
        limit.allows(str(number))
    clock.now = 2 * WINDOW
    limit.allows("new")
    assert list(limit._times) == ["new"]


@pytest.mark.parametrize(
    ("peer", "forwarded", "expected"),
    [
        ("203.0.113.9", [], "203.0.113.9"),
        # A stranger says that he is somebody else.
        ("203.0.113.9", ["198.51.100.1"], "203.0.113.9"),
        ("127.0.0.1", ["198.51.100.1"], "198.51.100.1"),
        ("127.0.0.1", ["198.51.100.1, 10.1.2.3"], "198.51.100.1"),
        # What a stranger wrote stands left of what the proxy wrote.
        ("127.0.0.1", ["192.0.2.1, 198.51.100.1"], "198.51.100.1"),
        ("127.0.0.1", ["192.0.2.1", "198.51.100.1"], "198.51.100.1"),
        ("127.0.0.1", [], "127.0.0.1"),
        ("127.0.0.1", ["not an address"], "127.0.0.1"),
        ("127.0.0.1", ["10.1.2.3"], "10.1.2.3"),
        ("::1", ["2001:db8::5"], "2001:db8::/64"),
        ("::1", ["::ffff:192.0.2.7"], "192.0.2.7"),
        ("::1", ["2001:db8::abcd:1"], "2001:db8::/64"),
    ],
)
def test_whose_address_counts(peer: str, forwarded: list[str], expected: str) -> None:
    assert address(peer, forwarded, TRUSTED) == expected


def test_what_is_no_network_is_refused() -> None:
    with pytest.raises(ValueError, match="example"):
        networks(["example"])
