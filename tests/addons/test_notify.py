"""The clinic is told of every call-back request, whatever fails; of nobody who asked."""

from __future__ import annotations

import asyncio
import json
import logging
import os
import signal
import sqlite3
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path
from urllib.parse import quote

import pytest
from cryptography.fernet import Fernet

from addons import notify
from addons.notify import Notifier
from addons.server import make_app
from addons.stores.database import Database
from addons.threads import Threads
from dripdesk import outbox, ways
from dripdesk.records import Details, Records
from dripdesk.settings import PROJECT, SettingError, Settings
from tests.dripdesk.test_ways import SECRET, says_readme
from tests.receivers import (
    PASSWORD,
    USER,
    Desk,
    Inbox,
    listening,
    make_certificate,
    serving_mail,
)
from tests.servers import free_port, post, running
from tests.test_canary import FORM, SECRETS

DETAILS = Details("Zora", "+17185550186", "noon", "the herons")
ADDRESSES = "?from=chat@clinic.example&to=desk@clinic.example,nurse@clinic.example"


@dataclass
class Clinic:
    """Requests, and a clock that can be put forward."""

    database: Database
    records: Records
    ahead: float = 0.0
    loop: asyncio.AbstractEventLoop = field(default_factory=asyncio.new_event_loop)

    def notifier(self, settings: Settings) -> Notifier:
        (one,) = notify.notifiers(settings, self.database)
        one._clock = lambda: time.time() + self.ahead
        return one

    def tell(self, settings: Settings, after: float = 1.0) -> None:
        """Let some seconds pass, and try what is due then."""
        self.ahead += after
        self.loop.run_until_complete(self.notifier(settings).tell())


@pytest.fixture
def clinic(tmp_path: Path) -> Iterator[Clinic]:
    url = f"sqlite:///{tmp_path / 'test.db'}"
    database = Database(url)
    database.transact(lambda connection: None)  # makes the tables
    records = Records(url, [Fernet.generate_key().decode()], ["webhook", "mail"])
    one = Clinic(database, records)
    records.request("me", "m1", DETAILS)
    yield one
    one.loop.close()
    records.dispose()
    database.close()


@pytest.fixture
def desk() -> Iterator[Desk]:
    with listening(Desk()) as one:
        yield one


def by_webhook(desk: Desk) -> Settings:
    return Settings(notify_url=desk.url, notify_secret=SECRET)


def by_mail(inbox: Inbox, scheme: str = "smtp", password: str = PASSWORD) -> Settings:
    user = f"{quote(USER)}:{quote(password, safe='')}"
    return Settings(smtp_url=f"{scheme}://{user}@127.0.0.1:{inbox.port}/{ADDRESSES}")


def test_a_webhook_tells_once_signed_and_of_nobody(clinic: Clinic, desk: Desk) -> None:
    for _ in range(3):
        clinic.tell(by_webhook(desk), 4000)
    ((headers, body),) = desk.got
    assert says_readme(dict(headers), body)
    assert not says_readme(dict(headers), body + b" ")
    assert json.loads(body)["request"] == json.loads(body)["open"] == 1
    assert not any(one in body for one in (b"Zora", b"5550186", b"noon", b"herons", b"m1"))


def test_one_that_is_refused_is_sent_again_until_it_is_taken(clinic: Clinic, desk: Desk) -> None:
    desk.statuses = [500, 500, 302]
    clinic.tell(by_webhook(desk))
    for wait in (61, 121, 241):
        clinic.tell(by_webhook(desk), wait - 5)
        clinic.tell(by_webhook(desk), 5)
    clinic.tell(by_webhook(desk), 4000)
    assert len(desk.got) == 4
    assert len({headers["webhook-id"] for headers, _ in desk.got}) == 1


def test_a_receiver_that_is_down_is_told_when_it_is_up(clinic: Clinic) -> None:
    desk = Desk()
    for _ in range(12):
        clinic.tell(by_webhook(desk), 3601)
    with listening(desk):
        clinic.tell(by_webhook(desk), 3601)
        clinic.tell(by_webhook(desk), 3601)
    assert len(desk.got) == 1


