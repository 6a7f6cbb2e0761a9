"""Reads what a patient types to be called back: name, number, time and subject."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from itertools import pairwise

import phonenumbers

from dripdesk.privacy import redact

REGION = "US"
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
    r"| here$| speaking$| lol$| not [a-z]+$).*$",
    re.IGNORECASE,
)
NO_NAMES = frozenset(
    "yes no ok okay sure what why how when where who idk dunno skip none nothing help hello hi hey "
    "stop cancel maybe please thanks thank anonymous nobody the a my you me it call back phone "
    "number name later today tomorrow asap not do does is are can have need want know "
    "wrong incorrect misspelled misspelt spelled spelt wait but this that here anyone prefer "
    "rather dont don't i'd id change now soon anytime any whenever morning mornings afternoon "
    "afternoons evening evenings weekdays never actually back well so again".split()
)
WILL_ASKS = re.compile(
    r"^will (?:it|you|u|they|i|he|she|the|there|this|that|we|some\w*|my|any\w*)\b"
)
"""Where Will is no name."""
GREETED = re.compile(
    r"^(?:(?:hi|hello|hey|good (?:morning|afternoon|evening)|thanks?|thank you|thx|ty)\b[\s,.!]*)+",
    re.IGNORECASE,
)
THANKED = re.compile(
    r"(?:[\s,.!]*\b(?:please|pls|thanks?|thank you|thx|ty)(?: you)?(?: so much| very much| a lot)?"
    r"[\s,.!]*)+$",
    re.IGNORECASE,
)
DENIED = re.compile(r"\bnot\W*$", re.IGNORECASE)
DIGITS = {
    word: str(n)
    for n, word in enumerate("zero one two three four five six seven eight nine".split())
}
DIGITS["oh"] = "0"
SPOKEN = re.compile(rf"(?:\b(?:{'|'.join(DIGITS)})\b[\s,-]*){{10,}}", re.IGNORECASE)
"""A number in words: "nine one four five five five oh one three three"."""
CHOICE = re.compile(r"\W*(?:or|and|also)\b[^\d]*", re.IGNORECASE)
LABEL = re.compile(
    r"(?:\W*\b(?:my|the|cell|phone|mobile|number|no|is|at|it'?s|call|me|to|on|use|best|and|here)\b"
    r"\W*)+$",
    re.IGNORECASE,
)
"""What stands before a number: "my cell is"."""
SPACED = re.compile(r"[A-Za-z' ]*[:,]?[\d\s().+,_-]+[.!]?")
"""A number in any groups, alone or after words: "9 1 4 5 5 5 0 1 3 3". Times and dates are none."""
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
    if WILL_ASKS.match(bare.lower()):
        return None
    return bare if bare != bare.lower() else bare.title()


def bare(text: str) -> str:
    """Return a text without a greeting before it and thanks behind it: "a refill, thank you"."""
    return THANKED.sub("", GREETED.sub("", text.strip()))


def phone(text: str) -> str | None:
    """Return the valid phone number in a text in E.164 form; the last one, if there are several.

    An extension stands behind it: "+19145550133 ext. 204". A number without an area code is none,
    and neither is one after "not". Digits may be words.
    """
    text = SPOKEN.sub(_in_digits, text)
    matches = list(phonenumbers.PhoneNumberMatcher(text, REGION))
    found = [one.number for one in matches if not DENIED.search(text[: one.start])]
    if not matches and SPACED.fullmatch(text):
        try:
            found = [phonenumbers.parse(re.sub(r"[^+\d]", "", text), REGION)]
        except phonenumbers.NumberParseException:
            return None
    if not found:
        return None
    if not phonenumbers.is_valid_number(found[-1]):
        return None
    number = phonenumbers.format_number(found[-1], phonenumbers.PhoneNumberFormat.E164)
    return f"{number} ext. {found[-1].extension}" if found[-1].extension else number


def has_choice_of_phones(text: str) -> bool:
    """Return whether a text leaves open which of two numbers is meant: "… or my wife's, …"."""
    spans = phone_spans(text)
    pairs = pairwise(spans)
    return any(CHOICE.fullmatch(text[one[1] : two[0]]) for one, two in pairs)


def phone_spans(text: str) -> list[tuple[int, int]]:
    """Return where the phone numbers in a text begin and end."""
    found = [(one.start, one.end) for one in phonenumbers.PhoneNumberMatcher(text, REGION)]
    return found or [one.span() for one in SPOKEN.finditer(text)]


def without_label(text: str) -> str:
    """Return a text without what introduces the number behind it: "Ann, my cell is" as "Ann"."""
    return LABEL.sub("", text)


def without_phone(text: str) -> str:
    """Return a text without the phone numbers in it: "Ann, 914-555-0133" as "Ann"."""
    for start, end in reversed(phone_spans(text)):
        text = f"{text[:start]} {text[end:]}"
    return text.strip(" ,.;:-")


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
    bare = redact(" ".join(text.split()).strip(" ."), LEFT_OUT, NOT_KEPT)
    if not any(char.isalpha() for char in bare) or NOTHING_SAID.fullmatch(bare):
        return None
    return bare if len(bare) <= LONGEST else f"{bare[: LONGEST - 3]}..."


def _in_digits(found: re.Match[str]) -> str:
    return "".join(DIGITS[word] for word in re.findall(r"[a-z]+", found.group().lower())) + " "


READ: Mapping[str, Callable[[str], str | None]] = {
    "callback_name": name,
    "callback_phone": phone,
    "callback_time": time,
    "callback_subject": subject,
}
"""How the text for each field is read."""
