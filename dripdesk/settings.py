"""Settings from the environment, with safe defaults."""

from __future__ import annotations

import base64
import os
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from ipaddress import ip_network
from pathlib import Path
from urllib.parse import urlsplit

PROJECT = Path(__file__).resolve().parent.parent
LOCAL = PROJECT / "local"  # what an installation keeps for itself: not in git

MODES = ("dev", "production")
ANSWER_STOP = ("gateway", "dripdesk")
SHORTEST_SECRET = 32  # characters


class SettingError(ValueError):
    """An environment variable has a value that cannot be used."""


@dataclass(frozen=True)
class Settings:
    """How this installation differs from another."""

    data: Path = PROJECT / "data"
    clinic_facts: Path = PROJECT / "data" / "clinic"
    """CLINIC_FACTS: a file, or a folder of files, that replaces the clinic's facts as a whole."""
    require_review: bool = False
    """REQUIRE_REVIEW: medical and cost facts that nobody signed off count as unknown."""
    port: int = 5005
    """DRIPDESK_PORT: the port on 127.0.0.1."""
    metrics_port: int = 0
    """METRICS_PORT: the port on 127.0.0.1 for Prometheus; 0 for none."""
    mode: str = "dev"
    """DRIPDESK_MODE: in `production` nothing is made up that must be set."""
    secret: str = field(default="", repr=False)
    """DRIPDESK_SECRET: signs pseudonyms and tokens of chats. With another one all are strangers."""
    records_keys: tuple[str, ...] = field(default=(), repr=False)
    """RECORDS_KEY: encrypts call-back requests; older keys, after commas, still read them."""
    database_url: str = field(default=f"sqlite:///{LOCAL / 'dripdesk.db'}", repr=False)
    """DATABASE_URL: as SQLAlchemy writes it."""
    retention_days: int = 30
    """RETENTION_DAYS: how long conversations are kept."""
    public_url: str = ""
    """PUBLIC_URL: how browsers and gateways reach us, such as https://chat.clinic.example."""
    allowed_origins: tuple[str, ...] = ()
    """ALLOWED_ORIGINS and PUBLIC_URL: the websites that may use the chat."""
    trusted_proxies: tuple[str, ...] = ("127.0.0.1", "::1")
    """TRUSTED_PROXIES: who may say for whom a request comes, as addresses or networks."""
    twilio_auth_token: str = field(default="", repr=False)
    """TWILIO_AUTH_TOKEN: signs what Twilio sends; the channel is open only with it."""
    kannel_token: str = field(default="", repr=False)
    """KANNEL_TOKEN: what Kannel shows; the channel is open only with it."""
    opt_out_by: str = ANSWER_STOP[0]
    """OPT_OUT_BY: who answers STOP, START and HELP on Twilio: `gateway` (Twilio), or `dripdesk`."""
    notify_url: str = field(default="", repr=False)
    """NOTIFY_URL: where the clinic is told that somebody wants to be called."""
    notify_secret: str = field(default="", repr=False)
    """NOTIFY_SECRET: signs what is sent there, in base64."""
    smtp_url: str = field(default="", repr=False)
    """SMTP_URL: the mail server by which the clinic is told, from whom, and to whom."""
    fast_off: tuple[str, ...] = ()
    """FAST_OFF: which replacements in addons/fast/ are not made, or `all`."""

    @classmethod
    def from_environment(cls, environ: Mapping[str, str] = os.environ) -> Settings:
        """Read the settings. Raises SettingError with the variable's name and what it takes."""
        port = _number(environ, "DRIPDESK_PORT", cls.port, 65535)
        mode = _choice(environ, "DRIPDESK_MODE", MODES)
        ours = _origin("PUBLIC_URL", environ.get("PUBLIC_URL") or f"http://127.0.0.1:{port}")
        origins = [_origin("ALLOWED_ORIGINS", one) for one in _list(environ, "ALLOWED_ORIGINS")]
        if mode == "dev":  # the demo page, by the other name of this machine
            origins.append(f"http://localhost:{port}")
        return cls(
            clinic_facts=Path(environ.get("CLINIC_FACTS") or cls.clinic_facts).absolute(),
            require_review=_flag(environ, "REQUIRE_REVIEW", cls.require_review),
            port=port,
            metrics_port=_other_port(environ, "METRICS_PORT", port),
            mode=mode,
            secret=_secret(environ, "DRIPDESK_SECRET"),
            records_keys=tuple(_list(environ, "RECORDS_KEY")),
            database_url=environ.get("DATABASE_URL") or cls.database_url,
            retention_days=_number(environ, "RETENTION_DAYS", cls.retention_days, 3650),
            public_url=ours,
            twilio_auth_token=_secret(environ, "TWILIO_AUTH_TOKEN"),
            kannel_token=_secret(environ, "KANNEL_TOKEN"),
            opt_out_by=_choice(environ, "OPT_OUT_BY", ANSWER_STOP),
            notify_url=environ.get("NOTIFY_URL", ""),
            notify_secret=environ.get("NOTIFY_SECRET", ""),
            smtp_url=environ.get("SMTP_URL", ""),
            fast_off=tuple(_list(environ, "FAST_OFF")),
            allowed_origins=(ours, *origins),
            trusted_proxies=_networks(environ, "TRUSTED_PROXIES") or cls.trusted_proxies,
        )

    @property
    def ways(self) -> tuple[str, ...]:
        """How the clinic is told of call-back requests: "webhook", "mail", both or neither."""
        given = (("webhook", self.notify_url), ("mail", self.smtp_url))
        return tuple(name for name, url in given if url)

    def prepared(self) -> Settings:
        """Return the settings with all that serving needs; makes `local/` if something lies there.

        Raises SettingError if a secret is not set in production. Elsewhere a random one is made
        once, and kept in a file that only this user can read.
        """
        if self.mode != "production" or self.database_url == type(self).database_url:
            LOCAL.mkdir(mode=0o700, exist_ok=True)
        if self.mode == "production":
            if not self.secret:
                raise SettingError(
                    "DRIPDESK_SECRET must be set in production: a random text of at least "
                    f"{SHORTEST_SECRET} characters, such as `openssl rand -base64 32` prints."
                )
            if not self.records_keys:
                raise SettingError(
                    "RECORDS_KEY must be set in production: 32 random bytes, such as "
                    "`openssl rand -base64 32 | tr +/ -_` prints. Keep it apart from the database."
                )
            return self
        return replace(
            self,
            secret=self.secret or _local_secret(LOCAL / "secret"),
            records_keys=self.records_keys or (_local_secret(LOCAL / "records_key"),),
        )


