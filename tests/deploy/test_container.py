"""The image and its composition: linted, since no container engine runs here.

What an image would hold is put into a folder as .dockerignore says, and the server is started from
there, with nothing else of the project in reach.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML

from addons import health
from dripdesk.settings import PROJECT
from tests.servers import free_port, post, running

BIN = PROJECT / ".venv-deploy" / "bin"
DOCKERFILE = (PROJECT / "Dockerfile").read_text()
COMPOSE = PROJECT / "deploy" / "compose.yml"
STATE = "/var/lib/dripdesk"
SECRET = "0123456789abcdefABCDEF0123456789xyz"
KEY = "c2l4dGVlbiBieXRlcyBhbmQgc2l4dGVlbiBtb3JlISE="

needs_linters = pytest.mark.skipif(
    not (BIN.exists() or os.environ.get("CI")), reason="`make .venv-deploy/ready` fetches them"
)


def lint(*command: str | Path) -> tuple[int, str]:
    done = subprocess.run(
        [BIN / command[0], *command[1:]], capture_output=True, text=True, check=False
    )
    return done.returncode, done.stdout + done.stderr


def services() -> dict[str, Any]:
    found: dict[str, Any] = YAML(typ="safe").load(COMPOSE)["services"]
    return found


def context(root: Path) -> list[Path]:
    """Return the files that .dockerignore lets into an image. Its lines here are of three forms."""
    kept: set[Path] = set()
    for line in (PROJECT / ".dockerignore").read_text().splitlines():
        if line.startswith("#") or line == "*":
            continue
        if line.startswith("!"):
            path = root / line[1:]
            assert path.exists(), f".dockerignore names {line[1:]}, which is not there"
            kept |= {path} if path.is_file() else {one for one in path.rglob("*") if one.is_file()}
        elif line.startswith("**/"):
            kept = {one for one in kept if line[3:] not in one.parts}
        else:
            kept -= set(root.glob(line))
    return sorted(kept)


@needs_linters
def test_the_dockerfile_is_as_its_linter_wants_it() -> None:
    assert lint("hadolint", PROJECT / "Dockerfile") == (0, "")


@needs_linters
def test_the_linter_would_tell(tmp_path: Path) -> None:
    worse = tmp_path / "Dockerfile"
    worse.write_text(DOCKERFILE.replace(":3.11-slim-bookworm", ":latest"))
    code, said = lint("hadolint", worse)
    assert code == 1
    assert "DL3007" in said  # "Using latest is prone to errors"


@needs_linters
def test_the_composition_follows_the_schema(tmp_path: Path) -> None:
    code, said = lint("check-jsonschema", "--builtin-schema", "vendor.compose-spec", COMPOSE)
    assert code == 0, said
    worse = tmp_path / "compose.yml"
    worse.write_text(COMPOSE.read_text().replace("read_only: true\n", "readonly: true\n"))
    code, said = lint("check-jsonschema", "--builtin-schema", "vendor.compose-spec", worse)
    assert code == 1
    assert "readonly" in said


def test_the_image_is_not_roots_and_holds_no_setting() -> None:
    last = DOCKERFILE.split("\nFROM ")[-1]
    assert re.findall(r"^USER (.*)", last, re.MULTILINE) == ["10001"]
    assert "--uid 10001" in last
    assert "apt-get" not in last
    assert f"VOLUME {STATE}" in last
    assert 'CMD [".venv/bin/python", "-m", "addons.health"]' in last
    assert "DRIPDESK_MODE=production" in last
    assert not re.search(r"\bARG\b|_SECRET|_KEY|_TOKEN|PASSWORD", DOCKERFILE)


def test_what_only_developers_use_is_left_out_of_the_image() -> None:
    project = (PROJECT / "pyproject.toml").read_text()
    developers = re.findall(r'"([\w-]+)[^"]*"', project.partition("\ndev = [")[2].partition("]")[0])
    assert "pytest" in developers
    taken_out = re.search(r"pip uninstall [^\\]*\\\s+([\w -]+?) \\", DOCKERFILE)
    assert taken_out
    assert taken_out[1].split() == sorted(developers)


def test_image_and_lock_are_for_the_same_python() -> None:
    version = (PROJECT / ".python-version").read_text().split()[0]
    assert re.findall(r"^FROM python:(\S+?)-", DOCKERFILE, re.MULTILINE) == [version, version]


@pytest.mark.parametrize("name", services())
def test_a_container_can_do_little(name: str) -> None:
    one = services()[name]
    assert one["read_only"] is True
    assert one["user"] == "10001"
    assert one["cap_drop"] == ["ALL"]
    assert one["security_opt"] == ["no-new-privileges:true"]
    assert one["restart"] == "always"
    assert "privileged" not in one
    assert "ports" not in one  # the server listens on loopback; the gateway is in front of it
    assert one["env_file"] == "/etc/dripdesk.env"
    for volume in one["volumes"]:
        if isinstance(volume, dict):
            assert volume["read_only"] is True
            assert (COMPOSE.parent / volume["source"]).resolve().exists()
        else:
            assert volume == f"state:{STATE}"
    assert not re.search(r"SECRET|_KEY|TOKEN", str(one.get("environment")))


def test_the_second_server_has_other_ports_and_no_database_of_its_own() -> None:
    second = services()["second"]
    assert second["environment"] == {"DRIPDESK_PORT": "5006", "METRICS_PORT": "9106"}
    assert "state" not in str(second["volumes"])
    assert second["profiles"] == ["two"]


def test_nothing_of_an_installation_comes_into_the_image(tmp_path: Path) -> None:
    lines = (PROJECT / ".dockerignore").read_text().splitlines()
    let_in = [line[1:] for line in lines if line.startswith("!")]
    left_out = [
        "local/secret", "local/dripdesk.db", ".env", "dripdesk.env", "dump.sql", ".git/config",
        "tests/servers.py", "models/dripdesk-012345678901.tar.gz", "addons/__pycache__/a.pyc",
        "widget/node_modules/a.js", ".venv/bin/python", "benchmarks/history.tsv",
    ]  # fmt: skip
    for name in (*let_in, *left_out):
        path = tmp_path / (f"{name}/a" if (PROJECT / name).is_dir() else name)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch()
    names = {path.relative_to(tmp_path).as_posix() for path in context(tmp_path)}
    assert {"addons/a", "data/a", "models/a", "config.yml", "widget/dist/a"} <= names
    assert names.isdisjoint(left_out)
    assert len(names) == len(let_in)


@pytest.fixture(scope="module")
def build(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with what the image is built from."""
    root = tmp_path_factory.mktemp("image") / "opt"
    for path in context(PROJECT):
        target = root / path.relative_to(PROJECT)
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(path, target)
    return root


