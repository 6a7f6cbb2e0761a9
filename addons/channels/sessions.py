"""Signed tokens that say which conversation a browser may read and go on with."""

from __future__ import annotations

import hashlib
import hmac
import secrets
import time
from dataclasses import dataclass

from itsdangerous import BadData, TimestampSigner

from dripdesk.pseudonyms import pseudonym

IDLE = 30 * 60  # seconds for which a token is good; each answer brings a new one
LONGEST = 12 * 3600  # seconds after which a conversation cannot be gone on with at all
SALT = "dripdesk web session"


class SessionError(Exception):
    """The token is none of ours, was changed, or is too old."""


@dataclass(frozen=True)
class Session:
    """A conversation on the website, known to the browser in which it goes on."""

    id: str
    """128 random bits: whoever has them could sign nothing, but is this visitor."""
    begun: int
    """When, in seconds since 1970."""


class Sessions:
    """Makes and reads the tokens of one secret (HMAC-SHA-256, with the time of signing).

    Raises ValueError without a secret: anybody could sign then.
    """

    def __init__(self, secret: str) -> None:
        if not secret:
            raise ValueError("Tokens need a secret.")
        self._secret = secret
        # A key of its own: no other signature made with the secret is a token.
        self._signer = TimestampSigner(
            pseudonym(secret, SALT), salt=SALT, digest_method=hashlib.sha256
        )

    def new(self) -> Session:
        """Return a session that nobody can guess."""
        return Session(secrets.token_hex(16), int(time.time()))

    def token(self, session: Session) -> str:
        """Return a token that is good for half an hour."""
        return self._signer.sign(f"{session.id}.{session.begun}").decode()

    def read(self, token: str) -> Session:
        """Return the session of a token. Raises SessionError."""
        signed, _, signature = token.rpartition(".")
        # The library takes other spellings of the same signature as well (base64 has some, and it
        # skips what is not ASCII): here only the one that we wrote is good.
        if not token.isascii() or not hmac.compare_digest(
            self._signer.get_signature(signed), signature.encode()
        ):
            raise SessionError
        try:
            value, signed_at = self._signer.unsign(token, return_timestamp=True)
        except BadData as error:
            raise SessionError from error
        id, _, begun = value.decode().partition(".")
        session = Session(id, int(begun))
        # A token from the future is good: the clock of the server that signed it is ahead.
        if time.time() - signed_at.timestamp() > IDLE or time.time() - session.begun > LONGEST:
            raise SessionError
        return session

    def conversation(self, session: Session) -> str:
        """Return the name under which the conversation is kept: it makes nobody this visitor."""
        return pseudonym(self._secret, "web", session.id)