def _local_secret(path: Path) -> str:
    """Return 32 random bytes in URL-safe base64, the same each time."""
    if not path.exists():
        with os.fdopen(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "w") as file:
            file.write(base64.urlsafe_b64encode(secrets.token_bytes(32)).decode())
    return path.read_text(encoding="utf-8").strip()


def _secret(environ: Mapping[str, str], name: str) -> str:
    secret = environ.get(name, "")
    if secret and len(secret) < SHORTEST_SECRET:
        raise SettingError(f"{name} must have at least {SHORTEST_SECRET} characters.")
    return secret


def _choice(environ: Mapping[str, str], name: str, choices: tuple[str, ...]) -> str:
    """Return one of the choices; the first unless another is set."""
    text = environ.get(name, "").strip().lower() or choices[0]
    if text not in choices:
        raise SettingError(f"{name}={text!r} must be {' or '.join(choices)}.")
    return text


def _flag(environ: Mapping[str, str], name: str, default: bool) -> bool:
    text = environ.get(name, "").strip().lower()
    if text not in {"", "true", "false"}:
        raise SettingError(f"{name}={text!r} must be true or false.")
    return text == "true" if text else default


def _number(environ: Mapping[str, str], name: str, default: int, most: int) -> int:
    text = environ.get(name) or str(default)
    if not text.isdecimal() or not 0 < int(text) <= most:
        raise SettingError(f"{name}={text!r} must be a number from 1 to {most}.")
    return int(text)


def _other_port(environ: Mapping[str, str], name: str, taken: int) -> int:
    """Return a port that is not the one taken; 0 if none is set."""
    if environ.get(name, "").strip() in ("", "0"):
        return 0
    port = _number(environ, name, 0, 65535)
    if port == taken:
        raise SettingError(f"{name}={port} must be another port than DRIPDESK_PORT.")
    return port


def _list(environ: Mapping[str, str], name: str) -> list[str]:
    """Return what stands between commas."""
    return [one.strip() for one in environ.get(name, "").split(",") if one.strip()]


def _networks(environ: Mapping[str, str], name: str) -> tuple[str, ...]:
    for one in _list(environ, name):
        try:
            ip_network(one, strict=False)
        except ValueError as error:
            raise SettingError(
                f"{name}: {one!r} is not an address or network, such as 10.0.0.5 or 10.0.0.0/8."
            ) from error
    return tuple(_list(environ, name))


def _origin(name: str, url: str) -> str:
    """Return scheme, host and port of a website's address, as browsers name it (RFC 6454)."""
    parts = urlsplit(url)
    if parts.scheme not in ("http", "https") or not parts.netloc or parts.path.strip("/"):
        raise SettingError(f"{name}: {url!r} must be like https://www.clinic.example, no path.")
    return f"{parts.scheme}://{parts.netloc.lower()}"
