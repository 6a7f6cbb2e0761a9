"""The classifier of the trained model, and its calibration."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest
from rasa.engine.storage.local_model_storage import LocalModelStorage
from rasa.engine.storage.resource import Resource
from rasa.shared.nlu.constants import TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from addons.nlu.calibration import calibrate, softmax
from addons.nlu.classifier import IntentClassifier

SENTENCES = {
    "faq_wifi": [
        "is there wifi",
        "do you have internet",
        "wifi password",
        "can i use the internet",
    ],
    "faq_price": ["how much is it", "what does it cost", "price please", "how much money"],
    "out_of_scope": ["tell me a joke", "who won the game", "sing a song", "what is two plus two"],
}


def trained(folder: Path) -> IntentClassifier:
    storage = LocalModelStorage.create(folder)
    resource = Resource("classifier")
    config = IntentClassifier.get_default_config()
    data = [Message.build(text, intent) for intent, ts in SENTENCES.items() for text in ts]
    context: Any = None
    classifier = IntentClassifier.create(config, storage, resource, context)
    classifier.train(TrainingData(data))
    return IntentClassifier.load(config, storage, resource, context)


@pytest.fixture(scope="module")
def classifier(tmp_path_factory: pytest.TempPathFactory) -> IntentClassifier:
    return trained(tmp_path_factory.mktemp("model"))


@pytest.mark.parametrize(
    ("text", "intent"),
    [
        ("u got wifi", "faq_wifi"),
        ("IS THERE INTERNET", "faq_wifi"),
        ("wat duz it cost", "faq_price"),
        ("tell me another joke", "out_of_scope"),
    ],
)
def test_other_words_for_the_same(classifier: IntentClassifier, text: str, intent: str) -> None:
    ranking = classifier.rank(text)
    assert next(e["name"] for e in ranking if e["name"] != "nlu_fallback") == intent


@pytest.mark.parametrize(
    "text", ["", " ", "\U0001f600", "\u00bf?", "x" * 2000, "word " * 400, "\x00"]
)
def test_odd_messages_are_ranked_too(classifier: IntentClassifier, text: str) -> None:
    ranking = classifier.rank(text)
    assert 0 <= ranking[0]["confidence"] <= 1


def test_no_text_is_read_twice_for_a_message(
    classifier: IntentClassifier, monkeypatch: pytest.MonkeyPatch
) -> None:
    read = Counter[tuple[int, bytes]]()
    for network in (classifier._features._encoder, classifier._conversations._questions._network):
        session = network._session

        def run(outputs: Any, inputs: dict[str, Any], session: Any = session) -> Any:
            read[id(session), inputs["input_ids"].tobytes()] += 1
            return session.run(outputs, inputs)

        monkeypatch.setattr(network, "_session", SimpleNamespace(run=run))
    parts = ["do you have wifi in the rooms?", "how much does an hour cost?"]
    for text in (" ".join(parts), *parts):  # as several questions of one message are
        message = Message({TEXT: text, "metadata": {"topic": "faq_wifi"}})
        classifier.process([message])
    assert len(read) >= 3
    assert set(read.values()) == {1}


def test_the_same_data_gives_the_same_model(classifier: IntentClassifier, tmp_path: Path) -> None:
    again = trained(tmp_path)
    for text in ("is there wifi", "how much", "blorg"):
        assert again.rank(text) == classifier.rank(text)


def test_no_pickle_is_saved(tmp_path: Path) -> None:
    trained(tmp_path)
    saved = {path.name for path in tmp_path.rglob("*") if path.is_file()}
    assert saved == {"state.json", "weights.npz", "conversations.json", "follow_ups.npz"}


def test_calibration_lets_the_asked_share_pass() -> None:
    rng = np.random.default_rng(0)
    labels = rng.integers(0, 3, 2000)
    scores = rng.normal(size=(2000, 3))
    scores[np.arange(2000), labels] += 2
    in_scope = np.array([True, True, False])
    found = calibrate(scores, labels, in_scope)
    ours = softmax(scores[labels < 2], found.temperature)[:, :2].max(axis=1)
    assert np.mean(ours >= found.threshold) == pytest.approx(0.95, abs=0.01)


def test_the_temperature_makes_confidence_mean_something() -> None:
    rng = np.random.default_rng(1)
    labels = rng.integers(0, 3, 5000)
    scores = rng.normal(size=(5000, 3))
    scores[np.arange(5000), labels] += 1.5
    found = calibrate(scores * 7, labels, np.array([True, True, True]))  # seven times too sure
    chances = softmax(scores * 7, found.temperature)
    right = chances.argmax(axis=1) == labels
    assert chances.max(axis=1).mean() == pytest.approx(right.mean(), abs=0.03)
