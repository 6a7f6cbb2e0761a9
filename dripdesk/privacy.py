"""Takes out of a message what tells who somebody is, before it is stored or logged."""

from __future__ import annotations

import re
from collections.abc import Callable, Container, Iterator
from dataclasses import dataclass

from phonenumbers import Leniency, PhoneNumberMatcher

REGION = "US"


@dataclass(frozen=True)
class Finding:
    """Something personal in a text: its kind, and where it stands."""

    kind: str
    start: int
    end: int


def redact(text: str, mark: str = "[{kind}]", kinds: Container[str] | None = None) -> str:
    """Return the text with each personal thing replaced by a mark, as in "call me at [phone]".

    Kinds: email, card, ssn, member (also policy, group and record numbers), phone, birth_date,
    address, name; only some of them, if these are given. What is understood and screened for danger
    is the text before this.
    """
    parts, last = [], 0
    for finding in find(text):
        if kinds is not None and finding.kind not in kinds:
            continue
        parts += [text[last : finding.start], mark.format(kind=finding.kind)]
        last = finding.end
    return "".join([*parts, text[last:]])


def find(text: str) -> list[Finding]:
    """Return what is personal in a text, in order; where two kinds overlap, the surer one."""
    kept: list[Finding] = []
    for kind, search in SEARCHES.items():
        for start, end in search(text):
            if all(end <= one.start or one.end <= start for one in kept):
                kept.append(Finding(kind, start, end))
    return sorted(kept, key=lambda one: one.start)


Spans = Iterator[tuple[int, int]]
Search = Callable[[str], Spans]


def _matches(*patterns: str) -> Search:
    """Return a search for patterns; of a pattern with a group named `it`, that group is found."""
    compiled = [re.compile(pattern, re.IGNORECASE | re.VERBOSE) for pattern in patterns]

    def search(text: str) -> Spans:
        for pattern in compiled:
            for found in pattern.finditer(text):
                yield found.span("it" if "it" in pattern.groupindex else 0)

    return search


AT, DOT = r"\s*(?:\bat\b|\(at\)|\[at\])\s*", r"\s*(?:\.|\bdot\b|\(dot\))\s*"
LOCAL = r"[\w.+-]{1,64}"  # RFC 5321, section 4.5.3.1.1
EMAILS = _matches(
    rf"{LOCAL}@[\w-]+(?:\.[\w-]+)+",
    rf"{LOCAL}\s?@\s?[\w-]+(?:\.[\w-]+)*\.(?:com|net|org|edu|gov|us)\b",
    rf"\b{LOCAL}(?:\s+(?:dot|underscore)\s+[\w+-]+)*"
    rf"{AT}[\w-]+{DOT}(?:com|net|org|edu|gov|us)\b",
)

SSNS = _matches(
    r"\b\d{3}[-.\ ]\d{2}[-.\ ]\d{4}\b",
    r"\b(?:ssn|soc(?:ial)?(?:\ssec(?:urity)?)?)\b [^\d\n]{0,25} (?P<it>\d[\d.\ -]{2,10}\d)\b",
    r"\b(?P<it>\d{9})\b (?=[^\d\n]{0,20}\b(?:ssn|social)\b)",
)

# Letters and digits in groups, at least three digits. A digit can stand in one group only, or the
# time to find that none fits would double with each.
CODE = r"(?=(?:[A-Z -]*\d){3}) [A-Z]{0,4}[- ]?\d[A-Z0-9]* (?:[- ][A-Z]{0,3}\d[A-Z0-9]*)*"
GAP = r"\s{0,3}"  # more are not looked through: the time would grow with their fourth power
NUMBER = r"(?:id|number|numbers|numb|num|nr|no\.?|\#|card|identification)"
OF_PERSON = "member(?:ship)?|policy|group|subscriber|mrn|record|chart|patient|account|acct|case|id"
OF_PLAN = "insurance|medicare|medicaid|claim|plan|card"
SUM = r"(?:[A-Z]{0,4}[- ])?\d{1,4}(?![\w-]|[ ]\d)"
"""What is no number of a plan: "my plan, 1000 deductible", "the card says 3000"."""
MEMBERS = _matches(
    r"\b\d[A-Z][A-Z\d]\d-?[A-Z][A-Z\d]\d-?[A-Z]{2}\d{2}\b",  # Medicare's own format (CMS)
    rf"""\b(?:{OF_PERSON}|(?:{OF_PLAN})(?:'s)?{GAP}{NUMBER}) (?:'s)? (?:{GAP}{NUMBER})*
        {GAP}(?:is|are|was|:|=|-|,)?{GAP}\#?{GAP} (?P<it>{CODE})(?![\w/])""",
    rf"""\b(?:{OF_PLAN}) (?:'s)? {GAP}(?:is|are|was|:|=|-|,)?{GAP}\#?{GAP} (?!{SUM})
        (?P<it>{CODE})(?![\w/])""",
    r"\b[A-Z]{1,4}\d{7,14}[A-Z]?\b",
    r"(?<![\d$.,+])\d{9}(?![\d.,])|(?<![\d$.,+])\d{12,20}(?![\d.,])",
)

