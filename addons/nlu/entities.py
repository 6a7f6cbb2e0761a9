"""Finds the names of data/vocabulary.yml in a message: medicines above all."""

from __future__ import annotations

from typing import Any

import spacy
from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.nlu.constants import ENTITIES, TEXT
from rasa.shared.nlu.training_data.message import Message
from spacy.matcher import PhraseMatcher
from spacy.util import filter_spans

from dripdesk.settings import PROJECT
from dripdesk.vocabulary import load_vocabulary


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.ENTITY_EXTRACTOR, is_trainable=False)
class VocabularyEntities(GraphComponent):
    """Marks each name as an entity of its category; its value is the name's main form.

    So "Remicade" and "infliximab" are the same medicine. Upper and lower case do not matter.
    """

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """Return which categories of the vocabulary are looked for."""
        return {"categories": ["drug"]}

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> VocabularyEntities:
        """Return the component; the vocabulary is read from the checkout."""
        return cls(config["categories"])

    def __init__(self, categories: list[str]) -> None:
        self._tokenizer = spacy.blank("en")
        self._matcher = PhraseMatcher(self._tokenizer.vocab, attr="LOWER")
        vocabulary = load_vocabulary(PROJECT / "data" / "vocabulary.yml")
        for category in categories:
            for name, others in vocabulary[category].items():
                patterns = [self._tokenizer.make_doc(word) for word in (name, *others)]
                self._matcher.add(f"{category}:{name}", patterns)

    def find(self, text: str) -> list[dict[str, Any]]:
        """Return the entities in a text: entity, value, start and end; the longest names win."""
        spans = self._matcher(self._tokenizer.make_doc(text), as_spans=True)
        found = []
        for span in filter_spans(spans):
            entity, _, value = span.label_.partition(":")
            found.append(
                {
                    "entity": entity,
                    "value": value,
                    "start": span.start_char,
                    "end": span.end_char,
                    "extractor": type(self).__name__,
                }
            )
        return found

    def process(self, messages: list[Message]) -> list[Message]:
        """Add the entities to each message."""
        for message in messages:
            known = message.get(ENTITIES) or []
            message.set(ENTITIES, known + self.find(message.get(TEXT) or ""), add_to_output=True)
        return messages
