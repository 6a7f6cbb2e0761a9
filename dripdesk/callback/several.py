"""Reads more than one thing out of a message: "Jay, 914-555-0133, after 3, about my bill"."""

from __future__ import annotations

import re

from dripdesk.callback import fields, phones, replies
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
OF_NUMBER = re.compile(r"\b(?:cell|mobile|landline|phone|number|home|work)\b", re.IGNORECASE)
"""What only says of a number whose it is."""
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
POINTS = re.compile(
    r"(?:all )?(?:it|this|that|these|those|them)(?: all)?(?: please| pls)?", re.IGNORECASE
)
"""What names no subject, but what was talked about before."""
NO_TIME = re.compile(
    r"\b(?:not|n't|dont|never|no|said|would|supposed|was|were|nobody|except|but|unless)\b|n't\b",
    re.IGNORECASE,
)
"""What may turn a time into none: "never call me at work"."""
SAID_NAME = re.compile(
    r"(?:^|[.,;!-] +|\b(?i:and) )(?i:(?:my|the) name(?:'s| is)|name(?:'s| is)|this is|i'?m|i am) +"
    r"(?P<name>[A-Z][^\s,.;!?]*(?: [A-Z][^\s,.;!?]*)?)"
    r"(?=\s*(?:$|[.,;!?-]|(?:and|here|from|calling|again|speaking|with|please)\b))"
)
"""A name with its capital, in a wish: "I'm Deb" and not "I'm driving"."""
OF_CLAIM = re.compile(
    r"\b(?:claim|account|acct|reference|ref|case|invoice|member|policy)\b[^\d]{0,15}\d",
    re.IGNORECASE,
)
MOST = 400  # characters that are looked through: more takes long, and no field holds as much
NO_VALUE = re.compile(
    r"^\W*(?i:i'?m|i am) (?!(?:[A-Z]))|\b(?:busy|not now|can'?t|cannot|no good)\b"
)
"""What tells of somebody, and is no name: "I'm nervous"."""
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
    text = phones.with_digits(text[:MOST])
    number = phones.phone(text)
    before, after = _around_phone(text)
    found = {PHONE: number} if number else {}
    chunks = [chunk for part in (before, after) for chunk in CHUNK.split(part) if chunk.strip()]
    called = [chunk for chunk in chunks if fields.CALLED.match(chunk.strip())]
    if (
        field == NAME
        and len(called) == 1
        and (name := fields.name(called[0]))
        and not WHEN.search(called[0])
    ):
        found[NAME] = name
        chunks.remove(called[0])
    for place, chunk in enumerate(chunks):
        name = fields.name(chunk) if field == NAME and NAME not in found else None
        if name and not WHEN.search(chunk) and not ABOUT.match(chunk):
            found[NAME] = name
            continue
        if ABOUT.match(chunk) or (number and TIME in found and not OF_NUMBER.search(chunk)):
            what = ", ".join(one.strip() for one in (ABOUT.sub("", chunk), *chunks[place + 1 :]))
            if subject := fields.subject(what):
                found[SUBJECT] = subject
            break
        when, rest = _time_first(chunk) if TIME not in found else (None, "")
        if when:
            found[TIME] = when
            if rest and (subject := fields.subject(", ".join([rest, *chunks[place + 1 :]]))):
                found[SUBJECT] = subject
                break
        elif not OF_NUMBER.search(chunk):
            return {}  # nobody knows what this part is
    return found if len(found) > 1 else {}


def wish(text: str) -> dict[str, str]:
    """Return the fields that a wish to be called tells: "I'm Deb, call me after 3 about my bill".

    What may be meant otherwise is left out: one of two numbers, a time beside "not".
    """
    found, text = {}, text[:MOST]
    is_choice = phones.has_choice_of_phones(text) or OF_CLAIM.search(text)
    if (number := phones.phone(text)) and not is_choice:
        found[PHONE] = number
    said = None if text == text.upper() else SAID_NAME.search(text)
    if said and (name := fields.name(said["name"])):
        found[NAME] = name
    bare = " ".join(_around_phone(text))
    for when in () if NO_TIME.search(bare) else WHEN.finditer(bare):
        is_all = not re.match(r"[ -]*(?:\d|or\b|to\b|-)", bare[when.end() :])
        if is_all and CALLED_WHEN.search(bare[: when.start()]):
            found[TIME] = when.group()
            break
    if about := CALLED_ABOUT.search(bare):
        what = re.split(r"(?<=[^\W\d_])[.!?] ", about["what"])[0]
        subject = fields.subject(what.strip(" .!?"))
        if subject and not POINTS.fullmatch(subject):
            found[SUBJECT] = subject
    return {name: value for name, value in found.items() if len(value) <= fields.LONGEST}


def with_question(field: str, text: str) -> tuple[str, str] | None:
    """Return an answer and the question behind it: "Deb. can my son come?"; None if it is not so.

    What is asked may still be no question that anybody has an answer to.
    """
    if len(text) > MOST:
        return None
    patterns = (SENTENCE, fields.BETWEEN)
    places = {one.end() for pattern in patterns for one in pattern.finditer(text)}
    for place in sorted(places):
        said, asked = text[:place].strip(), unjoined(text[place:])
        if not is_question(first_sentence(asked)) or is_question(said) or not unjoined(said):
            continue
        if NO_VALUE.search(said) or replies.proposes_time(asked):
            continue
        if field in fields.READ and fields.READ[field](said):
            return said, asked
    return None


def is_time(text: str) -> bool:
    """Return whether a text is nothing but a time: "noon-ish", "tomorrow after 3"."""
    return bool(WHEN.fullmatch(re.sub(r"-?ish\b", "", text).strip(" .,!")))


def unjoined(text: str) -> str:
    """Return a text without what only joins it to what was before: "and do you take Aetna"."""
    return JOINED.sub("", fields.bare(text))


def first_sentence(text: str) -> str:
    """Return the first sentence of a text, with the mark at its end."""
    end = SENTENCE.search(text)
    return text[: end.end()] if end else text


def _time_first(chunk: str) -> tuple[str | None, str]:
    """Return the time that a part of a message tells, and what it is about if that follows.

    What stands behind a time belongs to it ("after 3 but not on Mondays"), but "about my bill".
    """
    when = WHEN.search(chunk)
    if not when or not BEFORE_WHEN.match(chunk[: when.start()]):
        return None, ""
    rest = BEHIND_WHEN.sub("", chunk[when.end() :])
    about = ABOUT.match(rest)
    if about and not WHEN.match(rest[about.end() :]):
        return fields.time(when.group()), rest[about.end() :]
    return fields.time(chunk if rest.strip(" .!-") else when.group()), ""


def _around_phone(text: str) -> tuple[str, str]:
    """Return what stands before and behind the first phone number; all is before if none is."""
    spans = phones.phone_spans(text)
    if not spans:
        return text, ""
    start, end = spans[0][0], spans[-1][1]
    return phones.without_label(text[:start]), text[end:]
