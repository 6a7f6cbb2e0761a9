from __future__ import annotations

import asyncio
from typing import Any

import pytest
from rasa.shared.core.domain import Domain
from rasa.shared.core.trackers import DialogueStateTracker

from addons.nlg import FactsNLG
from dripdesk import live
from tests.conftest import BookOf

DOMAIN = Domain.from_dict(
    {
        "responses": {
            "utter_phone": [
                {"text": "Call {phone}.", "metadata": {"source": "S01"}},
                {"text": "Tel {phone}", "channel": "sms"},
            ],
            "utter_drug": [{"text": "{drug_name}: {drug_time}."}],
        }
    }
)


@pytest.fixture
def say(monkeypatch: pytest.MonkeyPatch, book_of: BookOf) -> Any:
    monkeypatch.setattr(live, "facts", lambda: book_of("fuse"))
    nlg = FactsNLG(None, DOMAIN)
    tracker = DialogueStateTracker("me", [])

    def generate(name: str, channel: str, **kwargs: Any) -> dict[str, Any] | None:
        message: dict[str, Any] | None = asyncio.run(nlg.generate(name, tracker, channel, **kwargs))
        return message

    return generate


def test_facts_are_filled_in_and_recorded(say: Any) -> None:
    message = say("utter_phone", "web")
    assert message["text"] == "Call 914-460-4891."
    assert message["metadata"]["source"] == "S01"
    assert list(message["metadata"]["facts"]) == ["phone"]
    assert message["metadata"]["facts"]["phone"]["source"] == "S01"


def test_the_channel_decides_the_text(say: Any) -> None:
    assert say("utter_phone", "sms")["text"] == "Tel 914-460-4891"
    assert say("utter_phone", "collector")["text"] == "Call 914-460-4891."


def test_the_texts_themselves_stay_as_they_are(say: Any) -> None:
    say("utter_phone", "web")
    assert DOMAIN.responses["utter_phone"][0]["text"] == "Call {phone}."


def test_a_medicine_is_told_by_its_own_facts(say: Any) -> None:
    message = say("utter_drug", "web", drug="vedolizumab")
    assert message["text"] == "vedolizumab (Entyvio): about 30 minutes."


def test_an_unknown_response_says_nothing(say: Any) -> None:
    assert say("utter_nothing", "web") is None
