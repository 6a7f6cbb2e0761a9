"""Recognises what a message asks: one regression on its meaning, words and word parts.

What a message asks where it stands, and whether it asks several things, is weighed on top of that.
"""

from __future__ import annotations

import csv
import json
import re
from collections import Counter
from functools import lru_cache
from pathlib import Path
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

from addons.nlu.calibration import Calibration, calibrate, softmax
from addons.nlu.clauses import Clauses
from addons.nlu.cuts import Cuts
from addons.nlu.features import Features
from addons.nlu.follow_ups import FollowUps, Reading
from dripdesk.content import all_responses, load_content
from dripdesk.encoder import Encoder
from dripdesk.privacy import redact
from dripdesk.render import metadata
from dripdesk.settings import PROJECT
from dripdesk.spelling import Speller, normalise
from dripdesk.vocabulary import all_names, load_vocabulary

ENCODER = PROJECT / "models" / "encoder"
CUTS = PROJECT / "models" / "clauses"
DATA = PROJECT / "data"
RANKED = 10
OUT_OF_SCOPE = ("out_of_scope", "clinical_advice")
"""Classes that decline: their probability does not count when the others are weighed."""
FALLBACK = "nlu_fallback"
ANY_MEDICINE = "remicade"
"""What is asked does not depend on which medicine it is about, and the encoder knows few of them:
each stands for all. Of messages that name one this took the share understood from 98 to 100 %."""
KEPT = 64
"""Texts of which the last results are kept: a turn asks up to four times for those of one."""
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
        """Return C (inverse regularisation), the share of sentences to calibrate on, the seed."""
        return {"C": 20.0, "calibration_share": 0.2, "random_state": 1}

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
        self._titles: dict[str, str] = {}
        self._follow_ups = FollowUps([])
        self._clauses = Clauses(Cuts(CUTS))
        self._mended = lru_cache(KEPT)(self._mend)
        self._chances = lru_cache(KEPT)(self._weigh)

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
        from sklearn.model_selection import train_test_split  # a server has no need of it

        examples = [e for e in training_data.intent_examples if e.get(TEXT)]
        texts = [e.get(TEXT) for e in examples]
        self._words = Counter(w for t in texts for w in re.findall(r"[a-z]+", normalise(t)))
        self._speller = self._make_speller()
        mended = [self._mend(text) for text in texts]
        self._classes, labels = np.unique([e.get(INTENT) for e in examples], return_inverse=True)
        self._classes = [str(name) for name in self._classes]
        self._features.fit(mended)
        rows = self._features.transform(mended)

        seen, unseen = train_test_split(
            np.arange(len(texts)),
            test_size=self._config["calibration_share"],
            stratify=labels,
            random_state=self._config["random_state"],
        )
        scores = self._regression(rows[seen], labels[seen]).decision_function(rows[unseen])
        self._calibration = calibrate(scores, labels[unseen], self._in_scope())

        regression = self._regression(rows, labels)
        # In the order of memory that a sparse row is multiplied with: else it is copied each time.
        self._weights = np.ascontiguousarray(regression.coef_.T, dtype=np.float32)
        self._bias = regression.intercept_.astype(np.float32)
        self._learn_conversations()
        self._persist()
        return self._resource

    def _learn_conversations(self) -> None:
        texts = all_responses(load_content(DATA))
        titles = {name: metadata(texts.get(f"utter_{name}", [{}])[0]) for name in self._classes}
        self._titles = {name: about["title"] for name, about in titles.items() if "title" in about}
        pairs, single = _rows("two_questions"), _rows("single")
        messages = [row["text"] for row in (*pairs, *single)]
        kinds = [True] * len(pairs) + [False] * len(single)
        self._clauses.fit(messages, kinds, self.chances)
        self._follow_ups = FollowUps(self._classes)
        numbers = {name: number for number, name in enumerate(self._classes)}
        readings, right = [], []
        for row in _rows("follow_ups"):
            wanted = [numbers[name] for name in row["expected"].split("|") if name in numbers]
            if row["topic"] in self._titles and wanted:
                readings.append(self._reading(row["follow_up"], row["topic"]))
                right.append(wanted)
        self._follow_ups.fit(readings, right)
        about = ((row["expected"], bool(row["about"])) for row in _rows("follow_ups"))
        self._follow_ups.learn_about(about)

    def process(self, messages: list[Message]) -> list[Message]:
        """Set intent and ranking of each message, its questions, and if it leans on the context."""
        for message in messages:
            text = message.get(TEXT) or ""
            topic = (message.get("metadata") or {}).get("topic")
            ranking = self.rank(text, topic)
            message.set(INTENT, ranking[0], add_to_output=True)
            message.set("intent_ranking", ranking, add_to_output=True)
            message.set("parts", self._clauses.split(text, self.chances), add_to_output=True)
            leans = self._follow_ups.leans(text, ranking[0]["name"])
            message.set("leans", leans, add_to_output=True)
        return messages

    def chances(self, text: str) -> NDArray[np.float64]:
        """Return the probabilities [classes] of what a text asks by itself."""
        return self._chances(self._mended(text))

    def _weigh(self, mended: str) -> NDArray[np.float64]:
        raw = self._features.times(mended, self._weights) + self._bias
        return softmax(raw.astype(np.float64), self._calibration.temperature)

    def rank(self, text: str, topic: str | None = None) -> list[dict[str, Any]]:
        """Return the likeliest intents with their probabilities, the recognised one first.

        The topic is the one just talked about, if any.
        """
        mended = self._mended(text)
        if not any(char.isalnum() for char in mended):  # a smile may mean anything
            return [{"name": FALLBACK, "confidence": 1.0}]
        chances = self._chances(mended)
        if topic in self._titles and not self._follow_ups.stands_alone(chances):
            chances = self._follow_ups.chances(self._reading(text, topic))
        order = np.argsort(-chances)[:RANKED]
        ranking = [{"name": self._classes[i], "confidence": float(chances[i])} for i in order]
        ours = float(chances[self._in_scope()].max())
        if ranking[0]["name"] not in OUT_OF_SCOPE and ours < self._calibration.threshold:
            ranking.insert(0, {"name": FALLBACK, "confidence": 1.0 - ours})
        return ranking

    def _reading(self, text: str, topic: str) -> Reading:
        mended = self._mended(text)
        return Reading(
            before=self._classes.index(topic),
            alone=self._chances(mended),
            joint=self.chances(f"{self._titles[topic]}. {text}"),
            embedding=self._features.embed(mended),
            words=len(mended.split()),
        )

    def _in_scope(self) -> NDArray[np.bool_]:
        return np.array([name not in OUT_OF_SCOPE for name in self._classes])

    def _regression(self, rows: Any, labels: Any) -> Any:
        """Return scikit-learn's model of rows [n, features] and labels [n]."""
        from sklearn.linear_model import LogisticRegression

        # Topics have more or fewer sentences, patients do not care.
        balanced = len(labels) / (len(self._classes) * np.bincount(labels))
        weights = np.where(self._in_scope(), balanced, balanced * DECLINING_WEIGHT)
        model = LogisticRegression(
            C=self._config["C"],
            class_weight=dict(enumerate(weights)),
            max_iter=40,
            random_state=self._config["random_state"],
        )
        return model.fit(rows, labels)

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
                "titles": self._titles,
                "clauses": self._clauses.state(),
                "temperature": self._calibration.temperature,
                "threshold": self._calibration.threshold,
            }
            (folder / "state.json").write_text(json.dumps(state), encoding="utf-8")
            np.savez_compressed(folder / "weights.npz", weights=self._weights, bias=self._bias)
            np.savez_compressed(folder / "follow_ups.npz", **self._follow_ups.state())

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
            classifier._follow_ups = FollowUps(classifier._classes)
            with np.load(folder / "follow_ups.npz", allow_pickle=False) as arrays:
                classifier._follow_ups.restore(arrays)
        classifier._words = Counter(state["words"])
        classifier._speller = classifier._make_speller()
        classifier._features.restore(state["features"])
        classifier._calibration = Calibration(state["temperature"], state["threshold"])
        classifier._titles = state["titles"]
        classifier._clauses.restore(state["clauses"])
        return classifier


def _rows(name: str, folder: Path = DATA / "conversations") -> list[dict[str, str]]:
    with (folder / f"{name}.tsv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))
