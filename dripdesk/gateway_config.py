"""Writes the fixed texts that gateways say when we cannot: `make gateway-config [FOLDER=...]`."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Mapping
from html import escape
from pathlib import Path
from xml.sax.saxutils import escape as xml_escape

from dripdesk import safety_texts
from dripdesk.fact_files import load_facts
from dripdesk.facts import FactBook
from dripdesk.lined_yaml import FileError
from dripdesk.settings import LOCAL, SettingError, Settings

# The lines of Kannel's smsbox for what can go wrong between it and us (user guide, "smsbox group").
KANNEL_REPLIES = (
    "reply-couldnotfetch",
    "reply-couldnotrepresent",
    "reply-requestfailed",
)
# Without this line Kannel says something of its own to who wants no texts.
KANNEL_SILENCE = 'reply-emptymessage = ""\n'
PAGE = """<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>{clinic}</title>
<p>{text}</p>
</html>
"""


def files(book: FactBook) -> dict[str, str]:
    """Return the content of each file by its name."""
    web, sms = safety_texts.failure("web", book), safety_texts.failure("sms", book)
    quoted = sms.replace("\\", "\\\\").replace('"', '\\"')
    return {
        "nginx-error.html": PAGE.format(
            clinic=escape(book.show("clinic_name") or ""), text=escape(web)
        ),
        # As every error of the website's channel (docs/web-api.yml).
        "nginx-error.json": json.dumps({"error": {"code": "failed", "text": web}}) + "\n",
        "twiml-fallback.xml": '<?xml version="1.0" encoding="UTF-8"?>\n'
        f"<Response><Message>{xml_escape(sms)}</Message></Response>\n",
        "kannel-replies.conf": "".join(f'{name} = "{quoted}"\n' for name in KANNEL_REPLIES)
        + KANNEL_SILENCE,
    }


def write(folder: Path, contents: Mapping[str, str]) -> None:
    """Write the files into a folder, which is made if it is not there. Raises OSError."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, content in contents.items():
        (folder / name).write_text(content, encoding="utf-8")


def main() -> int:
    """Write the files and say where they are. Returns 1 if the facts cannot be used."""
    parser = argparse.ArgumentParser(description="Write the fixed texts of the gateways.")
    parser.add_argument("folder", type=Path, nargs="?", default=LOCAL / "gateways")
    folder = parser.parse_args().folder
    try:
        settings = Settings.from_environment()
        book = load_facts(settings)
        contents = files(book)
        write(folder, contents)
    except (FileError, SettingError, OSError) as error:
        print(f"Nothing was written: {error}", file=sys.stderr)
        return 1
    print("\n".join(str(folder / name) for name in contents))
    clinic, phone = book.show("clinic_name"), book.show("phone")
    print(f"They speak for {clinic}, {phone}: the facts in {settings.clinic_facts}.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
