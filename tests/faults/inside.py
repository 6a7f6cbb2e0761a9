"""Sends messages while something inside the server is broken, and again when it is mended."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from rasa.core.processor import MessageProcessor

from tests import patients
from tests.faults.counts import Counts, Delivery, count
from tests.faults.injected import PATCHED, REAL

FAULTS: list[Callable[..., Any]] = [*PATCHED, *REAL]
PATIENTS = ("a", "b", "c")
TEXTS = ("is there wifi", "how much does it cost", "yes", "what is your phone number")


def inject(folder: Path, processor: MessageProcessor, fault: Callable[..., Any]) -> Counts:
    """Talk before, during and after a fault; deliver all again in the end; return the counts."""
    with patients.clinic(folder, processor) as clinic:
        talk = _Talk(clinic)
        talk.each_says(TEXTS[:1])
        with pytest.MonkeyPatch.context() as patch:
            if fault in PATCHED:
                fault(clinic, patch)
                talk.each_says(TEXTS)
            else:
                with fault(clinic):
                    talk.each_says(TEXTS)
        assert any(not one.is_real for one in talk.deliveries), f"{fault.__name__} broke nothing."
        talk.each_says(TEXTS)
        talk.all_again()
        return count(talk.deliveries, clinic.database)


class _Talk:
    """Some patients at once, each with several messages at once."""

    def __init__(self, clinic: patients.Clinic) -> None:
        self.deliveries: list[Delivery] = []
        self._clinic = clinic
        self._sent: list[tuple[str, str, str]] = []

    def each_says(self, texts: tuple[str, ...]) -> None:
        batch = [(who, next(self._clinic.ids), text) for who in PATIENTS for text in texts]
        self._sent += batch
        self._clinic.loop.run_until_complete(self._deliver(batch))

    def all_again(self) -> None:
        self._clinic.loop.run_until_complete(self._deliver(self._sent))

    async def _deliver(self, batch: list[tuple[str, str, str]]) -> None:
        sent = (self._clinic.send(text, number, who) for who, number, text in batch)
        answers = await asyncio.gather(*sent)
        for (who, number, _), answer in zip(batch, answers, strict=True):
            self.deliveries.append(Delivery(who, number, tuple(answer)))
