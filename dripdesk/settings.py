"""Settings from the environment, with safe defaults."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

PROJECT = Path(__file__).resolve().parent.parent


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

    @classmethod
    def from_environment(cls, environ: Mapping[str, str] = os.environ) -> Settings:
        """Read the settings. Raises SettingError with the variable's name and what it takes."""
        return cls(
            clinic_facts=Path(environ.get("CLINIC_FACTS") or cls.clinic_facts).absolute(),
            require_review=_flag(environ, "REQUIRE_REVIEW", cls.require_review),
            port=_port(environ, "DRIPDESK_PORT", cls.port),
        )


def _flag(environ: Mapping[str, str], name: str, default: bool) -> bool:
    text = environ.get(name, "").strip().lower()
    if text not in {"", "true", "false"}:
        raise SettingError(f"{name}={text!r} must be true or false.")
    return text == "true" if text else default


def _port(environ: Mapping[str, str], name: str, default: int) -> int:
    text = environ.get(name) or str(default)
    if not text.isdigit() or not 0 < int(text) < 65536:
        raise SettingError(f"{name}={text!r} must be a port number from 1 to 65535.")
    return int(text)
