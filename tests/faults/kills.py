"""Kills the server again and again, and delivers its messages again, as a gateway would."""

from __future__ import annotations

import os
import random
import subprocess
import sys
import threading
import time
import urllib.error
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from http.client import HTTPException
from pathlib import Path

from addons.stores.database import Database
from dripdesk.settings import PROJECT
from tests.faults.counts import Counts, Delivery, count
from tests.faults.server import STEPS
from tests.servers import free_port, post, running

AT_ANY_MOMENT = "at any moment"
EVERY_STEP = (*STEPS, AT_ANY_MOMENT)
TEXTS = (
    "is there wifi", "how much does it cost", "yes", "thanks", "does the needle stay in my arm",
    "more", "what is your phone number", "how much does it cost", "no",
)  # fmt: skip
CONVERSATIONS = ("a", "b", "c")
REPEATED = 0.05  # of the answered messages are delivered again at once
MOST_HITS = 8


class Gateway:
    """Delivers the messages of some patients, each until it is answered, in order."""

    def __init__(self, port: int, chance: random.Random) -> None:
        self.deliveries: list[Delivery] = []
        self._port = port
        self._chance = chance
        self._next = dict.fromkeys(CONVERSATIONS, 0)

    def deliver(self, conversation: str, number: int) -> bool:
        """Deliver a message; return whether the server lived to answer it."""
        body = {
            "channel": "web",
            "conversation": conversation,
            "message_id": str(number),
            "text": TEXTS[number % len(TEXTS)],
        }
        sent_at = time.monotonic()
        try:
            parts = post(self._port, "/webhooks/test/", body)
        except (urllib.error.URLError, HTTPException, OSError):
            answer = None
        else:
            answer = tuple(str(part["text"]) for part in parts)
        now = time.monotonic()
        self.deliveries.append(Delivery(conversation, str(number), answer, False, sent_at, now))
        return answer is not None

    def talk(self, most: int) -> bool:
        """Deliver up to so many next messages; return whether the server lived."""
        for _ in range(most):
            conversation = self._chance.choice(CONVERSATIONS)
            number = self._next[conversation]
            if not self.deliver(conversation, number):
                return False
            self._next[conversation] += 1
            if self._chance.random() < REPEATED and not self.deliver(conversation, number):
                return False
        return True

    def next_of(self, conversation: str, most: int) -> None:
        """Deliver up to so many next messages of a conversation."""
        for _ in range(most):
            assert self.deliver(conversation, self._next[conversation])
            self._next[conversation] += 1

    def deliver_all_again(self) -> None:
        """Deliver every message once more; all of them were answered, or are the next one."""
        for conversation, number in self._next.items():
            for earlier in range(number + 1):
                self.deliver(conversation, earlier)


def kill(folder: Path, rounds: list[str], seed: int = 1) -> tuple[Counts, int]:
    """Run the server once for each step, until it is killed there; then once more.

    Returns the counts, and how many answers differ from those of a server that nobody kills.
    """
    chance, port = random.Random(seed), free_port()
    gateway = Gateway(port, chance)
    for step in rounds:
        with serving(folder / "killed.db", port, step, chance.randint(1, MOST_HITS)) as server:
            if step == AT_ANY_MOMENT:
                threading.Timer(chance.uniform(0, 0.3), server.kill).start()
            assert not gateway.talk(1000), f"The server was not killed {step}."
    with serving(folder / "killed.db", port):
        gateway.deliver_all_again()
    unharmed = Gateway(port, chance)
    unharmed._next = gateway._next
    with serving(folder / "unharmed.db", port):
        unharmed.deliver_all_again()
    expected = {one.key: one.answer for one in unharmed.deliveries}
    differ = sum(one.is_real and one.answer != expected[one.key] for one in gateway.deliveries)
    database = Database(f"sqlite:///{folder / 'killed.db'}")
    counts = count(gateway.deliveries, database)
    database.close()
    return counts, differ


@contextmanager
def serving(
    database: Path,
    port: int,
    step: str = "",
    hits: int = 0,
    settings: Mapping[str, str] | None = None,
) -> Iterator[subprocess.Popen[bytes]]:
    """Run a server that kills itself when it comes to a step for the given time."""
    command = [sys.executable, "-m", "tests.faults.server"]
    if step in STEPS:
        command += [step, str(hits)]
    environment = {
        **os.environ, **(settings or {}),
        "DATABASE_URL": f"sqlite:///{database}", "DRIPDESK_PORT": str(port),
    }  # fmt: skip
    with running(command, port, PROJECT, environment, database.with_suffix(".log")) as server:
        yield server
