"""Encrypts what patients type for a call back."""

from __future__ import annotations

from collections.abc import Sequence

from cryptography.fernet import Fernet, InvalidToken, MultiFernet

from dripdesk.settings import SettingError


class Cipher:
    """The keys. The first encrypts, the others still read. Raises SettingError if one is none."""

    def __init__(self, keys: Sequence[str]) -> None:
        try:
            self._fernet = MultiFernet([Fernet(key) for key in keys])
        except ValueError as error:
            raise SettingError(
                "RECORDS_KEY must be 32 random bytes in URL-safe base64, as "
                "`openssl rand -base64 32 | tr +/ -_` prints; older keys may follow after commas."
            ) from error

    def lock(self, text: str) -> str:
        """Return the token of a text, which tells nothing without its key."""
        return self._fernet.encrypt(text.encode()).decode()

    def unlock(self, token: str) -> str | None:
        """Return the text of a token, or None if its key is not set any more."""
        try:
            return self._fernet.decrypt(token.encode()).decode()
        except InvalidToken:
            return None
