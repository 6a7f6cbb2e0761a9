"""What the server refuses to start with, and why: docs/SECURITY.md lists it."""

from __future__ import annotations

import os
import re
import stat
from collections.abc import Iterator
from dataclasses import dataclass
from ipaddress import ip_network
from itertools import combinations
from pathlib import Path
from urllib.parse import urlsplit

from dripdesk import settings as ours
from dripdesk.database import address, is_sqlite
from dripdesk.settings import PROJECT, Settings
from dripdesk.ways import is_here

# Written in our examples, and in those of others, where a secret is to be filled in.
EXAMPLE = re.compile("A-LONG|KANNEL-TOKEN|change.?me|example|password|your.?(?:secret|token)", re.I)
FEWEST = 8  # different characters: 32 random hex digits have fewer once in 28 million times

# The widest private networks: 10.0.0.0/8 (RFC 1918) and fc00::/7 (RFC 4193).
WIDEST = {4: 8, 6: 7}

ROOT = 0


@dataclass(frozen=True)
class Start:
    """How the server is started."""

    dev: bool = False
    """With `--dev`, which opens Rasa's own channel and HTTP API."""
    debug: bool = False
    """Something prints debug lines."""
    user: int = 1000
    """The number of the system's user."""


def refusals(settings: Settings, start: Start) -> list[str]:
    """Return why the server must not start with prepared settings: a line for each reason."""
    return [
        *_modes(settings, start),
        *_addresses(settings),
        *_secrets(settings),
        *_readable(settings),
        *_writable(settings),
    ]


def _modes(settings: Settings, start: Start) -> Iterator[str]:
    if start.dev and not is_here(urlsplit(settings.public_url).hostname or ""):
        yield (
            f"make dev opens Rasa's API, which believes whoever calls it, but PUBLIC_URL is "
            f"{settings.public_url}: use make run, or leave PUBLIC_URL out."
        )
    if settings.mode != "production":
        return
    if start.dev:
        yield (
            "DRIPDESK_MODE=production and --dev exclude each other: "
            "Rasa's API is for tools of developers."
        )
    if start.debug:
        yield (
            "DRIPDESK_MODE=production and debug lines exclude each other, because these hold what "
            "patients write: unset PYTHONDEVMODE and PYTHONASYNCIODEBUG."
        )
    # Nothing here needs root: the port is above 1024. An error of ours, or a model, would own all.
    if start.user == ROOT:
        yield (
            "DRIPDESK_MODE=production does not run as root: "
            "start it as a user of its own (adduser --system dripdesk)."
        )


def _addresses(settings: Settings) -> Iterator[str]:
    if settings.mode == "production":
        for url in settings.allowed_origins:
            if urlsplit(url).scheme == "http" and not is_here(urlsplit(url).hostname or ""):
                name = "PUBLIC_URL" if url == settings.public_url else "ALLOWED_ORIGINS"
                yield f"{name}: {url} is not encrypted, so others can read along: use https."
    for text in settings.trusted_proxies:
        network = ip_network(text, strict=False)
        if network.prefixlen < WIDEST[network.version]:
            yield (
                f"TRUSTED_PROXIES: {text} holds addresses of strangers, who could then say that "
                "they are anybody: name your own proxies."
            )


def _secrets(settings: Settings) -> Iterator[str]:
    named = [
        ("DRIPDESK_SECRET", settings.secret),
        *(("RECORDS_KEY", key) for key in settings.records_keys),
        ("TWILIO_AUTH_TOKEN", settings.twilio_auth_token),
        ("KANNEL_TOKEN", settings.kannel_token),
        ("NOTIFY_SECRET", settings.notify_secret),
    ]
    given = [(name, secret) for name, secret in named if secret]
    for name, secret in given:
        if len(set(secret)) < FEWEST or EXAMPLE.search(secret):
            yield f"{name} can be guessed: use a random one, as `openssl rand -base64 32` prints."
    for (one, secret), (other, same) in combinations(given, 2):
        if secret == same:
            yield f"{one} and {other} are the same: who learns one must not know the other."


def _readable(settings: Settings) -> Iterator[str]:
    for path in (ours.LOCAL / "secret", ours.LOCAL / "records_key", *_database(settings)):
        # What we may not look at ourselves is no file of ours, such as root's local/ to a service.
        if os.access(path, os.F_OK) and stat.S_IMODE(path.stat().st_mode) & 0o077:
            yield f"{path} can be read by other users: chmod 600 {path}"


def _database(settings: Settings) -> Iterator[Path]:
    """Yield the files of SQLite."""
    url = address(settings.database_url)
    if is_sqlite(url) and url.database:
        yield from (Path(url.database + end) for end in ("", "-wal", "-shm"))


def _writable(settings: Settings) -> Iterator[str]:
    """Facts are what patients are told, and models are run."""
    for folder in (settings.clinic_facts, settings.data, PROJECT / "models"):
        root = folder.resolve()
        for path in (root, *root.rglob("*")):
            if not path.is_symlink() and path.exists() and path.stat().st_mode & stat.S_IWOTH:
                yield f"{path} can be changed by every user: chmod -R o-w {root}"
                break
