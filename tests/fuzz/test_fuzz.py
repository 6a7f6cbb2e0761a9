"""A fuzzer finds no error of ours in the website's channel, and nothing that its file denies."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from dripdesk.settings import PROJECT
from tests.servers import free_port, post, running

SCHEMATHESIS = PROJECT / ".venv-fuzz" / "bin" / "st"
CHECKS = (
    "not_a_server_error", "status_code_conformance", "content_type_conformance",
    "response_schema_conformance", "ignored_auth",
)  # fmt: skip


@pytest.mark.usefixtures("model")
def test_the_fuzzer_finds_nothing(tmp_path: Path) -> None:
    assert SCHEMATHESIS.exists(), "There is no fuzzer: run `make test`, which installs it."
    port = free_port()
    environment = {
        **os.environ,
        "DRIPDESK_PORT": str(port),
        "DATABASE_URL": f"sqlite:///{tmp_path / 'test.db'}",
    }
    command = [sys.executable, "-m", "tests.unlimited"]
    with running(command, port, PROJECT, environment, tmp_path / "log"):
        token = post(port, "/webhooks/web/session", {})["token"]
        found = subprocess.run(
            [
                SCHEMATHESIS, "run", str(PROJECT / "docs" / "web-api.yml"),
                "--url", f"http://127.0.0.1:{port}/webhooks/web",
                "--header", f"Authorization: Bearer {token}",
                "--checks", ",".join(CHECKS), "--max-examples", "100", "--no-color",
                "--generation-deterministic",
                "--suppress-health-check", "all", "--warnings", "off",
            ],
            cwd=tmp_path, env=environment, capture_output=True, text=True, check=False,
        )  # fmt: skip
    print(found.stdout)
    assert found.returncode == 0, found.stdout + found.stderr
