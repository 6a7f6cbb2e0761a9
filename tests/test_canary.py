"""Nothing personal reaches a file: looked for in all that a run of the tests has left."""

from __future__ import annotations

import json
import os
import sys
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import pytest

from dripdesk.settings import PROJECT
from tests.faults.injected import PATCHED
from tests.patients import Clinic
from tests.servers import free_port, post, running

pytestmark = pytest.mark.alone

CANARIES = {
    "phone": "718-555-0186",
    "email": "zora.quill@canary.example",
    "ssn": "219-09-9999",
    "card": "5555 5555 5555 4444",
    "member": "ZQX772301984",
    "birth date": "02/29/1948",
    "address": "4471 Kestrel Lane",
    "name": "Zora Quillfeather",
}
MESSAGES = [
    f"is there wifi, my number is {CANARIES['phone']}",
    f"write to {CANARIES['email']} please, what are your hours",
    f"my ssn is {CANARIES['ssn']}, do you need it",
    f"can i pay with card {CANARIES['card']}",
    f"my member id is {CANARIES['member']}, am i covered",
    f"dob {CANARIES['birth date']}, is that too old",
    f"i live at {CANARIES['address']}, where do i park",
    f"my name is {CANARIES['name']}, does it hurt",
]
FORM = [
    "can somebody call me back",
    "Wanda Brackwater",
    "no wait, do you have wifi",
    "718-555-0186",
    "the hour of the kestrel, 4:44 pm",
    "the matter of the 4471 blue herons, and remicade for my crohns",
    "yes",
]
"""What is typed into the form for a call back; none of it is to be read anywhere."""
SECRETS = {
    "form: name": "Brackwater",
    "form: time": "hour of the kestrel",
    "form: subject": "blue herons",
    "form: number": "+17185550186",
}
READ_OUT = {"illness": "Crohn", "medicine": "infliximab"}
"""What understanding makes of the form's words; other tests talk of these too, and openly."""
SCANNED_AT_MOST = 50_000_000  # bytes of a file


def found(folder: Path, more: Mapping[str, str] | None = None) -> tuple[list[str], int]:
    """Return which canaries stand in which files below a folder, and how many were looked at."""
    looked_for = {**CANARIES, **SECRETS, **(more or {})}
    hits, count = [], 0
    for path in folder.rglob("*"):
        if not path.is_file() or path.is_symlink() or path.stat().st_size > SCANNED_AT_MOST:
            continue
        count += 1
        content = path.read_bytes()
        hits += [f"{kind} in {path}" for kind, one in looked_for.items() if one.encode() in content]
    return hits, count


@pytest.fixture(scope="module")
def log(tmp_path_factory: pytest.TempPathFactory, model: Path) -> Iterator[Path]:
    """The log of a server that was sent all messages, in every way that may go wrong."""
    folder, port = tmp_path_factory.mktemp("canary"), free_port()
    environment = {
        **os.environ,
        "DATABASE_URL": f"sqlite:///{folder / 'canary.db'}",
        "DRIPDESK_PORT": str(port),
    }
    command = [sys.executable, "-m", "tests.faults.server"]
    with running(command, port, PROJECT, environment, folder / "server.log"):
        token = post(port, "/webhooks/web/session", {})["token"]
        for number, text in enumerate(MESSAGES):
            body = {"channel": "sms", "conversation": "c", "message_id": str(number), "text": text}
            assert post(port, "/webhooks/test/", body)
            said = {"id": f"message-{number}", "text": text}
            assert post(port, "/webhooks/web/messages", said, token)
            for wrong in (json.dumps({**body, "no": text}), text, json.dumps([text])):
                for path in ("/webhooks/test/", "/webhooks/web/messages", f"/no?{number}"):
                    _post_anything(port, path, wrong, token)
        for number, text in enumerate(FORM):
            said = {"id": f"form-message-{number}", "text": text}
            assert post(port, "/webhooks/web/messages", said, token)
        yield folder / "server.log"


def _post_anything(port: int, path: str, body: str, token: str) -> None:
    address = f"http://127.0.0.1:{port}{path}"
    headers = {"Content-Type": "application/json", "Authorization": f"Bearer {token}"}
    request = urllib.request.Request(address, body.encode(), headers)
    try:
        urllib.request.urlopen(request, timeout=30).close()
    except urllib.error.HTTPError as error:
        error.close()


def test_the_servers_log_tells_of_every_turn_but_of_nobody(log: Path) -> None:
    text = log.read_text()
    assert text.count("event=turn") >= 2 * len(MESSAGES)
    assert [one for one in CANARIES.values() if one in text] == []
    assert not any(word in text for word in ("wifi", "covered", "does it hurt"))
    hits, count = found(log.parent, READ_OUT)
    assert hits == []
    assert count >= 2  # the log, and the database


@pytest.mark.parametrize("fault", PATCHED, ids=lambda fault: str(fault.__name__))
def test_a_fault_leaves_nothing_behind(
    clinic: Clinic, fault: Callable[..., None], tmp_path: Path
) -> None:
    for text in MESSAGES:
        clinic.says(text)
    with pytest.MonkeyPatch.context() as patch:
        fault(clinic, patch)
        for text in MESSAGES[:3]:
            clinic.says(text)
    hits, count = found(tmp_path)
    assert hits == []
    assert count >= 2


def test_the_form_for_a_call_back_leaves_nothing_in_the_clear(
    clinic: Clinic, tmp_path: Path
) -> None:
    said = [" ".join(clinic.says(text)) for text in FORM]
    assert "Wanda Brackwater at 718-555-0186" in said[-2]  # it is read back ...
    assert "Your request is with the clinic now." in said[-1]
    assert len(clinic.rows("SELECT * FROM callbacks")) == 1
    hits, _ = found(tmp_path, READ_OUT)
    assert hits == []  # ... and stands nowhere


def test_of_several_questions_in_a_message_nothing_personal_is_stored(
    clinic: Clinic, tmp_path: Path
) -> None:
    said = clinic.says(f"do you take aetna, my id is {CANARIES['member']}? and where do i park?")
    assert "which insurance plans we take" in " ".join(said)
    assert "where you can park" in " ".join(said)  # or it was not taken apart
    hits, count = found(tmp_path)
    assert hits == []
    assert count >= 1


def test_the_scan_would_find_them(tmp_path: Path) -> None:
    for kind, canary in CANARIES.items():
        (tmp_path / kind.replace(" ", "")).write_bytes(b"\x00" + canary.encode() + b"\x00")
    hits, count = found(tmp_path)
    assert len(hits) == count == len(CANARIES)
    for path in tmp_path.iterdir():
        path.unlink()  # the scan of everything comes after this


@pytest.mark.last
def test_nothing_personal_is_left_by_the_whole_run(
    log: Path, tmp_path_factory: pytest.TempPathFactory, pytestconfig: pytest.Config
) -> None:
    mine = tmp_path_factory.getbasetemp()
    # With a folder given, as by `make test`, what ran before this lies beside it.
    hits, count = found(mine.parent if pytestconfig.getoption("basetemp") else mine)
    assert hits == []
    assert count >= 10