DIGIT_WORD = r"(?:zero|oh|o|one|two|three|four|five|six|seven|eight|nine|double)"
SPOKEN_PHONES = _matches(rf"\b{DIGIT_WORD}(?:[\s,.-]+{DIGIT_WORD}){{6,}}\b")
LOCAL_PHONES = _matches(r"(?<![\d/$.-])\d{3}[-.]\d{4}(?![\d/-])")


def _phones(text: str) -> Spans:
    for found in PhoneNumberMatcher(text, REGION, Leniency.POSSIBLE):
        if sum(char.isdigit() for char in found.raw_string) >= 10:
            yield found.start, found.end
    yield from SPOKEN_PHONES(text)
    yield from LOCAL_PHONES(text)


NUMBERS = re.compile(r"(?<![\w.])\d(?:[ -]?\d){12,18}(?![\w])")


def _cards(text: str) -> Spans:
    for found in NUMBERS.finditer(text):
        if _is_luhn(re.sub(r"\D", "", found.group())):
            yield found.span()


def _is_luhn(digits: str) -> bool:
    """Return whether the check digit is right (ISO/IEC 7812-1), as it is in a payment card."""
    doubled = [int(digit) * (1 + place % 2) for place, digit in enumerate(reversed(digits))]
    return sum(value - 9 if value > 9 else value for value in doubled) % 10 == 0


MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?"
    r"|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\.?"
)
DAY = r"\d{1,2}(?:st|nd|rd|th)?"
YEAR = r"'?(?:\d{4}|\d{2})"
PAST = r"(?:(?:19\d\d|200\d)\b|'?[3-9]\d\b(?!\d))"
"""A year in which a patient may be born and in which hardly any visit was: up to 2009."""


def _date(year: str) -> str:
    return (
        rf"(?:\d{{1,2}}[/.-]\d{{1,2}}[/.-]{year}|{year}-\d{{1,2}}-\d{{1,2}}"
        rf"|{MONTH}\s*{DAY}(?:\s*,\s*|\s+){year}"
        rf"|(?:the\s)?{DAY}[\s-]+(?:of\s)?{MONTH}[\s,-]+{year})"
    )


BORN = r"\b(?:d\.?o\.?b\.?|born|birth\s?da(?:y|te)|birth|b-?day)\b [^\d\n]{0,20}?"
BIRTH_DATES = _matches(
    rf"{BORN} (?P<it>{_date(YEAR)}) (?!\d)",
    rf"{BORN} (?P<it>\d{{1,2}}\ \d{{1,2}}\ {YEAR}) (?!\d)",
    rf"{BORN} (?P<it>{MONTH}\s*{DAY}\b | (?:the\s)?{DAY}\s+(?:of\s)?{MONTH} | \d{{6}}(?:\d\d)?)\b",
    rf"\b{_date(PAST)}",
)

