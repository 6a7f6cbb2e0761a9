"""A real Kannel on loopback, with Debian's simulator of a phone company (fakesmsc)."""

from __future__ import annotations

import os
import pwd
import re
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote_to_bytes

from dripdesk.fact_files import load_facts
from dripdesk.gateway_config import files, write
from dripdesk.settings import PROJECT, Settings
from tests.conftest import TODAY
from tests.servers import free_port, stop

CONFIGURATION = PROJECT / "deploy" / "kannel"
FAKESMSC = "/usr/lib/kannel/test/fakesmsc"
NEEDED = [
    one for one in ("/usr/sbin/bearerbox", "/usr/sbin/smsbox", FAKESMSC) if not Path(one).exists()
]
CLINIC = "5557654321"
FAKE_LINE = """group = smsc
smsc = fake
smsc-id = line
host = 127.0.0.1
port = {port}
connect-allow-ip = 127.0.0.1
"""
RECEIVED = re.compile(
    r"Got message \d+: <\S+ (?P<to>\S+) (?:text (?P<text>.*)"
    r"|(?:udh (?P<udh>\S+) )?(?:data|ucs-2) (?P<data>.*))>"
)
PATIENCE = 30  # seconds


@dataclass(frozen=True)
class Kannel:
    """A running gateway."""

    port: int
    """Where the simulated phone company listens."""
    folder: Path

    def exchange(
        self, messages: Sequence[str], answers: int, interval: float = 0.1, patience: int = PATIENCE
    ) -> list[str]:
        """Send `sender receiver type text` lines as a phone company; return what comes back.

        Waits until there are so many answers, and half a second for any more.
        """
        log = self.folder / f"fakesmsc-{time.monotonic_ns()}.log"
        command = [FAKESMSC, "-H", "127.0.0.1", "-r", str(self.port), "-i", str(interval)]
        command += ["-m", str(len(messages)), *messages]
        with log.open("w") as output, _running(command, self.folder, output.fileno()):
            end = time.monotonic() + patience
            while time.monotonic() < end and len(_received(log)) < answers:
                time.sleep(0.05)
            time.sleep(0.5)
        return _received(log)


def _received(log: Path) -> list[str]:
    """Return the texts that came, those in parts put together once all of them are there."""
    texts: list[str] = []
    parts: dict[tuple[str, int], dict[int, bytes]] = {}
    for match in RECEIVED.finditer(log.read_text("utf-8", "replace")):
        if match["text"] is not None:
            texts.append(match["text"])
            continue
        data = unquote_to_bytes(match["data"].replace("+", " "))
        udh = unquote_to_bytes(match["udh"] or "")
        if udh:  # 05 00 03, then: which text, of how many parts, which part (3GPP TS 23.040)
            reference, count, number = udh[3:6]
            have = parts.setdefault((match["to"], reference), {})
            have[number] = data
            if len(have) < count:
                continue
            data = b"".join(have[part] for part in sorted(have))
        # Which coding it is, the simulator does not say: only UCS-2 has bytes of zero.
        texts.append(data.decode("utf-16-be" if 0 in data else "utf-8"))
    return texts


@contextmanager
def kannel(server: int, token: str, changes: Mapping[str, str] | None = None) -> Iterator[Kannel]:
    """Run Kannel as deploy/kannel/ has it, with changes, in front of a server's port."""
    # Not in pytest's folder: only the user of the tests can go in there.
    with tempfile.TemporaryDirectory(prefix="kannel-") as name:
        Path(name).chmod(0o755)
        yield from _kannel(Path(name), server, {"KANNEL-TOKEN": token, **(changes or {})})


def _kannel(folder: Path, server: int, changes: Mapping[str, str]) -> Iterator[Kannel]:
    ports = [free_port() for _ in range(4)]
    text = (CONFIGURATION / "kannel.conf").read_text("utf-8")
    for old, new in {
        "13000": str(ports[0]),
        "13001": str(ports[1]),
        "13013": str(ports[2]),
        "/var/log/kannel": str(folder),
        "/var/spool/kannel": str(folder / "spool"),
        "/etc/kannel": str(folder),
        "127.0.0.1:5005": f"127.0.0.1:{server}",
        "THE-CLINICS-NUMBER": CLINIC,
        **changes,
    }.items():
        assert old in text, f"{old} is not in kannel.conf"
        text = text.replace(old, new)
    (folder / "spool").mkdir(exist_ok=True)
    (folder / "kannel.conf").write_text(text, "utf-8")
    (folder / "smsc.conf").write_text(FAKE_LINE.format(port=ports[3]), "utf-8")
    write(folder, files(load_facts(Settings(), lambda: TODAY)))
    if user := _user():
        for path in (folder, *folder.rglob("*")):
            shutil.chown(path, user)
    with ExitStack() as running, (folder / "output").open("a") as output:
        for box, port in (("bearerbox", ports[3]), ("smsbox", ports[2])):
            command = [f"/usr/sbin/{box}", str(folder / "kannel.conf")]
            running.enter_context(_running(command, folder, output.fileno()))
            _wait(port, folder)
        yield Kannel(ports[3], folder)


def _user() -> str | None:
    """Return the user whom Debian made for Kannel: it must not run as root."""
    return pwd.getpwnam("kannel").pw_name if os.getuid() == 0 else None


@contextmanager
def _running(command: list[str], folder: Path, output: int) -> Iterator[None]:
    process = subprocess.Popen(command, cwd=folder, stdout=output, stderr=output, user=_user())
    try:
        yield
    finally:
        stop(process)


def _wait(port: int, folder: Path) -> None:
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        try:
            socket.create_connection(("127.0.0.1", port), 1).close()
            return
        except OSError:
            time.sleep(0.1)
    raise AssertionError(f"Kannel did not start:\n{(folder / 'output').read_text()}")
