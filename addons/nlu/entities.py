"""Finds what a message names: medicines, routes, insurers and so on, times and sums."""

from __future__ import annotations

import re
from collections.abc import Iterator
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

from dripdesk.quantities import quantities
from dripdesk.settings import PROJECT
from dripdesk.spelling import Speller, normalise
from dripdesk.vocabulary import CATEGORIES, all_names, load_vocabulary

TOKEN = re.compile(r"[^\W_]+|[^\w\s]|_")


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.ENTITY_EXTRACTOR, is_trainable=False)
class VocabularyEntities(GraphComponent):
    """Marks the names of data/vocabulary.yml, lengths of time and sums of money.

    The value of a name is its main form, so "Remicade" and "infliximab" are the same medicine.
    Upper and lower case do not matter, and neither does one misspelt letter, or two in a long
    name. The value of a `duration` is ISO 8601, that of `money` US dollars.
    """

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """Return an empty config: there is nothing to set."""
        return {}

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> VocabularyEntities:
        """Return the component; the vocabulary is read from the checkout."""
        return cls()

    def __init__(self) -> None:
        self._vocab = spacy.blank("en").vocab
        self._matcher = PhraseMatcher(self._vocab, attr="LOWER")
        self._spoken: set[str] = set()
        vocabulary = load_vocabulary(PROJECT / "data" / "vocabulary.yml")
        self._speller = Speller({}, {}, all_names(vocabulary))
        for category in CATEGORIES:
            for name, others in vocabulary[category].items():
                forms = {form for word in (name, *others) for form in (word, normalise(word))}
                spoken = [[token.lower() for token in TOKEN.findall(form)] for form in forms]
                self._spoken.update(*spoken)
                docs = [Doc(self._vocab, words=words) for words in spoken]
                self._matcher.add(f"{category}:{name}", docs)

    def find(self, text: str) -> list[dict[str, Any]]:
        """Return the entities in a text: entity, value, start and end; the longest names win."""
        found = [*self._names(text), *self._quantities(text)]
        return sorted(found, key=lambda entity: entity["start"])

    def _names(self, text: str) -> Iterator[dict[str, Any]]:
        typed = list(TOKEN.finditer(text))
        words = (self._speller.mend(normalise(token.group())).lower() for token in typed)
        # spaCy keeps every word that it has ever seen: it is shown only those of the names.
        meant = Doc(self._vocab, words=[word if word in self._spoken else "_" for word in words])
        for span in filter_spans(self._matcher(meant, as_spans=True)):
            entity, _, value = span.label_.partition(":")
            yield self._entity(entity, value, typed[span.start].start(), typed[span.end - 1].end())

    def _quantities(self, text: str) -> Iterator[dict[str, Any]]:
        for one in quantities(text):
            yield self._entity(one.kind, one.value, one.start, one.end)

    def _entity(self, entity: str, value: str, start: int, end: int) -> dict[str, Any]:
        extractor = type(self).__name__
        return {
            "entity": entity,
            "value": value,
            "start": start,
            "end": end,
            "extractor": extractor,
        }

    def process(self, messages: list[Message]) -> list[Message]:
        """Add the entities to each message."""
        for message in messages:
            known = message.get(ENTITIES) or []
            message.set(ENTITIES, known + self.find(message.get(TEXT) or ""), add_to_output=True)
        return messages