def test_a_receiver_that_hangs_holds_up_nothing(
    clinic: Clinic, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    wake = threading.Event()
    desk.on_request = lambda: bool(wake.wait(20))
    monkeypatch.setattr(notify, "LIMIT", 0.2)
    clinic.tell(by_webhook(desk))
    wake.set()
    clinic.tell(by_webhook(desk), 61)
    clinic.tell(by_webhook(desk), 4000)
    assert len(desk.got) == 2


def test_two_servers_tell_once(clinic: Clinic, desk: Desk) -> None:
    clinic.ahead = 1.0
    servers = [clinic.notifier(by_webhook(desk)) for _ in range(5)]

    async def all_at_once() -> None:
        await asyncio.gather(*(one.tell() for one in servers))

    clinic.loop.run_until_complete(all_at_once())
    assert len(desk.got) == 1


def test_what_is_told_but_not_noted_is_told_again_with_the_same_id(
    clinic: Clinic, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*args: object, **kwargs: object) -> None:
        raise RuntimeError

    with monkeypatch.context() as patch:
        patch.setattr(outbox, "told", fail)
        with pytest.raises(RuntimeError):
            clinic.tell(by_webhook(desk))
    for _ in range(3):
        clinic.tell(by_webhook(desk), 4000)
    assert [headers["webhook-id"] for headers, _ in desk.got] == [desk.got[0][0]["webhook-id"]] * 2


def test_a_mail_tells_once_and_of_nobody(clinic: Clinic) -> None:
    with serving_mail(Inbox()) as inbox:
        for _ in range(3):
            clinic.tell(by_mail(inbox), 4000)
    (mail,) = inbox.mails
    assert inbox.logins == [(USER.encode(), PASSWORD.encode())]
    assert mail["To"] == "desk@clinic.example, nurse@clinic.example"
    assert "This is request 1; 1 open in all." in mail.get_content()
    assert not any(one in mail.as_string() for one in ("Zora", "5550186", "noon", "herons"))


@pytest.mark.parametrize("scheme", ["smtps", "starttls"])
def test_a_mail_goes_encrypted_to_a_server_with_a_good_certificate_only(
    scheme: str, clinic: Clinic, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    certificate, inbox = make_certificate(tmp_path), Inbox()
    server = ways.mail(by_mail(inbox, "smtps" if scheme == "smtps" else "smtp"))
    server = replace(server, starts_tls=scheme == "starttls")
    (notice,) = clinic.database.transact(lambda one: outbox.due(one, "mail", time.time() + 1))
    send = partial(notify.send_mail, server, Threads("mail"), notice)
    with serving_mail(inbox, certificate, implicit=scheme == "smtps"):
        with pytest.raises(OSError, match="self-signed certificate"):
            clinic.loop.run_until_complete(send())
        assert not inbox.logins
        monkeypatch.setenv("SSL_CERT_FILE", str(certificate))  # as if an authority had signed it
        clinic.loop.run_until_complete(send())
    assert len(inbox.mails) == 1


def test_a_server_far_away_that_does_not_encrypt_gets_nothing(clinic: Clinic) -> None:
    with serving_mail(Inbox()) as inbox:
        server = replace(ways.mail(by_mail(inbox)), starts_tls=True)
        (notice,) = clinic.database.transact(lambda one: outbox.due(one, "mail", time.time() + 1))
        with pytest.raises(Exception, match="STARTTLS extension not supported"):
            clinic.loop.run_until_complete(notify.send_mail(server, Threads("mail"), notice))
    assert (inbox.mails, inbox.logins) == ([], [])


def _ours(caplog: pytest.LogCaptureFixture) -> str:
    """Return what was logged, but for what the mail server of the test says."""
    return "\n".join(one.getMessage() for one in caplog.records if one.name != "mail.log")


def test_a_recipient_who_is_refused_does_not_make_the_other_read_it_twice(
    clinic: Clinic, caplog: pytest.LogCaptureFixture
) -> None:
    with serving_mail(Inbox(refused={"nurse@clinic.example"})) as inbox:
        for _ in range(3):
            clinic.tell(by_mail(inbox), 4000)
    assert len(inbox.mails) == 1
    assert "Some recipients of SMTP_URL were refused" in _ours(caplog)
    assert "nurse@" not in _ours(caplog)


def test_errors_name_the_way_and_no_password(
    clinic: Clinic, desk: Desk, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    desk.statuses = [403]
    url = desk.url.replace("http://", "http://desk:hush-hush@")
    clinic.tell(Settings(notify_url=url, notify_secret=SECRET))
    nowhere = f"http://desk:hush-hush@127.0.0.1:{free_port()}/"
    clinic.tell(Settings(notify_url=nowhere, notify_secret=SECRET), 61)
    with serving_mail(Inbox()) as inbox:
        clinic.tell(by_mail(inbox, password="hush-hush"))
    log = _ours(caplog)
    assert log.count("The clinic was not told of a call.") == 3
    assert "status 403" in log
    assert "SMTPAuthenticationError" in log
    assert not any(one in log for one in ("hush", SECRET, "Zora", "herons", USER))


def test_it_goes_on_when_the_database_fails(
    clinic: Clinic, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(notify, "PAUSE", 0.01)
    monkeypatch.setattr(notify, "LONG_PAUSE", 0.01)
    due, failures = outbox.due, [OSError("disk"), RuntimeError("locked")]

    def fail_first(*args: object, **kwargs: object) -> object:
        if failures:
            raise failures.pop()
        return due(*args, **kwargs)  # type: ignore[arg-type]

    monkeypatch.setattr(outbox, "due", fail_first)

    async def run() -> None:
        notifier = clinic.notifier(by_webhook(desk))
        clinic.ahead = 1.0
        await notifier.start()
        while not desk.got:
            await asyncio.sleep(0.01)
        await notifier.stop()

    clinic.loop.run_until_complete(asyncio.wait_for(run(), 20))
    assert len(desk.got) == 1
    assert failures == []


def _until(true: Callable[[], object]) -> None:
    end = time.monotonic() + 60
    while not true():
        assert time.monotonic() < end, "It did not happen within a minute."
        time.sleep(0.1)


def test_a_server_that_is_killed_while_it_tells_tells_after_its_next_start(
    model: Path, tmp_path: Path
) -> None:
    path, port, log = tmp_path / "killed.db", free_port(), tmp_path / "log"
    inbox, desk = Inbox(), Desk()
    environment = {
        **os.environ,
        "DATABASE_URL": f"sqlite:///{path}",
        "DRIPDESK_PORT": str(port),
        "NOTIFY_URL": desk.url,
        "NOTIFY_SECRET": SECRET,
        "SMTP_URL": by_mail(inbox).smtp_url,
    }
    command = [sys.executable, "-m", "addons.server"]
    with ExitStack() as stack:
        stack.enter_context(listening(desk))
        with running(command, port, PROJECT, environment, log) as server:
            desk.on_request = lambda: os.kill(server.pid, signal.SIGKILL)
            token = post(port, "/webhooks/web/session", {})["token"]
            for number, text in enumerate(FORM):
                said = {"id": f"message-{number}", "text": text}
                try:
                    assert post(port, "/webhooks/web/messages", said, token)
                except OSError:  # it was killed before its last answer left
                    assert text == "yes"
            _until(lambda: server.poll() is not None)
        desk.on_request = lambda: None
        database = sqlite3.connect(path)
        database.execute("UPDATE notices SET next_attempt = 0")  # as if a minute had passed
        database.commit()
        database.close()
        stack.enter_context(serving_mail(inbox))
        with running(command, port, PROJECT, environment, log):
            _until(lambda: len(desk.got) == 2 and inbox.mails)
    assert len({headers["webhook-id"] for headers, _ in desk.got}) == 1
    assert len(inbox.mails) == 1
    told = f"{desk.got} {inbox.mails[0]} {log.read_text()}"
    assert not any(one in told for one in (*SECRETS.values(), "Wanda", "718-555", PASSWORD))


@pytest.mark.parametrize(
    ("variables", "blamed"),
    [
        ({"NOTIFY_URL": "desk.clinic.example", "NOTIFY_SECRET": SECRET}, "NOTIFY_URL"),
        ({"NOTIFY_URL": "https://desk.clinic.example"}, "NOTIFY_SECRET"),
        ({"SMTP_URL": "smtp://user:hush-hush@mail.clinic.example"}, "SMTP_URL"),
    ],
)
def test_a_wrong_address_stops_the_server(
    variables: dict[str, str], blamed: str, tmp_path: Path
) -> None:
    settings = Settings.from_environment({"DATABASE_URL": f"sqlite:///{tmp_path}/x", **variables})
    with pytest.raises(SettingError, match=f"^{blamed} must be "):
        make_app(settings, dev=False)


def test_a_wrong_address_is_told_in_one_line() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "addons.server"],
        cwd=PROJECT, env={**os.environ, "SMTP_URL": "smtp://user:hush-hush@mail.clinic.example"},
        capture_output=True, text=True, timeout=180, check=False,
    )  # fmt: skip
    assert done.returncode == 1
    assert done.stderr.startswith("Dripdesk cannot start: SMTP_URL must be ")
    assert done.stderr.strip().count("\n") == 0
    assert "hush" not in done.stderr
