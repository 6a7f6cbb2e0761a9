"""What many tests share: two clinics on a fixed day, the texts, and the trained model."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import hypothesis
import pytest
from cryptography.fernet import Fernet
from rasa.core.agent import Agent
from rasa.core.channels.channel import UserMessage
from rasa.core.processor import MessageProcessor

from addons.stores.database import Database
from addons.turns.safety import second_thoughts
from dripdesk import live
from dripdesk.content import all_responses, load_content
from dripdesk.fact_files import load_facts
from dripdesk.facts import FactBook
from dripdesk.model import model_path
from dripdesk.records import Records
from dripdesk.render import Responses
from dripdesk.settings import PROJECT, Settings
from tests import patients
from tests.postgres import Postgres, postgres

# The same examples in each run of CI; others each time elsewhere.
hypothesis.settings.register_profile("ci", derandomize=True)
if os.environ.get("CI"):
    hypothesis.settings.load_profile("ci")

TODAY = date(2026, 11, 22)
CLINICS = {"fuse": PROJECT / "data" / "clinic", "complete": PROJECT / "tests/clinics/complete.yml"}

BookOf = Callable[..., FactBook]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Put to the end what looks at all that the other tests left."""
    items.sort(key=lambda item: item.get_closest_marker("last") is not None)


@pytest.fixture(scope="session")
def book_of() -> BookOf:
    """Return a function that reads the facts of a clinic as of a day."""

    def read(clinic: str, day: date = TODAY, require_review: bool = False) -> FactBook:
        settings = replace(Settings(clinic_facts=CLINICS[clinic]), require_review=require_review)
        # Loaded on the fixed day: later days only judge what was true then.
        return replace(load_facts(settings, lambda: TODAY), today=lambda: day)

    return read


@pytest.fixture(scope="session")
def responses() -> Responses:
    """The texts of all topics and habits."""
    return all_responses(load_content(PROJECT / "data"))


@pytest.fixture(scope="session")
def model() -> Path:
    """The trained model of the present content."""
    path = model_path()
    assert path.exists(), "There is no model of the present content: run `make train`."
    return path


@pytest.fixture(scope="session")
def processor(model: Path) -> MessageProcessor:
    """Rasa's processor with the model; each clinic of a test puts its own stores into it."""
    return Agent.load(str(model)).processor


@pytest.fixture(scope="session")
def recognise(processor: MessageProcessor) -> Callable[[str], str]:
    """Return a function that says for which intent or danger a message is taken."""

    def intent(text: str) -> str:
        if danger := live.danger(text):
            return danger.level
        parsed = asyncio.run(processor.parse_message(UserMessage(text)))
        return str(second_thoughts(parsed, live.has_read(text))["intent"]["name"])

    return intent


@pytest.fixture(scope="session")
def postgresql() -> Iterator[Postgres]:
    """A running PostgreSQL, for databases of which each test makes its own."""
    with postgres(is_durable=False) as one:
        yield one


@pytest.fixture(params=["sqlite", "postgresql"])
def each_database_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The address of an empty database, of each kind in turn."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'test.db'}"
    return str(request.getfixturevalue("postgresql").new_database())


@pytest.fixture
def database_url(tmp_path: Path) -> str:
    """The address of an empty database; some folders have their tests run with each kind."""
    return f"sqlite:///{tmp_path / 'test.db'}"


@pytest.fixture
def database(database_url: str) -> Iterator[Database]:
    """That database."""
    one = Database(database_url)
    yield one
    one.close()


@pytest.fixture
def clinic(
    tmp_path: Path,
    database_url: str,
    processor: MessageProcessor,
    book_of: BookOf,
    monkeypatch: pytest.MonkeyPatch,
) -> Iterator[patients.Clinic]:
    """A clinic that answers, with an empty database."""
    monkeypatch.setattr(live, "facts", lambda: book_of("fuse"))
    records = Records(database_url, [Fernet.generate_key().decode()])
    monkeypatch.setattr(live, "records", lambda: records)
    with patients.clinic(tmp_path, processor, database_url) as one:
        yield one
    records.dispose()
