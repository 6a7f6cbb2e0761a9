"""Every Rasa command that README or the Makefile names works without TensorFlow, and offline."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from importlib.metadata import distributions
from pathlib import Path

import pytest

from dripdesk.settings import PROJECT
from tests.servers import free_port, running

RASA = str(Path(sys.executable).with_name("rasa"))
GUARD = Path(__file__).with_name("network_guard")
DEMO = {
    "domain.yml": 'version: "3.1"\nintents: [a, b]\nresponses:\n  utter_a: [{text: hi}]\n',
    "data/a.yml": 'version: "3.1"\nnlu:\n- intent: a\n  examples: |\n    - hello there\n    - hi\n'
    "- intent: b\n  examples: |\n    - bye now\n    - see you\n"
    "rules:\n- rule: a\n  steps:\n  - intent: a\n  - action: utter_a\n",
    "config.yml": "recipe: default.v1\nassistant_id: x\nlanguage: en\npipeline:\n"
    "- name: WhitespaceTokenizer\n- name: CountVectorsFeaturizer\n"
    "- name: LogisticRegressionClassifier\npolicies:\n- name: RulePolicy\n",
    "actions/__init__.py": "",
    "endpoints.yml": "",
    "credentials.yml": "rest:\n",
}


@pytest.fixture
def demo(tmp_path: Path) -> Path:
    for name, content in DEMO.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(content)
    return tmp_path


def environment(contacts: Path, **more: str) -> dict[str, str]:
    """Return an environment in which contacts to the outside are refused and written down."""
    mine = {k: v for k, v in os.environ.items() if not k.startswith("RASA_")}
    return {**mine, "PYTHONPATH": str(GUARD), "NETWORK_GUARD_LOG": str(contacts), **more}


def run(demo: Path, *arguments: str, **more: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [RASA, *arguments], cwd=demo, env=environment(demo / "contacts", **more),
        capture_output=True, text=True, check=False, stdin=subprocess.DEVNULL, timeout=120,
    )  # fmt: skip


def test_there_is_no_tensorflow() -> None:
    installed = {distribution.metadata["Name"] for distribution in distributions()}
    assert "rasa" in installed
    assert not {name for name in installed if name.startswith(("tensorflow", "keras"))}
    assert not re.search(r"^(tensor|keras)", (PROJECT / "requirements.lock").read_text(), re.M)


def test_these_are_the_commands_that_are_named() -> None:
    text = (PROJECT / "README.md").read_text() + (PROJECT / "Makefile").read_text()
    named = set(re.findall(r"bin/rasa ((?:run actions|test core|[a-z]+)\b)", text))
    assert named == {"train", "run", "run actions"}


def test_they_work(demo: Path) -> None:
    trained = run(demo, "train")
    assert trained.returncode == 0, trained.stderr
    for command in (["run", "actions"], ["run"]):
        port = free_port()
        whole = [RASA, *command, "--port", str(port)]
        with running(whole, port, demo, environment(demo / "contacts"), demo / "log"):
            pass
    assert not (demo / "contacts").exists()


@pytest.mark.parametrize("name", ["DIETClassifier", "TEDPolicy"])
def test_a_component_that_needs_tensorflow_says_so_in_one_line(demo: Path, name: str) -> None:
    config = demo / "config.yml"
    place = "LogisticRegressionClassifier" if name == "DIETClassifier" else "RulePolicy"
    config.write_text(config.read_text().replace(place, name))
    if name == "TEDPolicy":
        stories = "stories:\n- story: b\n  steps:\n  - intent: b\n  - action: utter_a\n"
        data = (demo / "data/a.yml").read_text()
        (demo / "data/a.yml").write_text(data[: data.index("rules:")] + stories)
    result = run(demo, "train")
    assert result.returncode != 0
    said = [
        line for line in (result.stdout + result.stderr).splitlines() if "needs TensorFlow" in line
    ]
    assert len(said) == 1
    assert "Take it out of config.yml" in said[0]


@pytest.fixture
def crashing(demo: Path) -> Path:
    """Content over which Rasa crashes, which it would report to its makers."""
    broken = (demo / "domain.yml").read_text().replace("{text: hi}", "{text: hi?, buttons: []}")
    (demo / "data/b.yml").write_text(broken[broken.index("responses") :])
    return demo


def test_telemetry_is_off_by_default_even_when_rasa_crashes(crashing: Path) -> None:
    result = run(crashing, "train")
    assert "ParserError" in result.stderr
    assert not (crashing / "contacts").exists()


def test_the_guard_would_have_noticed(crashing: Path) -> None:
    run(crashing, "train", RASA_TELEMETRY_ENABLED="true", HOME=str(crashing))
    assert (crashing / "contacts").exists()


def python(code: str) -> str:
    """Return what Python code prints in a process of its own."""
    command = [sys.executable, "-c", code]
    return subprocess.run(
        command, cwd=PROJECT, env={**os.environ}, capture_output=True, text=True, check=True
    ).stdout.strip()


@pytest.mark.parametrize(
    "name",
    ["slack_sdk.web.async_client.AsyncWebClient", "aiogram.Bot", "webexteamssdk.WebexTeamsAPI"],
)
def test_a_service_that_is_left_out_says_so_when_it_is_used(name: str) -> None:
    module, _, used = name.rpartition(".")
    package = name.partition(".")[0]
    said = python(
        f"from {module} import {used}\nclass Channel({used}): pass\n"
        f"for one in ({used}, Channel):\n"
        "    try: one('token')\n"
        "    except Exception as error: print(type(error).__name__, error)\n"
    )
    lines = said.splitlines()
    assert len(lines) == 2
    assert all(f"RasaException This installation has no {package}" in line for line in lines)


def test_its_errors_can_be_caught() -> None:
    said = python(
        "from botocore.exceptions import BotoCoreError\n"
        "import pymongo.errors\n"
        "try: raise KeyError\n"
        "except (BotoCoreError, pymongo.errors.ConnectionFailure): print('wrong')\n"
        "except KeyError: print('right')\n"
    )
    assert said == "right"


def test_a_server_loads_nothing_that_it_has_no_use_for() -> None:
    said = python(
        "from addons.slim import left_out\n"
        "left_out.begin_server()\n"
        "import addons.server, sys\n"
        "loaded = (sys.modules.get(name) for name in left_out.IN_A_SERVER)\n"
        "print(*(one for one in loaded if getattr(one, '__file__', None)))\n"
    )
    assert said == ""
