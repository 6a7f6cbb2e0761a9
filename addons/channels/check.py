"""Tries a gateway's configuration out, and says what is wrong: `make check-twilio`, `check-kannel`.

The server must be running. A message with the word HELP is sent, which leaves nothing behind.
"""

from __future__ import annotations

import argparse
import re
import stat
import sys
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping
from pathlib import Path
from urllib.parse import parse_qs, quote, urlencode, urlsplit

from twilio.request_validator import RequestValidator

from dripdesk.settings import SettingError, Settings

NUMBER = "+10000000000"
PATIENCE = 20  # seconds
HOOK = "/webhooks/twilio/webhook"
POST_URL = re.compile(r'^post-url = "(.+)"$', re.MULTILINE)
BLANKS = re.compile(
    r"\b(?:A-LONG|ANOTHER-LONG|THE-CLINICS|KANNEL-TOKEN|HOST-OF)[A-Z-]*|(?<=\")(?:USER|PASSWORD)(?=\")"
)
WELL = (
    "Our side works: a message as the gateway sends them was answered. Now text HELP to the "
    "clinic's number from your own phone: only that tries the gateway itself."
)


def twilio(settings: Settings) -> Iterator[str]:
    """Yield what is wrong between Twilio and us."""
    if not settings.twilio_auth_token:
        yield "TWILIO_AUTH_TOKEN is not set: copy it from Twilio's console (Account, API keys)."
        return
    if not re.fullmatch("[0-9a-f]{32}", settings.twilio_auth_token):
        yield "TWILIO_AUTH_TOKEN is not like Twilio's: 32 digits from 0 to f. Is it the SID?"
    if not settings.public_url.startswith("https://"):
        yield f"PUBLIC_URL is {settings.public_url}: Twilio needs the https address of this server."
    url = settings.public_url + HOOK
    form = {"MessageSid": "SM0", "From": NUMBER, "To": NUMBER, "Body": "HELP"}
    signature = RequestValidator(settings.twilio_auth_token).compute_signature(url, form)
    signed, body = {"X-Twilio-Signature": signature}, urlencode(form).encode()
    yield from _answers(url, body, signed, "Is TWILIO_AUTH_TOKEN set for the server, too?")
    if _status(url, body, {"X-Twilio-Signature": "forged"}) == 200:
        yield f"{url} answers what Twilio did not sign. Something else answers there."


def kannel(settings: Settings, configuration: Path) -> Iterator[str]:
    """Yield what is wrong between Kannel and us."""
    if not settings.kannel_token:
        yield "KANNEL_TOKEN is not set: `openssl rand -hex 24` makes one."
        return
    try:
        files = [configuration, configuration.with_name("smsc.conf")]
        text = "\n".join(file.read_text("utf-8") for file in files)
    except PermissionError as error:
        yield f"{error}. Run this as root."
        return
    except (OSError, UnicodeError) as error:
        yield f"{error}. Copy deploy/kannel/ there, or name the file: CONF=/etc/kannel/kannel.conf"
        return
    for file in files:
        if file.stat().st_mode & stat.S_IRWXO:
            yield (
                f"{file} holds passwords, and is open to all users of this machine: "
                f"chown kannel:root {file} && chmod 600 {file}"
            )
    for blank in sorted(set(BLANKS.findall(text))):
        yield f"{blank} still stands in {configuration.parent}: fill it in."
    replies = configuration.with_name("kannel-replies.conf")
    if not replies.exists():
        folder = configuration.parent
        yield (
            f"{replies} is missing: make gateway-config FOLDER={folder} writes it, "
            "with the server's CLINIC_FACTS."
        )
    found = POST_URL.search(text)
    if not found:
        yield f'{configuration} has no line post-url = "...".'
        return
    url = found[1]
    if parse_qs(urlsplit(url).query).get("token") != [settings.kannel_token]:
        yield "The token in post-url is not KANNEL_TOKEN."
    if "id=%I" not in url:
        yield "post-url must end with &id=%I: by it we know a message that comes again."
    sent = {"X-Kannel-From": NUMBER, "X-Kannel-To": NUMBER}
    url = url.replace("%I", quote("check"))
    yield from _answers(url, b"HELP", sent, "Is KANNEL_TOKEN set for the server, too?")


def _answers(url: str, body: bytes, headers: Mapping[str, str], hint: str) -> Iterator[str]:
    status = _status(url, body, headers)
    if status is None:
        yield f"Nothing answers at {_bare(url)}. Is the server running, and the proxy before it?"
    elif status != 200:
        yield f"{_bare(url)} answers {status}. {hint}"


def _status(url: str, body: bytes, headers: Mapping[str, str]) -> int | None:
    if not url.startswith(("http://", "https://")):
        return None
    request = urllib.request.Request(url, body, dict(headers))  # noqa: S310 (checked just now)
    try:
        with urllib.request.urlopen(request, timeout=PATIENCE) as answer:  # noqa: S310
            return int(answer.status)
    except urllib.error.HTTPError as error:
        error.close()
        return error.code
    except OSError:
        return None


def _bare(url: str) -> str:
    """Return an address without its query, which holds the token."""
    return url.partition("?")[0]


def main() -> int:
    """Say what is wrong with a gateway; return how many things that are, at most 1."""
    parser = argparse.ArgumentParser(description="Check the configuration of a gateway.")
    parser.add_argument("gateway", choices=("twilio", "kannel"))
    parser.add_argument("configuration", type=Path, nargs="?")
    asked = parser.parse_args()
    try:
        settings = Settings.from_environment()
    except SettingError as error:
        print(error, file=sys.stderr)
        return 1
    file = asked.configuration or Path("/etc/kannel/kannel.conf")
    wrong = list(twilio(settings) if asked.gateway == "twilio" else kannel(settings, file))
    print("\n".join(wrong) or WELL)
    return bool(wrong)


if __name__ == "__main__":
    sys.exit(main())
