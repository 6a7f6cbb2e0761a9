"""Reads more than one thing out of a message: "Jay, 914-555-0133, after 3, about my bill"."""

from __future__ import annotations

import re

from dripdesk.callback import fields, replies
from dripdesk.language import is_question

NAME, PHONE, TIME, SUBJECT = fields.READ
_DAY = (
    r"(?:today|tonight|tomorrow|tmrw|tmr|2moro|(?:mon|tues|wednes|thurs|fri|satur|sun)days?"
    r"|mon|tues?|wed|thur?s?|fri|sat|sun|weekdays?|weekends?|(?:this|next) week"
    r"|(?:the |in the |this )?(?:early |late )?(?:mornings?|afternoons?|evenings?)|nights?|noon)"
)
_HOUR = (
    r"(?:(?:after|before|around|about|at|by|from|between|until|till|past) )?"
    r"(?:\d{1,2}(?::\d\d)?(?: ?[ap]\.?m\b\.?| ?o'?clock)|\d{1,2}:\d\d)"
    r"|(?:after|before|around|at|by|from|between|until|till|past) "
    r"(?:\d{1,2}(?::\d\d)?|noon|midday|lunch|work|school|dinner|supper)"
    r"(?: ?(?:-|to|and|until|till) ?(?:\d{1,2}(?::\d\d)?|noon|lunch)(?: ?[ap]\.?m\b\.?)?)?"
)
_ANY = r"any ?time|whenever|any day|all day|asap|as soon as possible|right away|right now"
_PART = rf"(?:(?:on |in )?{_DAY}|{_HOUR}|{_ANY})"
WHEN = re.compile(rf"\b{_PART}(?:(?:,? (?:or |and |but )?){_PART})*\b", re.IGNORECASE)
"""A time in a longer text: "tomorrow after 3", "weekday mornings", "any time before noon"."""
BEFORE_WHEN = re.compile(
    r"^(?:\W|\b(?:and|or|the|a|best|good|better|time|is|would be|to|call(?: me)?|reach me|please"
    r"|pls|i'?m free|i am free|free|available|home)\b)*$",
    re.IGNORECASE,
)
BEHIND_WHEN = re.compile(
    r"^\W*(?:(?:is|are|would be|works?|please|pls|if possible)\b\W*)+"
    r"(?:(?:best|good|better|fine|ok|okay|great)\b\W*)?(?:for me\b)?",
    re.IGNORECASE,
)
LIMITS = re.compile(r"^\W*(?:but|not|except|if|unless|only|and|or|because)\b", re.IGNORECASE)
ABOUT = re.compile(
    r"^\W*(?:and |please )*(?:(?:it'?s|its|this is|i'?m calling|i call) )?"
    r"(?:about|regarding|concerning|re\b:?|subject:?|reason:?) +",
    re.IGNORECASE,
)
CALLED_ABOUT = re.compile(
    r"\b(?:call|ring|phone|speak|talk)\w*\b(?:\W+\w+){0,6}?\W+(?:about|regarding|re) +(?P<what>.+)",
    re.IGNORECASE,
)
CALLED_WHEN = re.compile(
    r"\b(?:call|ring|phone|reach)(?: (?:me|us|back|him|her|my \w+)){0,3} $", re.IGNORECASE
)
SAID_NAME = re.compile(
    r"(?:^|[.,;!-] +|\band )(?:(?:my|the) name(?:'s| is)|name(?:'s| is)|this is|i'?m|i am"
    r"|it'?s) +(?P<name>(?-i:[A-Z])[^\s,.;!?]*(?: (?-i:[A-Z])[^\s,.;!?]*)?)",
    re.IGNORECASE,
)
"""A name with its capital, in a wish: "I'm Deb" and not "I'm driving"."""
SENTENCE = re.compile(r"(?<=[^\W\d_]{2})[.!?]+\s+|(?<=\d)[.!?]+\s+|\n+")
JOINED = re.compile(
    r"^(?:(?:and|n|but|also|wait|oh|ps|btw|before that|first|hold on|one question)\b\W*)+",
    re.IGNORECASE,
)
CHUNK = re.compile(r"[,;\n]+|(?<=[^\W\d_]{2})\.\s+|\s-+\s")


