"""Reads what a patient types to be called back: name, number, time and subject."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from dripdesk.callback.phones import phone
from dripdesk.privacy import redact

LONGEST_NAME, LONGEST = 40, 120  # characters: all that is read back fits into three SMS
NAME_WORDS = 4
WORD = re.compile(r"[^\W\d_][^\W\d_'\u2019.-]*(?:[-'\u2019][^\W\d_]+)*\.?")
CALLED = re.compile(
    r"^(?:(?:hi|hello|hey|sure|ok(?:ay)?|yes|no|sorry|oh|um|well|it is|it's|its)\b[,.! ]*)*"
    r"(?:my (?:first )?name is|my name's|name is|name's|name:?|i am|i'm|im|this is|call me|it's|its"
    r"|you can call me|ask for|just call me|they call me|the name is|(?:his|her) name is|mine is)"
    r"(?: just)?\s+",
    re.IGNORECASE,
)
NAMED = re.compile(
    r"^(?P<before>[^,.!?]+?) is (?:my|the|his|her) (?:first )?name\b"
    r"|\b(?:ask for|mine is) (?P<behind>[^\s,.!?]+(?: [^\s,.!?]+){0,2}?)"
    r"(?: (?:in|at|after|before|instead|please|tho|though)\b[^,.!?]*)?(?:[,.] [^?]*)?\W*$",
    re.IGNORECASE,
)
"""A name before what tells that it is one, or at the end: "Rick is my name", "no, ask for Tom"."""
AFTER_NAME = re.compile(
    r"(?:[,!]|(?<!\bdr)(?<!\bmr)(?<!\bms)(?<!\bmrs)\.| and\b| but\b| please\b| thanks\b| thank\b"
    r"| here$| speaking$| lol$| not [a-z]+\b).*$",
    re.IGNORECASE,
)
NO_NAMES = frozenset(
    "yes no ok okay sure what why how when where who idk dunno skip none nothing help hello hi hey "
    "stop cancel maybe please thanks thank anonymous nobody the a my you me it call back phone "
    "number name later today tomorrow asap not do does is are can have need want know "
    "wrong incorrect misspelled misspelt spelled spelt wait but this that here anyone prefer "
    "rather dont don't i'd id change now soon anytime any whenever morning mornings afternoon "
    "afternoons evening evenings weekdays never actually back well again great fine "
    "right correct missing i we like yep yeah yup looks sounds send "
    "cool hmm hm gotcha got perfect good nice wow awesome interesting".split()
)
NO_PARTS = frozenset("already told is was not am are about looks".split())
"""Words that no name has in it."""
WILL_ASKS = re.compile(
    r"^will (?:it|you|u|they|i|he|she|the|there|this|that|we|some(?:one|body)|my|any(?:one|body))\b"
)
"""Where Will is no name."""
GREETED = re.compile(
    r"^(?:(?:hi|hello|hey|good (?:morning|afternoon|evening)|thanks?|thank you|thx|ty)\b[\s,.!]*)+",
    re.IGNORECASE,
)
THANKED = re.compile(
    r"\b(?:please|pls|thanks?|thank you|thx|ty)(?: you)?(?: so much| very much| a lot)?[\s,.!]*$",
    re.IGNORECASE,
)
TIMES = re.compile(
    r"\d|\b(morning|mornings|afternoon|afternoons|evening|evenings|night|noon|lunch|lunchtime|midday"
    r"|today|tonight|tomorrow|tmrw|tmr|tomorow|2moro|weekday|weekdays|weekend|weekends|any ?time"
    r"|whenever|any day|asap|soon|now|early|late|later|after|before|between|until|till|mon|tue|tues"
    r"|wed|thu|thur|thurs|fri|sat|sun|(?:mon|tues|wednes|thurs|fri|satur|sun)days?|next week"
    r"|week|hour|hours|o'?clock|am|pm|work|school|day|days|always|right away|no preference"
    r"|doesn'?t matter|does not matter|don'?t care|all day|either)\b",
    re.IGNORECASE,
)
BETWEEN = re.compile(
    r"[,.!?;]*\s+(?=(?:(?:and|but|also|wait|oh)\W+){0,3}(?:(?:how|what|who|where|which)\b"
    r"|(?:do|does|can|is|are|will|could) (?:you|u|i|they|it|we|he|she|someone|somebody|there)\b))",
    re.IGNORECASE,
)
"""Where a question begins behind a time: "mornings. and how do i pay"."""
ASKED_TIME = re.compile(
    r"^\W*(?:(?:no|actually|wait|sorry|ok|so|well|thats|that's) (?:wrong\W+)?)*"
    r"(?:(?:can|could|would|is|are) (?:(?:i|you|u|they|we|it) )?"
    r"(?:(?:do|make it|call|be|have it) )?(?:me )?"
    r"|(?:how about|what about|maybe|the time (?:should be|is)) )"
    r"(?P<time>.+?)(?: (?:instead|work|be ok|ok|okay|please))*\W*$",
    re.IGNORECASE,
)
"""What stands around a time that is asked for: "can i do before 3 instead"."""
BEFORE_SUBJECT = re.compile(
    r"^(?:(?:h+m+|um+|uh|oh|well|so|ok),? )*it'?s about +|^(?:h+m+|um+|uh),? ", re.IGNORECASE
)
NOTHING_SAID = re.compile(r"\W*(?:yes|yep|yeah|ok|okay|k|sure|no|nope|idk|hm+)\W*", re.IGNORECASE)
LEFT_OUT = "[left out]"
NOT_KEPT = frozenset(["ssn", "card", "birth_date"])
"""What is left out of a request where it is seen: nobody needs it to call."""


def name(text: str) -> str | None:
    """Return the name that a patient gives, without "my name is"; None if it is not like one."""
    text = " ".join(text.split()).replace("\u2019", "'")
    if found := NAMED.search(text):
        text = found["before"] or found["behind"]
    bare = AFTER_NAME.sub("", CALLED.sub("", text.strip())).strip(" .,!;:\"'")
    words = bare.split()
    if not words or len(words) > NAME_WORDS or len(bare) > LONGEST_NAME:
        return None
    if not all(WORD.fullmatch(word) for word in words) or words[0].lower() in NO_NAMES:
        return None
    if WILL_ASKS.match(bare.lower()) or NO_PARTS.intersection(bare.lower().split()):
        return None
    return bare if bare != bare.lower() else bare.title()


def bare(text: str) -> str:
    """Return a text without a greeting before it and thanks behind it: "a refill, thank you"."""
    text = GREETED.sub("", text.strip())
    while (shorter := THANKED.sub("", text).rstrip(" ,.!")) and THANKED.search(text):
        text = shorter
    return "" if THANKED.fullmatch(text) else text


def time(text: str) -> str | None:
    """Return when somebody may call, in the patient's words; None if no time is named."""
    said = " ".join(text.split())
    first = BETWEEN.split(said)[0]
    bare = first if TIMES.search(first) else said
    if found := ASKED_TIME.match(bare):
        bare = found["time"]
    bare = redact(bare.strip(" .,!?"), LEFT_OUT, NOT_KEPT)
    return bare if TIMES.search(bare) and len(bare) <= LONGEST else None


def subject(text: str) -> str | None:
    """Return what it is about, in one line; a longer text is cut."""
    text = BEFORE_SUBJECT.sub("", " ".join(text.split()))
    bare = redact(text.strip(" .,"), LEFT_OUT, NOT_KEPT)
    if not any(char.isalpha() for char in bare) or NOTHING_SAID.fullmatch(bare):
        return None
    return bare if len(bare) <= LONGEST else f"{bare[: LONGEST - 3]}..."


READ: Mapping[str, Callable[[str], str | None]] = {
    "callback_name": name,
    "callback_phone": phone,
    "callback_time": time,
    "callback_subject": subject,
}
"""How the text for each field is read."""
