"""Tells the clinic of call-back requests, in the background, until it has been told."""

from __future__ import annotations

import asyncio
import contextlib
import smtplib
import ssl
import time
from collections.abc import Awaitable, Callable
from functools import partial
from typing import Any

import structlog
from aiohttp import ClientSession, ClientTimeout

from addons.logs import place
from addons.stores.database import Database
from addons.threads import Threads
from dripdesk import outbox, ways
from dripdesk.outbox import Notice
from dripdesk.settings import Settings
from dripdesk.ways import Mail, Webhook

log = structlog.get_logger(__name__)

PAUSE = 5.0  # seconds between looks at what is due
LONG_PAUSE = 60.0  # if the database cannot be read
LIMIT = 30.0  # seconds for an attempt: shorter than outbox.SHORTEST, when another may begin
PATIENCE = 10.0  # seconds for one answer of a mail server

Send = Callable[[Notice], Awaitable[None]]
"""Tells the clinic, or raises."""


class RefusedError(Exception):
    """The receiver answered that it did not take the notice; the text says what it answered."""


class Notifier:
    """Tells the clinic in one way, at least once.

    Who is killed between telling it and noting that tells it again, with the same id.
    """

    def __init__(
        self, way: str, send: Send, database: Database, clock: Callable[[], float] = time.time
    ) -> None:
        self._way = way
        self._send = send
        self._database = database
        self._clock = clock
        self._task: asyncio.Task[None] | None = None
        self._is_over = asyncio.Event()

    async def start(self, *server: Any) -> None:
        """Begin, when the server does."""
        self._task = asyncio.create_task(self._run())

    async def stop(self, *server: Any) -> None:
        """End, when the server does; what was not told is told after the next start."""
        self._is_over.set()  # wait_for of this Python may swallow that it is cancelled
        if self._task:
            self._task.cancel()
            await asyncio.wait([self._task])

    async def tell(self) -> None:
        """Try once all that is due. Raises SQLAlchemyError."""
        due = partial(outbox.due, way=self._way, now=self._clock())
        for notice in await self._database.read(due):
            claim = partial(outbox.claim, notice=notice, now=self._clock())
            if await self._database.write(claim):
                await self._try(notice)

    async def _run(self) -> None:
        while not self._is_over.is_set():
            pause = PAUSE
            try:
                await self.tell()
            except Exception as error:  # of any kind: this must not end before the server does
                log.error("Call-back requests wait to be told.", way=self._way, error=place(error))
                pause = LONG_PAUSE
            with contextlib.suppress(asyncio.TimeoutError):
                await asyncio.wait_for(self._is_over.wait(), pause)

    async def _try(self, notice: Notice) -> None:
        known = {"way": self._way, "request": notice.request, "attempt": notice.attempts + 1}
        try:
            await asyncio.wait_for(self._send(notice), LIMIT)
        except Exception as error:
            # Texts of errors may hold an address with its password; that of our own does not.
            why = {"reason": str(error)} if isinstance(error, RefusedError) else {}
            log.error("The clinic was not told of a call.", **known, **why, error=place(error))
            return
        await self._database.write(partial(outbox.told, notice=notice, now=self._clock()))
        log.info("The clinic was told of a call.", **known)


def notifiers(settings: Settings, database: Database) -> list[Notifier]:
    """Return one for each way that the settings name. Raises SettingError."""
    senders: dict[str, Callable[[], Send]] = {
        "webhook": lambda: partial(post, ways.webhook(settings)),
        "mail": lambda: partial(send_mail, ways.mail(settings), Threads("mail")),
    }
    return [Notifier(way, senders[way](), database) for way in settings.ways]


async def post(webhook: Webhook, notice: Notice) -> None:
    """Post a notice; redirects are not followed. Raises RefusedError, aiohttp.ClientError."""
    body, headers = webhook.request(notice, int(time.time()))
    async with (
        ClientSession(timeout=ClientTimeout(total=LIMIT)) as session,
        session.post(webhook.url, data=body, headers=headers, allow_redirects=False) as answer,
    ):
        if not 200 <= answer.status < 300:
            raise RefusedError(f"status {answer.status}")


async def send_mail(mail: Mail, threads: Threads, notice: Notice) -> None:
    """Mail a notice. Raises smtplib.SMTPException, OSError, asyncio.TimeoutError."""
    await threads.run(_mail, mail, notice, limit=LIMIT)


def _mail(mail: Mail, notice: Notice) -> None:
    context = ssl.create_default_context()
    connect = partial(smtplib.SMTP_SSL, context=context) if mail.is_encrypted else smtplib.SMTP
    with connect(mail.host, mail.port, timeout=PATIENCE) as server:
        if mail.starts_tls:
            server.starttls(context=context)
        if mail.user:
            server.login(mail.user, mail.password)
        refused = server.send_message(mail.message(notice, time.time()))
        if refused:  # by some of several recipients: the others know, and it is not sent again
            log.error("Some recipients of SMTP_URL were refused.", count=len(refused))
