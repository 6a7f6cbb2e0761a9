"""Every text can be said: plain words, known facts, short enough for SMS."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

from dripdesk.checks.project import Problem, Project
from dripdesk.content import ContentFile
from dripdesk.render import PROVENANCE, fill, metadata
from dripdesk.texts import PLACEHOLDER, grade, is_gsm, placeholders, sms_segments

HIGHEST_GRADE = 6.0
MOST_SEGMENTS = 2
SPOKEN_NUMBERS = re.compile(r"\b(911|988)\b")
SAMPLE = "x" * 24  # stands for a fact that this clinic has not given
OFFERS = ("estimate", "callback", "more")


def check(project: Project) -> Iterator[Problem]:
    """Yield the texts that break a rule."""
    for file in project.files:
        for name, texts in file.responses.items():
            for message in _response(project, file, name, texts):
                yield Problem(file.path, file.line("responses", name), f"{name}: {message}")


def _response(
    project: Project, file: ContentFile, name: str, texts: list[dict[str, Any]]
) -> Iterator[str]:
    channels = [text.get("channel") for text in texts]
    only = metadata(texts[0]).get("only")
    if only is not None and (only != "web" or file.path.parent.name != "forms"):
        yield "only forms may leave SMS out, with 'only: web'."
    elif only is not None and channels != [None]:
        yield "is only for the web, so it has one text for all channels."
    elif only is None and (None not in channels or "sms" not in channels):
        yield "needs a text for all channels and one with 'channel: sms'."
    conditions = [json.dumps(text["condition"]) for text in texts if text.get("condition")]
    for condition in set(conditions):
        if conditions.count(condition) < 2:
            yield "each condition needs an sms text too: on SMS the plain sms text hides it."
    for text in texts:
        yield from _text(project, file, text)
    if file.path.parent.name == "topics":
        offered = metadata(texts[0]).get("offer")
        asks = {text["text"].endswith("?") for text in texts}
        if offered is not None and offered not in OFFERS:
            yield f"offer must be one of {', '.join(OFFERS)}."
        if asks != {bool(offered)}:
            yield "a text ends in a question if, and only if, its metadata names the offer."
        more = f"utter_faq_{file.name}_more"
        if offered == "more" and more not in file.responses:
            yield f"offers more, but there is no {more}."


def _text(project: Project, file: ContentFile, variation: Mapping[str, Any]) -> Iterator[str]:
    text = variation.get("text")
    if not isinstance(text, str) or not text.strip():
        yield "has an empty text."
        return
    about = metadata(variation)
    try:
        json.dumps(about)
    except TypeError:
        yield "metadata must be plain values: put dates in quotes."
        return
    figures, examples = about.get("figures", []), about.get("examples", [])
    if (figures or examples) and file.path.parent.name != "forms":
        yield "only forms may have figures and examples in their metadata."
    for name in figures:
        if name in project.book or name not in placeholders(text):
            yield f"{name} under figures is a fact, or no placeholder of this text."
    for example in examples:
        if f'"{example}"' not in text:
            yield f'the example {example} does not stand in the text, in quotes: "{example}".'
    slots = project.domain.get("slots") or {}
    for name in placeholders(text):
        if name not in {*project.book.facts, *slots, *PROVENANCE, *figures}:
            yield f"{{{name}}} is neither a fact nor a slot."
    if re.search(r"[{}]", PLACEHOLDER.sub("", text)):
        yield "has a brace that is not part of a {fact}."
    own = SPOKEN_NUMBERS.sub("", PLACEHOLDER.sub("", text))
    for example in examples:
        own = own.replace(f'"{example}"', "")
    if re.search(r"\d", own):
        yield "has a number of its own. Put it into a fact, and name the fact in braces."
    listed = about.get("source", [])
    for source in [listed] if isinstance(listed, str) else listed:
        if source not in project.book.sources:
            yield f"source {source} is not in data/general/sources.yml."
    if variation.get("channel") == "sms":
        yield from _sms(project, variation)
    elif about.get("language", "en") == "en" and grade(text, project.terms) > HIGHEST_GRADE:
        yield (
            f"reads at grade {grade(text, project.terms):.1f} "
            f"({grade(text):.1f} with all names counted); the highest is {HIGHEST_GRADE:.0f}. "
            "Use shorter words and sentences."
        )


def _sms(project: Project, variation: Mapping[str, Any]) -> Iterator[str]:
    book = project.book
    unknown = {
        name: SAMPLE
        for name in placeholders(variation["text"])
        if name in book and not book.show(name)
    }
    text, _ = fill({**variation, "text": _replaced(variation["text"], unknown)}, book)
    if not is_gsm(text):
        odd = sorted({char for char in text if not is_gsm(char)})
        yield f"{' '.join(odd)} makes an SMS twice as long. Use plain quotes and dashes."
    if sms_segments(text) > MOST_SEGMENTS:
        yield f"takes {sms_segments(text)} SMS segments with its facts; {MOST_SEGMENTS} at most."


def _replaced(text: str, values: Mapping[str, str]) -> str:
    return PLACEHOLDER.sub(lambda match: values.get(match[1], match[0]), text)
