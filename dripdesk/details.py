"""Texts for one matter within a topic: how to pay is a topic, and an HSA card is a detail of it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from dripdesk.render import metadata

WORDS, UNLESS, TELLS = "words", "unless", "tells_topic"
"""Metadata of a response that is a detail's: what patients call it, beside which words it is not
meant, and whether what it is called tells the topic."""
UTTER = "utter_"
MOST, MOST_TELLING = 25, 15
"""Of longer texts, in words, what they name may be a part of the story: in them no detail is
looked for, and from the second number on none tells the topic."""
APOSTROPHES = re.compile("['\u2019]")


@dataclass(frozen=True)
class Detail:
    """A response for one matter within a topic, said where a question names the matter."""

    topic: str
    """The intent that the response's name begins with."""
    response: str
    named: re.Pattern[str]
    unless: re.Pattern[str] | None
    tells_topic: bool
    """Whether who names it asks about the topic, whatever else was understood."""

    def place(self, plain: str) -> int | None:
        """Return at which character a plain text names it, or None."""
        found = self.named.search(plain)
        is_other = self.unless and self.unless.search(plain)
        return None if found is None or is_other else found.start()


class Details:
    """The details of all topics. One that is named in a text is found wherever it stands in it."""

    def __init__(self, responses: Mapping[str, Sequence[Mapping[str, Any]]]) -> None:
        self._details = list(_details(responses))

    def of(self, topic: str, text: str) -> str | None:
        """Return the response for what a text on a topic asks in particular, or None."""
        plain = _plain(text)
        if len(plain.split()) > MOST:
            return None
        on_topic = (one for one in self._details if one.topic == topic)
        places = {one.response: one.place(plain) for one in on_topic}
        named = {response: place for response, place in places.items() if place is not None}
        return min(named, key=named.__getitem__, default=None)

    def topic(self, text: str) -> str | None:
        """Return the one topic that is told by what a text names, or None."""
        plain = _plain(text)
        if len(plain.split()) > MOST_TELLING:
            return None
        telling = (one for one in self._details if one.tells_topic)
        topics = {one.topic for one in telling if one.place(plain) is not None}
        return topics.pop() if len(topics) == 1 else None


def _details(responses: Mapping[str, Sequence[Mapping[str, Any]]]) -> Iterator[Detail]:
    """Yield the details among responses: their names begin with that of their topic's response."""
    bases = sorted((name for name in responses if not is_detail(responses[name])), key=len)[::-1]
    for name, texts in responses.items():
        if is_detail(texts):
            base = next((one for one in bases if name.startswith(f"{one}_")), UTTER)
            about = metadata(texts[0])
            unless = _any_of(about[UNLESS]) if UNLESS in about else None
            topic, named = base.removeprefix(UTTER), _any_of(about[WORDS])
            yield Detail(topic, name, named, unless, about.get(TELLS, False))


def _any_of(words: Sequence[str]) -> re.Pattern[str]:
    ways = "|".join(re.escape(_plain(word)) for word in words)
    return re.compile(rf"\b(?:{ways})s?\b")


def is_detail(texts: Sequence[Mapping[str, Any]]) -> bool:
    """Return whether a response is that of a detail."""
    return WORDS in metadata(texts[0])


def _plain(text: str) -> str:
    """Return a text in lower case, without apostrophes and with blanks for hyphens."""
    return APOSTROPHES.sub("", text.lower()).replace("-", " ")