def answers(text: str, field: str) -> dict[str, str]:
    """Return all fields that an answer fills which tells more than the one that was asked for.

    Nothing where only one is told, or where it cannot be said which part is what.
    """
    number = fields.phone(text)
    before, after = _around_phone(text)
    chunks = [chunk for chunk in CHUNK.split(before) if chunk.strip()]
    found = {PHONE: number} if number else {}
    if field == NAME and chunks and (name := fields.name(chunks[0])) and not WHEN.search(chunks[0]):
        found[NAME] = name
        del chunks[0]
    chunks += [chunk for chunk in CHUNK.split(after) if chunk.strip()]
    for place, chunk in enumerate(chunks):
        rest = chunk
        if TIME not in found and (when := _leading_time(chunk)):
            found[TIME], rest = when
        is_left = bool(rest.strip(" .!-"))
        if ABOUT.match(rest) or (is_left and number and TIME in found):
            what = ", ".join(one.strip() for one in (ABOUT.sub("", rest), *chunks[place + 1 :]))
            if subject := fields.subject(what):
                found[SUBJECT] = subject
            break
        if is_left:
            return {}  # nobody knows what this part is
    return found if len(found) > 1 else {}


def wish(text: str) -> dict[str, str]:
    """Return the fields that a wish to be called tells: "I'm Deb, call me after 3 about my bill".

    Of two numbers to choose from it has none.
    """
    found = {}
    if (number := fields.phone(text)) and not fields.has_choice_of_phones(text):
        found[PHONE] = number
    if (said := SAID_NAME.search(text)) and (name := fields.name(said["name"])):
        found[NAME] = name
    before, after = _around_phone(text)
    bare = f"{before} {after}"
    for when in WHEN.finditer(bare):
        if CALLED_WHEN.search(bare[: when.start()]):
            found[TIME] = when.group()
            break
    if about := CALLED_ABOUT.search(bare):
        what = re.split(r"(?<=[^\W\d_])[.!?] ", about["what"])[0]
        if subject := fields.subject(what.strip(" .!?")):
            found[SUBJECT] = subject
    return found


def with_question(field: str, text: str) -> tuple[str, str] | None:
    """Return an answer and the question behind it: "Deb. can my son come?"; None if it is not so.

    What is asked may still be no question that anybody has an answer to.
    """
    patterns = (SENTENCE, fields.BETWEEN)
    places = {one.end() for pattern in patterns for one in pattern.finditer(text)}
    for place in sorted(places):
        said, asked = text[:place].strip(), unjoined(text[place:])
        if not is_question(first_sentence(asked)) or is_question(said) or not unjoined(said):
            continue
        if field in fields.READ and fields.READ[field](said) and not replies.proposes_time(asked):
            return said, asked
    return None


def unjoined(text: str) -> str:
    """Return a text without what only joins it to what was before: "and do you take Aetna"."""
    return JOINED.sub("", fields.bare(text))


def first_sentence(text: str) -> str:
    """Return the first sentence of a text, with the mark at its end."""
    end = SENTENCE.search(text)
    return text[: end.end()] if end else text


def _leading_time(chunk: str) -> tuple[str, str] | None:
    """Return the time with which a part of a message begins, and what stands behind it."""
    when = WHEN.search(chunk)
    if not when or not BEFORE_WHEN.match(chunk[: when.start()]):
        return None
    rest = BEHIND_WHEN.sub("", chunk[when.end() :])
    if LIMITS.match(rest) and (time := fields.time(chunk)):
        return time, ""  # "after 3 but not on Mondays"
    return when.group(), rest


def _around_phone(text: str) -> tuple[str, str]:
    """Return what stands before and behind the first phone number; all is before if none is."""
    spans = fields.phone_spans(text)
    if not spans:
        return text, ""
    start, end = spans[0][0], spans[-1][1]
    return fields.without_label(text[:start]), text[end:]
