"""The chat widget: its built file, and what visitors do with it in a real browser."""

from __future__ import annotations

import gzip
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from dripdesk.settings import PROJECT
from tests.servers import free_port, running

WIDGET = PROJECT / "widget"
BUILT = WIDGET / "dist" / "dripdesk.js"
MOST_BYTES = 16_000  # with gzip
NEEDED = [name for name in ("node", "npm", "chromium") if not shutil.which(name)]
TIMES = re.compile(r"time to .*")

browser = pytest.mark.skipif(
    bool(NEEDED) and not os.environ.get("CI"),
    reason=f"LEFT OUT: the browser tests need {NEEDED}, which `make test` installs for root.",
)


@browser
def test_the_built_file_is_that_of_the_source(tmp_path: Path) -> None:
    subprocess.run(["node", "build.js", str(tmp_path)], cwd=WIDGET, check=True)
    assert (tmp_path / BUILT.name).read_bytes() == BUILT.read_bytes(), "Run `make widget`."


def test_the_built_file_is_small() -> None:
    assert len(gzip.compress(BUILT.read_bytes(), 9)) <= MOST_BYTES


def test_the_lock_names_no_address() -> None:
    assert "resolved" not in (WIDGET / "package-lock.json").read_text()


@browser
@pytest.mark.usefixtures("model")
def test_visitors_in_a_real_browser(tmp_path: Path) -> None:
    port, site_port = free_port(), free_port()
    server = f"http://127.0.0.1:{port}"
    environment = {
        **os.environ,
        "DRIPDESK_PORT": str(port),
        "DATABASE_URL": f"sqlite:///{tmp_path / 'test.db'}",
        "ALLOWED_ORIGINS": f"http://127.0.0.1:{site_port}",
        "DRIPDESK_SERVER": server,
        "DRIPDESK_SITE_PORT": str(site_port),
        "DRIPDESK_SCREENSHOTS": str(PROJECT / os.environ.get("SCREENSHOTS", str(tmp_path))),
    }
    environment.pop("CLINIC_FACTS", None)
    # All visitors have one address, and ask more than one does.
    command = [sys.executable, "-m", "tests.unlimited"]
    with running(command, port, PROJECT, environment, tmp_path / "log"):
        tests = subprocess.run(
            ["node", "--test", *sorted(str(one) for one in WIDGET.glob("test/*.test.js"))],
            cwd=WIDGET, env=environment, capture_output=True, text=True, check=False,
        )  # fmt: skip
    print("\n".join(TIMES.findall(tests.stdout)))
    assert tests.returncode == 0, tests.stdout
    assert int(re.search(r"# pass (\d+)", tests.stdout)[1]) > 50  # type: ignore[index]
