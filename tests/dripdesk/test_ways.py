from __future__ import annotations

import json
import re
import textwrap
import time
from dataclasses import replace
from typing import Any

import pytest

from dripdesk.outbox import Notice
from dripdesk.settings import PROJECT, SettingError, Settings
from dripdesk.ways import LIST_OF_SERVICE, Mail, Webhook, mail, webhook

NOTICE = Notice(id="9f0c", request=3, open=2, attempts=0)
SECRET = "MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"
HOOK = "https://desk.clinic.example/calls"
SMTP = "smtps://u%40x:p%2Fw@mail.clinic.example/?from=chat@clinic.example&to=a+b@x.example,c@x.org"


def says_readme(headers: dict[str, str], body: bytes) -> bool:
    """Run README's lines for receivers, and return what they find."""
    readme = (PROJECT / "README.md").read_text()
    start = readme.index("    key = base64")
    lines = readme[start : readme.index("\n\n", start)]
    names: dict[str, Any] = {"NOTIFY_SECRET": SECRET, "headers": headers, "body": body}
    source = "import base64, hashlib, hmac, time\n" + textwrap.dedent(lines)
    exec(compile(source, "README.md", "exec"), names)  # noqa: S102
    return bool(names["is_genuine"] and names["is_fresh"])


def test_a_webhook_says_which_request_and_nothing_else() -> None:
    body, headers = Webhook(HOOK, b"k" * 24).request(NOTICE, 1_700_000_000)
    assert json.loads(body) == {
        "type": "callback.requested",
        "id": "9f0c",
        "request": 3,
        "open": 2,
        "list_with": "make callbacks"
        " (on a server installed as docs/DEPLOY.md says: dripdesk-staff callbacks)",
    }
    assert headers["webhook-id"] == "9f0c"
    assert headers["webhook-timestamp"] == "1700000000"


def test_the_signature_is_that_of_standard_webhooks(monkeypatch: pytest.MonkeyPatch) -> None:
    # The example of the specification, https://www.standardwebhooks.com.
    monkeypatch.setattr("dripdesk.ways.json.dumps", lambda content: '{"test": 2432232314}')
    ours = webhook(Settings(notify_url=HOOK, notify_secret=f"whsec_{SECRET}"))
    notice = replace(NOTICE, id="msg_p5jXN8AQM9LWM0D4loKWxJek")
    _, headers = ours.request(notice, 1614265330)
    assert headers["webhook-signature"] == "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="


def test_a_receiver_that_does_as_readme_says_takes_ours_and_nothing_else() -> None:
    ours = webhook(Settings(notify_url=HOOK, notify_secret=SECRET))
    now = int(time.time())
    body, headers = ours.request(NOTICE, now)
    assert says_readme(headers, body)
    assert not says_readme(headers, body.replace(b'"request": 3', b'"request": 4'))
    assert not says_readme({**headers, "webhook-id": "other"}, body)
    assert not says_readme({**headers, "webhook-timestamp": str(now + 1)}, body)
    assert not says_readme(Webhook(HOOK, b"another" * 5).request(NOTICE, now)[1], body)
    body, old = ours.request(NOTICE, now - 3600)
    assert not says_readme(old, body)


def test_a_mail_says_which_request_and_how_to_list_it() -> None:
    sent = mail(Settings(smtp_url=SMTP)).message(NOTICE, 1_700_000_000)
    assert sent["From"] == "chat@clinic.example"
    assert sent["To"] == "a+b@x.example, c@x.org"
    assert sent["Subject"] == "Call-back request 3 is open"
    assert sent["Message-ID"] == "<9f0c@clinic.example>"
    assert sent["Date"] == "Tue, 14 Nov 2023 22:13:20 -0000"
    assert "This is request 3; 2 open in all." in sent.get_content()
    assert '`make callbacks CLOSE=3 NAME="your name"`' in sent.get_content()
    assert "`dripdesk-staff callbacks` instead of `make callbacks`" in sent.get_content()


