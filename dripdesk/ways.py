"""The ways to tell the clinic that somebody wants to be called: a signed webhook, and mail.

Neither says who it is: inboxes and the receivers of webhooks are no protected storage. A notice
says that a request is open, its number, how many are open, and how staff list them.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import re
from binascii import Error as Base64Error
from collections.abc import Mapping
from dataclasses import dataclass, field
from email.message import EmailMessage
from email.utils import formatdate
from ipaddress import ip_address
from urllib.parse import SplitResult, parse_qs, unquote, urlsplit

from dripdesk.outbox import Notice
from dripdesk.settings import SettingError, Settings

LIST = "make callbacks"
# `make` has neither the settings nor the database of a service: see deploy/dripdesk-staff.
LIST_OF_SERVICE = "dripdesk-staff callbacks"
LIST_WITH = f"{LIST} (on a server installed as docs/DEPLOY.md says: {LIST_OF_SERVICE})"
SHORTEST_KEY = 24  # bytes
ADDRESS = re.compile(r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]+@[A-Za-z0-9.-]+")  # RFC 5322, unquoted
PORTS = {"smtp": 587, "smtps": 465}  # RFC 6409, RFC 8314

SUBJECT = "Call-back request {request} is open"
MAIL = """\
A patient asks to be called back. This is request {request}; {open} open in all.

No mail says who it is. On the machine that runs Dripdesk, `{list}` lists the open requests,
and `{list} CLOSE={request} NAME="your name"` closes this one. On a server installed as
docs/DEPLOY.md says, write `{list_of_service}` instead of `{list}`, as root: `make` does not
see the requests there.
"""


@dataclass(frozen=True)
class Webhook:
    """An address to which notices are posted, signed as Standard Webhooks 1.0 says."""

    url: str = field(repr=False)
    key: bytes = field(repr=False)

    def request(self, notice: Notice, at: int) -> tuple[bytes, dict[str, str]]:
        """Return body and headers as sent at a time, in seconds since 1970."""
        content = {
            "type": "callback.requested",
            "id": notice.id,
            "request": notice.request,
            "open": notice.open,
            "list_with": LIST_WITH,
        }
        body = json.dumps(content).encode()
        signed = f"{notice.id}.{at}.".encode() + body
        signature = base64.b64encode(hmac.digest(self.key, signed, hashlib.sha256)).decode()
        return body, {
            "Content-Type": "application/json",
            "webhook-id": notice.id,
            "webhook-timestamp": str(at),
            "webhook-signature": f"v1,{signature}",
        }


@dataclass(frozen=True)
class Mail:
    """A mail server, from whom mail is, and to whom."""

    host: str
    port: int
    is_encrypted: bool
    """Whether the connection is encrypted from the start."""
    starts_tls: bool
    """Whether it must be before anything is said. Only this machine's own server is spared."""
    user: str
    password: str = field(repr=False)
    sender: str
    recipients: tuple[str, ...]

    def message(self, notice: Notice, at: float) -> EmailMessage:
        """Return the mail as sent at a time, in seconds since 1970; each time with the same id."""
        values = {
            "request": notice.request,
            "open": notice.open,
            "list": LIST,
            "list_of_service": LIST_OF_SERVICE,
        }
        message = EmailMessage()
        message["From"], message["To"] = self.sender, ", ".join(self.recipients)
        message["Subject"] = SUBJECT.format(**values)
        message["Date"] = formatdate(at)
        message["Message-ID"] = f"<{notice.id}@{self.sender.rpartition('@')[2]}>"
        message["Auto-Submitted"] = "auto-generated"  # RFC 3834: nobody is to answer "I am away"
        message.set_content(MAIL.format(**values))
        return message


def webhook(settings: Settings) -> Webhook:
    """Return what NOTIFY_URL and NOTIFY_SECRET name. Raises SettingError, which quotes neither."""
    parts = _split(settings.notify_url)
    if parts is None or parts.scheme not in ("http", "https"):
        raise SettingError("NOTIFY_URL must be like https://desk.clinic.example/callbacks.")
    host = parts.hostname or ""
    if parts.scheme == "http" and settings.mode == "production" and not is_here(host):
        raise SettingError("NOTIFY_URL must start with https:// in production.")
    try:
        key = base64.b64decode(settings.notify_secret.removeprefix("whsec_"), validate=True)
    except Base64Error:
        key = b""
    if len(key) < SHORTEST_KEY:
        raise SettingError(
            f"NOTIFY_SECRET must be at least {SHORTEST_KEY} random bytes in base64, as "
            "`openssl rand -base64 32` prints: it signs what is sent to NOTIFY_URL."
        )
    return Webhook(settings.notify_url, key)


def mail(settings: Settings) -> Mail:
    """Return what SMTP_URL names. Raises SettingError, which does not quote it."""
    parts = _split(settings.smtp_url)
    # A plus stands for itself in addresses, not for a space.
    query = parse_qs(parts.query.replace("+", "%2B")) if parts else {}
    sender, recipients = _addresses(query, "from"), _addresses(query, "to")
    if parts is None or parts.scheme not in PORTS or len(sender) != 1 or not recipients:
        raise SettingError(
            "SMTP_URL must be like smtps://user:password@mail.clinic.example:465/"
            "?from=chat@clinic.example&to=desk@clinic.example (several after commas), with the "
            "special characters of user and password percent-encoded."
        )
    host, is_encrypted = parts.hostname or "", parts.scheme == "smtps"
    return Mail(
        host=host,
        port=parts.port or PORTS[parts.scheme],
        is_encrypted=is_encrypted,
        starts_tls=not is_encrypted and not is_here(host),
        user=unquote(parts.username or ""),
        password=unquote(parts.password or ""),
        sender=sender[0],
        recipients=recipients,
    )


def _split(url: str) -> SplitResult | None:
    """Return the parts of an address that names a host and perhaps a port, or None."""
    try:
        parts = urlsplit(url)
        is_whole = bool(parts.hostname) and parts.port != 0 and not parts.fragment
    except ValueError:
        return None
    return parts if is_whole and url.isascii() and not re.search(r"\s", url) else None


def _addresses(query: Mapping[str, list[str]], name: str) -> tuple[str, ...]:
    """Return the mail addresses under a name, or none if one of them is none."""
    given = [one.strip() for text in query.get(name, ()) for one in text.split(",")]
    good = all(re.fullmatch(ADDRESS, one) for one in given)
    return tuple(given) if good else ()


def is_here(host: str) -> bool:
    """Return whether a host is this machine."""
    try:
        return host == "localhost" or ip_address(host).is_loopback
    except ValueError:
        return False