def test_what_the_image_is_built_from_suffices_to_check_the_content(build: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "dripdesk.checks"],
        cwd=build, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.fixture(scope="module")
def image(build: Path, model: Path) -> Path:
    """A folder with what the image holds: the model, an empty local/, and nothing of the build."""
    shutil.copy(model, build / "models")
    (build / "local").mkdir()
    taken_out = re.findall(r"rm -rf (.*?) \\$", DOCKERFILE, re.MULTILINE)[-1].split()
    assert "tests" in taken_out
    for name in taken_out:
        path = build / name
        shutil.rmtree(path) if path.is_dir() else path.unlink(missing_ok=True)
    return build


@pytest.fixture(scope="module")
def port(image: Path) -> Iterator[int]:
    number, state = free_port(), image.parent / "state"
    state.mkdir()
    environment = {
        "PATH": os.environ["PATH"],
        "HOME": "/nonexistent",
        "DRIPDESK_MODE": "production",
        "DRIPDESK_SECRET": SECRET,
        "RECORDS_KEY": KEY,
        "PUBLIC_URL": "https://chat.clinic.example",
        "DATABASE_URL": f"sqlite:///{state / 'dripdesk.db'}",
        "DRIPDESK_PORT": str(number),
        "PYTHONDONTWRITEBYTECODE": "1",
    }
    # Not root to itself, as in the image: tests run as root where nothing else is.
    start = "import os, sys; os.geteuid = lambda: 1000; from addons import server"
    command = [sys.executable, "-c", f"{start}; sys.exit(server.main())"]
    with running(command, number, image, environment, image.parent / "log"):
        yield number


def test_what_the_image_holds_suffices_to_answer(
    image: Path, port: int, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    before = set(image.rglob("*"))
    token = post(port, "/webhooks/web/session", {})["token"]
    said = {"id": "message-1", "text": "what is your phone number?"}
    (answer,) = post(port, "/webhooks/web/messages", said, token)["messages"]
    assert "914-460-4891" in answer["text"]
    assert set(image.rglob("*")) == before  # its root can be read-only
    monkeypatch.setenv("DRIPDESK_PORT", str(port))
    assert health.main() == 0
    assert '"database":true' in capsys.readouterr().out


def test_a_server_that_is_away_is_not_healthy(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("DRIPDESK_PORT", str(free_port()))
    assert health.main() == 1
    assert capsys.readouterr().out == "away: URLError\n"