def test_the_command_of_a_service_is_one_of_those_that_are_installed_for_it() -> None:
    script, command = LIST_OF_SERVICE.split()
    usage = (PROJECT / "deploy" / script).read_text()
    assert f"{LIST_OF_SERVICE} [CLOSE=number] [NAME=" in usage
    assert re.search(rf"^{command}:", (PROJECT / "Makefile").read_text(), re.MULTILINE)


def test_an_address_of_a_mail_server_is_read() -> None:
    assert mail(Settings(smtp_url=SMTP)) == Mail(
        host="mail.clinic.example",
        port=465,
        is_encrypted=True,
        starts_tls=False,
        user="u@x",
        password="p/w",
        sender="chat@clinic.example",
        recipients=("a+b@x.example", "c@x.org"),
    )
    ask = "/?from=chat@clinic.example&to=desk@clinic.example"
    far, here = (mail(Settings(smtp_url=f"smtp://{one}{ask}")) for one in ("m.example", "[::1]:25"))
    assert (far.port, far.starts_tls, far.is_encrypted) == (587, True, False)
    assert (here.host, here.port, here.starts_tls) == ("::1", 25, False)


@pytest.mark.parametrize(
    "url",
    [
        "desk.clinic.example",
        "ftp://desk.clinic.example",
        "https://",
        "https://desk.clinic.example:none/",
        "https://desk clinic.example/",
        "https://desk.clinic.example/#here",
    ],
)
def test_a_wrong_address_of_a_webhook_is_refused(url: str) -> None:
    with pytest.raises(SettingError, match="NOTIFY_URL must be like"):
        webhook(Settings(notify_url=url, notify_secret=SECRET))


@pytest.mark.parametrize("secret", ["", "short", "c2hvcnQ=", "not in base64, whatever it is!"])
def test_a_webhook_needs_a_secret(secret: str) -> None:
    with pytest.raises(SettingError, match="NOTIFY_SECRET must be"):
        webhook(Settings(notify_url=HOOK, notify_secret=secret))


def test_production_wants_https_but_on_this_machine() -> None:
    there = Settings(
        mode="production", notify_url="http://desk.clinic.example/", notify_secret=SECRET
    )
    with pytest.raises(SettingError, match="https:// in production"):
        webhook(there)
    assert webhook(replace(there, mode="dev")).url == "http://desk.clinic.example/"
    for host in ("127.0.0.1:8000", "localhost", "[::1]:8000"):
        assert webhook(replace(there, notify_url=f"http://{host}/")).url == f"http://{host}/"


@pytest.mark.parametrize(
    "url",
    [
        "mail.clinic.example",
        "https://mail.clinic.example/?from=a@x.org&to=b@x.org",
        "smtp://:secret@/?from=a@x.org&to=b@x.org",
        "smtp://u:secret@mail.clinic.example",
        "smtp://u:secret@mail.clinic.example/?from=a@x.org",
        "smtp://u:secret@mail.clinic.example/?to=a@x.org",
        "smtp://u:secret@mail.clinic.example/?from=a@x.org&to=desk",
        "smtp://u:secret@mail.clinic.example/?from=a@x.org&to=b@x.org,",
        "smtp://u:secret@mail.clinic.example/?from=a@x.org,c@x.org&to=b@x.org",
        "smtp://u:secret@mail.clinic.example/?from=a@x.org%0aBcc:c@x.org&to=b@x.org",
        "smtp://u:sec#ret@mail.clinic.example/?from=a@x.org&to=b@x.org",
        "smtp://u:secret@mail.clinic.example:99999/?from=a@x.org&to=b@x.org",
    ],
)
def test_a_wrong_address_of_a_mail_server_is_refused_and_not_quoted(url: str) -> None:
    with pytest.raises(SettingError, match="SMTP_URL must be like") as caught:
        mail(Settings(smtp_url=url))
    assert "secret" not in str(caught.value)


def test_no_secret_shows_in_what_is_printed_of_it() -> None:
    settings = Settings(notify_url="https://u:pw1@x.org/", notify_secret=SECRET, smtp_url=SMTP)
    shown = f"{settings} {webhook(settings)} {mail(settings)}"
    assert not any(one in shown for one in ("pw1", SECRET, "p/w", "p%2Fw"))