STREET = (
    r"(?:street|st|avenue|ave|av|road|rd|lane|ln|boulevard|blvd|terrace|ter|parkway|pkwy|highway|hwy"
    r"|drive|dr|court|ct|place|pl|way|circle|cir|square|sq|trail|trl|loop|path|row|crescent)"
)
NOT_A_STREET = (
    r"(?:minutes?|mins?|hours?|hrs?|miles?|mi|blocks?|days?|weeks?|wks?|months?|years?|yrs?|mg|ml"
    r"|am|pm|percent|dollars?|bucks?|of|or|and|to|more|other|different|people|times?|kids?|in|on"
    r"|for|at|from|by|the|a|my|your|is|was|x|visits?|doctors?|drs?|old)\b"
)
TOWN = (
    r"(?:,?\s+(?-i:[A-Z][a-z.'-]+(?:\s[A-Z][a-z.'-]+){0,2})"
    r"(?:,?\s+(?-i:[A-Z]{2})\b)?(?:,?\s+\d{5}(?:-\d{4})?)?)"
)
FLAT = r"(?:,?\s*(?:apt|apartment|unit|suite|ste|\#|fl|floor|lot|bldg)\.?\s*\#?\w{1,5}\b)"
ADDRESSES = _matches(
    rf"""(?<![\w$.,/-])\d{{1,6}}[A-Z]?(?:-\d{{1,4}})?\s+
        (?:(?!{NOT_A_STREET})[\w'.-]+\s+){{1,4}}?{STREET}\b\.?{FLAT}?{TOWN}?""",
    r"\bp\.?\s?o\.?\s?box\s+\d+",
)

PARTICLE = r"(?:de|da|di|la|le|van|von|der|den|del|dos|el|al|bin|st\.?|mc|o')"
CAPITAL = r"(?-i:[A-Z][\w'\u2019-]*\.?)"
FULL_NAME = rf"{CAPITAL}(?:\s+(?:{PARTICLE}\s+)*{CAPITAL}){{0,3}}"
NO_NAME = (
    r"(?:spelled|spelt|wrong|misspelled|not|on|in|the|a|an|and|or|is|was|missing|different|too|so"
    r"|what|who|why|how|where|when|that|this|it|i|im|my|me|hard|long|short|still|also|under|no"
    r"|listed|called|changed|correct|right|for|to|of|at|with|same|private|protected|safe|getting"
    r"|going|just|been|being|used|never|always|mispronounced|pronounced|now|there|here|from"
    r"|calling|speaking|texting|and|but|because|can|do|does|did|have|has|need|want|would|could"
    r"|first|last|second|third|day|about|your|our|their|his|her|you|we|they|all|back|asap)\b"
)
SMALL_NAME = rf"(?!{NO_NAME})[a-z][a-z'\u2019-]+(?:\s+(?!{NO_NAME})[a-z][a-z'\u2019-]+){{0,2}}"
ANY_NAME = rf"(?P<it>(?!{NO_NAME})(?:{FULL_NAME}|{SMALL_NAME}))"
SELF = r"\b(?:this\s+is|it'?s|it\s+is|i'?m|i\s+am)\s+"
SAYS_SO = r"speaking|calling|texting|writing|again|here\b(?!\s+for)|from\s+(?:room|unit)"
NAMES = _matches(
    rf"(?<!\bthe\s)\bname(?:['\u2019]?s)?\s*(?:\bis\b|[:=]|(?<=s))\s*{ANY_NAME}",
    rf"\b(?:called|goes\s+by|go\s+by|known\s+as|calls?\s+me|patient\s+is)\s+(?P<it>{FULL_NAME})",
    rf"\b(?:i'?m|i\s+am|i\s+go\s+by|they\s+call\s+me)\s+called\s+{ANY_NAME}",
    rf"{SELF}{ANY_NAME}(?=\s*,?\s+(?:{SAYS_SO}))",
    rf"{SELF}(?P<it>(?:mr|mrs|ms|miss)\b\.?\s+(?!{NO_NAME})[\w'-]+(?:\s+{CAPITAL})?)",
    rf"\bthis\s+is\s+(?P<it>(?!{NO_NAME}){FULL_NAME})(?=\s*(?:[,.!]|$|and\b|i\b))",
    rf"\bthis\s+is\s+(?P<it>(?!{NO_NAME}){CAPITAL}(?:\s+{CAPITAL}){{1,2}})",
)

# The surer kinds first: each is taken as it stands, and later ones leave it alone.
SEARCHES: dict[str, Search] = {
    "email": EMAILS,
    "card": _cards,
    "ssn": SSNS,
    "birth_date": BIRTH_DATES,
    "phone": _phones,
    "member": MEMBERS,
    "address": ADDRESSES,
    "name": NAMES,
}
