"""Who calls, and how often: addresses behind trusted proxies, and limits for each visitor."""

from __future__ import annotations

import ipaddress
import time
from collections import deque
from collections.abc import Callable, Iterable, Sequence

Network = ipaddress.IPv4Network | ipaddress.IPv6Network

WINDOW = 60.0  # seconds
MESSAGES = 20  # of one session in a window: nobody types faster
REQUESTS = 200  # of one address: a waiting room shares one
SESSIONS = 30  # begun from one address


class Limit:
    """Lets each visitor do something so many times within any minute, in this process.

    Written out because the library `limits` needs a newer `packaging` than Rasa allows.
    """

    def __init__(self, most: int, clock: Callable[[], float] = time.monotonic) -> None:
        self._most = most
        self._clock = clock
        self._times: dict[str, deque[float]] = {}
        self._swept = clock()

    def allows(self, visitor: str) -> bool:
        """Count one more, unless it is too much; return whether it is not."""
        now = self._clock()
        self._sweep(now)
        times = self._times.setdefault(visitor, deque())
        while times and times[0] <= now - WINDOW:
            times.popleft()
        if len(times) >= self._most:
            return False
        times.append(now)
        return True

    def _sweep(self, now: float) -> None:
        """Once in a window, forget visitors who have gone."""
        if now - self._swept < WINDOW:
            return
        gone = [one for one, times in self._times.items() if times[-1] <= now - WINDOW]
        for visitor in gone:
            del self._times[visitor]
        self._swept = now


def networks(texts: Iterable[str]) -> tuple[Network, ...]:
    """Return addresses and networks (CIDR) as such. Raises ValueError with the text at fault."""
    return tuple(ipaddress.ip_network(text, strict=False) for text in texts)


def address(peer: str, forwarded: Sequence[str], trusted: Sequence[Network]) -> str:
    """Return who calls: the last address that no trusted proxy has.

    `forwarded` are the values of X-Forwarded-For. Each proxy adds to the right of it from whom a
    call came, so what stands left of the first address that is not trusted may be made up.
    """
    chain = [one.strip() for value in forwarded for one in value.split(",")]
    for one in (peer, *reversed(chain)):
        try:
            place = ipaddress.ip_address(one)
        except ValueError:  # made up, or not meant as an address
            return peer
        place = getattr(place, "ipv4_mapped", None) or place  # "::ffff:192.0.2.1"
        if not any(place in network for network in trusted):
            # One line has 2**64 addresses of version 6 (RFC 6177): they are one visitor.
            wide = ipaddress.ip_network((place, 64), strict=False) if place.version == 6 else place
            return str(wide)
        peer = one
    return peer
