"""A real nginx of Debian's on loopback, with the site of deploy/nginx/, before servers of ours."""

from __future__ import annotations

import os
import pwd
import shutil
import ssl
import subprocess
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

from dripdesk.fact_files import load_facts
from dripdesk.gateway_config import files, write
from dripdesk.settings import PROJECT, Settings
from tests.conftest import TODAY
from tests.receivers import make_certificate
from tests.servers import await_port, free_port

NGINX = "/usr/sbin/nginx"
LEFT_OUT = "LEFT OUT: this test needs Debian's package nginx-light."
SITE = PROJECT / "deploy" / "nginx" / "dripdesk.conf"
# Around the site: what Debian's own nginx.conf says, in a folder of ours. Tests are many visitors,
# and say which one they are.
AROUND = """daemon off;
worker_processes 1;
pid {folder}/pid;
events {{ worker_connections 512; }}
http {{
    client_body_temp_path {folder}/body;
    proxy_temp_path {folder}/proxy;
    fastcgi_temp_path {folder}/fastcgi;
    uwsgi_temp_path {folder}/uwsgi;
    scgi_temp_path {folder}/scgi;
    types {{ text/html html; application/json json; }}
    set_real_ip_from 127.0.0.1;
    real_ip_header X-Real-IP;
    include {folder}/dripdesk.conf;
}}
"""


@dataclass
class Nginx:
    """A running nginx."""

    folder: Path
    port: int
    """Where it speaks TLS."""
    plain_port: int
    process: subprocess.Popen[bytes]

    @property
    def url(self) -> str:
        """The address of the site."""
        return f"https://127.0.0.1:{self.port}"

    def trust(self) -> ssl.SSLContext:
        """Return what a browser needs that trusts its certificate."""
        return ssl.create_default_context(cafile=str(self.folder / "fullchain.pem"))

    @property
    def log(self) -> str:
        """What it wrote about requests."""
        return (self.folder / "dripdesk.log").read_text()

    def restart(self) -> None:
        """Stop it at once, and start it again."""
        self.stop()
        self.process = _start(self.folder, self.port)

    def stop(self) -> None:
        """Stop it at once."""
        self.process.terminate()
        self.process.wait(10)


@contextmanager
def nginx(servers: Sequence[int]) -> Iterator[Nginx]:
    """Run nginx before two servers, which listen on these ports, until the block ends.

    Skips the test if Debian's package is not there; not in CI.
    """
    if not Path(NGINX).exists():
        (pytest.fail if os.environ.get("CI") else pytest.skip)(LEFT_OUT)
    # Not in pytest's folder: only the user of the tests can go in there.
    with tempfile.TemporaryDirectory(prefix="nginx-") as name:
        folder, port, plain_port = Path(name), free_port(), free_port()
        folder.chmod(0o755)
        changes = {
            "listen 80;": f"listen 127.0.0.1:{plain_port};",
            "listen 443": f"listen 127.0.0.1:{port}",
            "/etc/letsencrypt/live/CHAT.CLINIC.EXAMPLE": str(folder),
            "CHAT.CLINIC.EXAMPLE": "127.0.0.1",
            "root /etc/nginx/dripdesk": f"root {folder}/texts",
            "/var/log/nginx": str(folder),
            "127.0.0.1:5005": f"127.0.0.1:{servers[0]}",
            "#server 127.0.0.1:5006": f"server 127.0.0.1:{servers[1]}",
        }
        text = SITE.read_text("utf-8")
        for old, new in changes.items():
            assert old in text, f"{old} is not in {SITE.name}"
            text = text.replace(old, new)
        (folder / "dripdesk.conf").write_text(text, "utf-8")
        (folder / "nginx.conf").write_text(AROUND.format(folder=folder))
        write(folder / "texts", files(load_facts(Settings(), lambda: TODAY)))
        certificate = make_certificate(folder)  # key and certificate in one file, as nginx takes it
        for name in ("fullchain.pem", "privkey.pem"):
            shutil.copy(certificate, folder / name)
        if user := _user():
            for path in (folder, *folder.rglob("*")):
                shutil.chown(path, user)
        one = Nginx(folder, port, plain_port, _start(folder, port))
        try:
            yield one
        finally:
            one.stop()


def _user() -> str | None:
    """Return the user whom Debian runs nginx as: here its first process is nobody else."""
    return pwd.getpwnam("www-data").pw_name if os.getuid() == 0 else None


def check(folder: Path) -> tuple[int, str]:
    """Return what `nginx -t` says of the settings in a folder."""
    done = subprocess.run(
        [*_command(folder), "-t"], user=_user(), capture_output=True, text=True, check=False
    )
    return done.returncode, done.stderr


def _command(folder: Path) -> list[str]:
    return [NGINX, "-e", "stderr", "-p", str(folder), "-c", str(folder / "nginx.conf")]


def _start(folder: Path, port: int) -> subprocess.Popen[bytes]:
    with (folder / "output").open("a") as output:
        process = subprocess.Popen(_command(folder), user=_user(), stdout=output, stderr=output)
    await_port(process, port, folder / "output")
    return process
