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
from spacy.tokens import Doc
from spacy.util import filter_spans

from dripdesk.settings import PROJECT
from dripdesk.spelling import Speller
from dripdesk.vocabulary import all_names, load_vocabulary


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.ENTITY_EXTRACTOR, is_trainable=False)
class VocabularyEntities(GraphComponent):
    """Marks each name as an entity of its category; its value is the name's main form.

    So "Remicade" and "infliximab" are the same medicine. Upper and lower case do not matter, and
    neither does one misspelt letter, or two in a long name.
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
        self._speller = Speller({}, {}, all_names(vocabulary))
        for category in categories:
            for name, others in vocabulary[category].items():
                patterns = [self._tokenizer.make_doc(word) for word in (name, *others)]
                self._matcher.add(f"{category}:{name}", patterns)

    def find(self, text: str) -> list[dict[str, Any]]:
        """Return the entities in a text: entity, value, start and end; the longest names win."""
        typed = self._tokenizer.make_doc(text)
        words = [self._speller.mend(token.lower_) for token in typed]
        meant = Doc(self._tokenizer.vocab, words=[word or " " for word in words])
        found = []
        for span in filter_spans(self._matcher(meant, as_spans=True)):
            entity, _, value = span.label_.partition(":")
            place = typed[span.start : span.end]
            found.append(
                {
                    "entity": entity,
                    "value": value,
                    "start": place.start_char,
                    "end": place.end_char,
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
