"""Recognises what a message asks: one regression on its meaning, words and word parts.

What a message asks where it stands, and whether it asks several things, is weighed on top of that.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from functools import lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray
from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.classifiers.classifier import IntentClassifier as RasaIntentClassifier
from rasa.shared.nlu.constants import INTENT, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from addons.nlu import courtesies
from addons.nlu.calibration import Calibration, calibrate, softmax
from addons.nlu.conversations import Conversations, Sentence
from addons.nlu.features import Features
from addons.nlu.regression import Regression, Rows, learn
from dripdesk.encoder import Encoder
from dripdesk.intents import DECLINED, FALLBACK
from dripdesk.privacy import redact
from dripdesk.settings import PROJECT
from dripdesk.spelling import Speller, normalise
from dripdesk.unseen import is_unseen
from dripdesk.vocabulary import all_names, load_vocabulary

ENCODER = PROJECT / "models" / "encoder"
RANKED = 10
ANY_MEDICINE = "remicade"
"""What is asked does not depend on which medicine it is about, and the encoder knows few of them:
each stands for all. Of messages that name one this took the share understood from 98 to 100 %."""
KEPT = 64
"""Texts of which is kept what is known: a turn asks up to four times for that of one."""
CLEAR = 0.95
"""Below this probability the network of questions gives a second opinion: of one message in seven.
On sentences by other writers it takes the share understood from 95.7 to 96.2 %, that of what is
declined from 90 to 94 %. Asked of more messages it understands fewer that only hint at what they
ask."""
STEPS = 40
"""Towards the best weights: more take time and understand no more."""
DECLINING_WEIGHT = 3.0
"""What is declined is of a hundred kinds, and so needs more room than a topic: as a class like any
other, 79 % of what is out of scope was told apart on sentences by other writers, so 86 %, with no
more topics mistaken."""


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=True)
class IntentClassifier(GraphComponent, RasaIntentClassifier):
    """Class-balanced softmax regression on embedding and tf-idf of the mended text.

    A message whose best in-scope probability is under the threshold found at training is
    `nlu_fallback`, unless a declining class is the likeliest; so is one with no word to read.
    Saved as JSON and npz.
    """

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """Return C: the inverse of the regularisation."""
        return {"C": 20.0}

    def __init__(
        self, config: dict[str, Any], model_storage: ModelStorage, resource: Resource
    ) -> None:
        self._config = config
        self._storage = model_storage
        self._resource = resource
        self._features = Features(Encoder(ENCODER))
        self._vocabulary = load_vocabulary(PROJECT / "data" / "vocabulary.yml")
        self._medicines = {
            name
            for word, others in self._vocabulary["drug"].items()
            for name in map(normalise, (word, *others))
        }
        self._words: Counter[str] = Counter()
        self._speller: Speller  # of the words that are learned
        self._classes: list[str] = []
        self._weights: NDArray[np.float32] = np.empty((0, 0), dtype=np.float32)
        self._bias: NDArray[np.float32] = np.empty(0, dtype=np.float32)
        self._calibration = Calibration(1.0, 0.0)
        self.read = lru_cache(KEPT)(self._read)
        self._conversations = Conversations(self.read)

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> IntentClassifier:
        """Return an untrained classifier."""
        return cls(config, model_storage, resource)

    def train(self, training_data: TrainingData) -> Resource:
        """Learn from the training sentences, calibrate on sentences not seen, and save."""
        examples = [e for e in training_data.intent_examples if e.get(TEXT)]
        texts = [e.get(TEXT) for e in examples]
        self._words = Counter(w for t in texts for w in re.findall(r"[a-z]+", normalise(t)))
        self._speller = self._make_speller()
        mended = [self._mend(text) for text in texts]
        self._classes, labels = np.unique([e.get(INTENT) for e in examples], return_inverse=True)
        self._classes = [str(name) for name in self._classes]
        self._features.fit(mended)
        rows = self._features.transform(mended)

        is_kept = np.array([is_unseen(text) for text in texts])
        seen, unseen = np.flatnonzero(~is_kept), np.flatnonzero(is_kept)
        with ThreadPoolExecutor() as pool:  # each has its time on one core
            fits = [(rows[seen], labels[seen]), (rows, labels)]
            some, regression = pool.map(lambda fit: self._regression(*fit), fits)
        scores = some.scores(rows[unseen]).astype(np.float64)
        self._calibration = calibrate(scores, labels[unseen], self._in_scope())
        self._weights, self._bias = regression.weights, regression.bias
        self._conversations.know(self._classes)
        asked = [
            (self._sentence(mended[place], raw), int(labels[place]))
            for place, raw in zip(unseen, scores, strict=True)
        ]
        self._conversations.fit(asked)
        self._persist()
        return self._resource

    def process(self, messages: list[Message]) -> list[Message]:
        """Set intent and ranking of each message, its questions, and if it leans on the context."""
        for message in messages:
            text = message.get(TEXT) or ""
            about = message.get("metadata") or {}
            is_part = about.get("is_part", False)
            is_harmless = about.get("is_harmless", False)
            ranking = self.rank(text, about.get("topic"), is_part, is_harmless)
            parts = [text] if is_part else self._conversations.split(text)
            message.set(INTENT, ranking[0], add_to_output=True)
            message.set("intent_ranking", ranking, add_to_output=True)
            message.set("parts", parts, add_to_output=True)
            leans = self._conversations.leans(text, ranking[0]["name"])
            message.set("leans", leans, add_to_output=True)
        return messages

    def _read(self, text: str) -> Sentence:
        """Return what a text asks by itself, behind a greeting if there is one."""
        mended = self._mend(text)
        whole = self._sentence(mended)
        if not self._is_courtesy(whole) or (rest := courtesies.behind(mended)) is None:
            return whole
        asked = self._sentence(rest)
        return whole if self._is_courtesy(asked) else asked

    def _is_courtesy(self, sentence: Sentence) -> bool:
        return self._classes[int(sentence.chances.argmax())] in courtesies.SAID

    def _sentence(self, mended: str, scores: NDArray[np.float64] | None = None) -> Sentence:
        """Return what a mended text asks, by these scores if they are given, and what it means."""
        embedding = self._features.embed(mended)
        raw = scores
        if raw is None:
            raw = self._features.times(mended, embedding, self._weights) + self._bias
        alone = softmax(raw.astype(np.float64), self._calibration.temperature)
        chances = alone
        if alone.max() < CLEAR:
            chances = self._conversations.second_opinion(mended, alone)
        words = sum(any(map(str.isalnum, word)) for word in mended.split())
        return Sentence(mended, alone, chances, embedding, words)

    def rank(
        self,
        text: str,
        topic: str | None = None,
        is_part: bool = False,
        is_harmless: bool = False,
    ) -> list[dict[str, Any]]:
        """Return the likeliest intents with their probabilities, the recognised one first.

        The topic is the one just talked about, if any; a part is a question of a message with
        several, of which the one before was about the topic. What is harmless has been looked
        through for danger by others.
        """
        sentence = self.read(text)
        if not sentence.words:  # a smile may mean anything
            return [{"name": FALLBACK, "confidence": 1.0}]
        chances = self._conversations.chances(sentence, topic, is_part, is_harmless)
        order = np.argsort(-chances)[:RANKED]
        ranking = [{"name": self._classes[i], "confidence": float(chances[i])} for i in order]
        # Whether it is for us at all is not for the second opinion, which is too sure of itself.
        known = sentence.alone if chances is sentence.chances else chances
        ours = float(known[self._in_scope()].max())
        if ranking[0]["name"] not in DECLINED and ours < self._calibration.threshold:
            ranking.insert(0, {"name": FALLBACK, "confidence": 1.0 - ours})
        return ranking

    def _in_scope(self) -> NDArray[np.bool_]:
        """Return which classes [classes] are answered: the others do not count beside them."""
        return np.array([name not in DECLINED for name in self._classes])

    def _regression(self, rows: Rows, labels: NDArray[np.intp]) -> Regression:
        # Topics have more or fewer sentences, patients do not care.
        balanced = len(labels) / (len(self._classes) * np.bincount(labels))
        importance = np.where(self._in_scope(), balanced, balanced * DECLINING_WEIGHT)
        return learn(rows, labels, importance, self._config["C"], STEPS)

    def _make_speller(self) -> Speller:
        names = all_names(self._vocabulary)
        return Speller(self._words, self._vocabulary["shorthand"], names)

    def _mend(self, text: str) -> str:
        # A name, a phone number or a birth date does not tell what is asked, but looks like spam.
        words = self._speller.repair(redact(text, mark="")).split()
        return " ".join(ANY_MEDICINE if word in self._medicines else word for word in words)

    def _persist(self) -> None:
        with self._storage.write_to(self._resource) as folder:
            state = {
                "classes": self._classes,
                "words": self._words,
                "features": self._features.state(),
                "temperature": self._calibration.temperature,
                "threshold": self._calibration.threshold,
            }
            (folder / "state.json").write_text(json.dumps(state), encoding="utf-8")
            np.savez_compressed(folder / "weights.npz", weights=self._weights, bias=self._bias)
            self._conversations.save(folder)

    @classmethod
    def load(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        **kwargs: Any,
    ) -> IntentClassifier:
        """Return the classifier as it was trained."""
        classifier = cls(config, model_storage, resource)
        with model_storage.read_from(resource) as folder:
            state = json.loads((folder / "state.json").read_text(encoding="utf-8"))
            with np.load(folder / "weights.npz", allow_pickle=False) as arrays:
                classifier._weights = arrays["weights"]
                classifier._bias = arrays["bias"]
            classifier._classes = state["classes"]
            classifier._conversations.restore(folder, classifier._classes)
        classifier._words = Counter(state["words"])
        classifier._speller = classifier._make_speller()
        classifier._features.restore(state["features"])
        classifier._calibration = Calibration(state["temperature"], state["threshold"])
        return classifier
