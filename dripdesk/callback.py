"""Reads what a patient types to be called back: name, number, time and subject."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

import phonenumbers

from dripdesk.privacy import redact

REGION = "US"
LONGEST_NAME, LONGEST = 40, 120  # characters: all that is read back fits into three SMS
NAME_WORDS = 4
WORD = re.compile(r"[^\W\d_][^\W\d_'\u2019.-]*(?:[-'\u2019][^\W\d_]+)*\.?")
CALLED = re.compile(
    r"^(?:(?:hi|hello|hey|sure|ok(?:ay)?|yes|no|sorry|oh|um|well|it is|it's|its)\b[,.! ]*)*"
    r"(?:my (?:first )?name is|my name's|name is|name's|name:?|i am|i'm|im|this is|call me|it's|its"
    r"|you can call me|ask for|just call me|they call me|the name is)\s+",
    re.IGNORECASE,
)
NAMED = re.compile(
    r"^(?P<before>[^,.!?]+?) is (?:my|the|his|her) (?:first )?name\b"
    r"|\bask for (?P<behind>[^\s,.!?]+(?: [^\s,.!?]+){0,2}?)"
    r"(?: (?:in|at|after|before|instead|please)\b[^,.!?]*)?\W*$",
    re.IGNORECASE,
)
"""A name before what tells that it is one, or at the end: "Rick is my name", "no, ask for Tom"."""
AFTER_NAME = re.compile(
    r"(?:[,!]|(?<!\bdr)(?<!\bmr)(?<!\bms)(?<!\bmrs)\.| and\b| but\b| please\b| thanks\b| thank\b"
    r"| here$| speaking$| not [a-z]+$).*$",
    re.IGNORECASE,
)
STOP = re.compile(
    r"^\W*((ok(ay)?|k|yes|yeah|sure|no|actually|sorry|oh|wait|ah|hm+)\b\W*)*(please |pls )?"
    r"(cancel|stop|quit|exit|never ?mind|nvm|forget (it|that|about it))"
    r"( it| this| that| please| pls| now| then| thanks| thank you)*"
    r"(\W*$|\W*\b(i|i'?ll|we|we'?ll|i will)\b.*$)",
    re.IGNORECASE,
)
WHY = re.compile(
    r"^\W*(?:(?:wait|but|ok|and) )*(?:(?:why|what for|how come)\W*$"
    r"|why (?:do|would|does|should|must|are) (?:you|u|they|it|i|we) "
    r"(?:need|want|have to|must|ask(?:ing)?)(?: for)?(?: to)?(?: (?:know|give|tell|say))?"
    r"(?: you| u)?(?: (?:that|this|it|my (?:name|number)|a (?:name|number|time)))?\W*$"
    r"|what(?:'s|s| is| do (?:you|u) need) (?:that|this|it) for\W*$"
    r"|what (?:do|did) (?:you|u) mean\b[^.?!]{0,30}\W*$|what mean\b[^.?!]{0,20}\W*$"
    r"|what does (?:that|this|it) mean\W*$)",
    re.IGNORECASE,
)
REFUSED = re.compile(
    r"^\W*(?:(?:no|sorry|well|um|i|i'd|id|we|would)\W+)*"
    r"(?:(?:don'?t|do not|won'?t|will not|rather not|prefer not to|not)\b"
    r"(?: (?:want|wanna|like|going|gonna))?(?: to)? (?:give|tell|say|share)\b"
    r"|(?:rather not|prefer not to|(?:don'?t|do not) (?:want to|wanna))\W*$)"
    r"|\bnone of your business\b",
    re.IGNORECASE,
)
WAITING = re.compile(
    r"^\W*(?:(?:so|and|ok|well) )*(?:when|what time|how (?:long|soon)|who|did (?:you|they)"
    r"|(?:will|are|have|do) (?:you|they|it)|(?:will|is) (?:it|somebody|someone))\b",
    re.IGNORECASE,
)
OTHER_CALL = re.compile(
    r"\d|\b(?:about|too|instead|another|other|else|also|for|arrange|(?:my|our) \w+)\b",
    re.IGNORECASE,
)
"""What asks for a further call."""
WITHDRAWN = re.compile(
    r"^\W*(?:(?:no|nope|actually|wait|please|ok)\W+)*(?:i )?(?:don'?t|do not) (?:send|call|want)\b"
    r"(?: (?:it|that|this|me|anything|a call(?: ?back)?|any ?more))*\W*$"
    r"|\bdelete (?:it|that|this)\W*$",
    re.IGNORECASE,
)
"""What stops the form where all is only to be confirmed."""
PROPOSAL = re.compile(
    r"^\W*(is|are|would|could|can|how about|what about|maybe|does|will)\b", re.IGNORECASE
)
OPENING = re.compile(r"\b(open|opens|close|closes|closed|hours|you there)\b", re.IGNORECASE)
DENIED = re.compile(r"\bnot\W*$", re.IGNORECASE)
SPACED = re.compile(r"[A-Za-z' ]*[:,]?[\d\s().+,_-]+[.!]?")
"""A number in any groups, alone or after words: "9 1 4 5 5 5 0 1 3 3". Times and dates are none."""
NO_NAMES = frozenset(
    "yes no ok okay sure what why how when where who idk dunno skip none nothing help hello hi hey "
    "stop cancel maybe please thanks thank anonymous nobody the a my you me it call back phone "
    "number name later today tomorrow asap not do does is are can will have need want know "
    "wrong incorrect misspelled misspelt spelled spelt wait but this that here anyone prefer "
    "rather dont don't i'd id change".split()
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
YES = re.compile(
    r"^\W*((yes|yep|yeah|yea|ya|yup|y|sure|ok|okay|that'?s (it|me|right|correct)"
    r"|this one|this number|same( number| one)?|go ahead|send( it)?|do it"
    r"|please do|all good|looks good|sounds good|exactly|confirm(ed)?"
    r"|that works|absolutely|of course|si|sí|k|kk|uh huh|mhm)\b"
    r"|(correct|right|perfect|good|great|fine)(?=\W*$|[,.!]| thank))",
    re.IGNORECASE,
)
THIS_NUMBER = re.compile(
    r"^\W*(?:(?:yes|ok|just|on|at|to|use|the)\W+)*(?:this|same)"
    r"(?: (?:one|number|phone|cell))?\W*$"
    r"|^\W*(?:the |my )?(?:one|number|phone|cell) i'?m (?:on|using|texting|writing)\b",
    re.IGNORECASE,
)
ASKS = re.compile(
    r"\?|^\W*(and |but )?((what|when|where|who|how|why|which|can|could|will|would|is|are|does)\b"
    r"|(do|did|should|may|am) (you|u|i|they|we|he|she)\b)",
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
PIECES = re.compile(r"[.;]\s+|,?\s+and\s+", re.IGNORECASE)
FIELD_NAMES = re.compile(
    r"\b(?:time|number|phone|name|about|reason|subject)\b|\d{3}\D?\d{4}", re.IGNORECASE
)
NOTHING_SAID = re.compile(r"\W*(?:yes|yep|yeah|ok|okay|k|sure|no|nope|idk|hm+)\W*", re.IGNORECASE)
LEFT_OUT = "[left out]"
NOT_KEPT = frozenset(["ssn", "card", "birth_date"])
"""What is left out of a request where it is seen: nobody needs it to call."""
CHANGES = re.compile(
    r"\b(but|except|change|instead|make (it|that)|actually|not|wrong|rather|better|nope|nah|don'?t"
    r"|do not|cancel|stop|nvm|never ?mind|forget|wait|hold on"
    r"|no(?! (rush|hurry|problem|prob|worries|matter)))\b",
    re.IGNORECASE,
)
"""What takes a yes back: "ok but make it friday", "ok no thanks"."""
NO = re.compile(
    r"^\W*(no|nope|nah|wrong|not (right|quite|correct)|incorrect|change|fix|wait|hold on|actually"
    r"|sorry|oops|correction|edit)\b",
    re.IGNORECASE,
)
CHANGE = re.compile(
    r"^\W*(?:please )?(?:change|fix|edit|correct) (?:some ?thing|it|that)\W*$", re.I
)
OF_FIELD = {
    "callback_name": re.compile(r"\b(name|spell(ed|ing)?|call me|i'?m called)\b", re.IGNORECASE),
    "callback_phone": re.compile(r"\b(number|phone|cell|mobile|digits?)\b", re.IGNORECASE),
    "callback_time": re.compile(r"\b(time|day|when|hour)\b", re.IGNORECASE),
    "callback_subject": re.compile(
        r"\b(subject|reason|topic|it'?s about|its about|about|question)\b", re.IGNORECASE
    ),
}
GREETED = re.compile(
    r"^(?:(?:hi|hello|hey|good (?:morning|afternoon|evening)|thanks?|thank you|thx|ty)\b[\s,.!]*)+",
    re.IGNORECASE,
)
THANKED = re.compile(
    r"(?:[\s,.!]*\b(?:please|pls|thanks?|thank you|thx|ty)(?: you)?(?: so much| very much| a lot)?"
    r"[\s,.!]*)+$",
    re.IGNORECASE,
)
BEFORE_NAME = re.compile(r"^.*\bname\b\s*(?:is|to|:)?\s*", re.IGNORECASE)
BEFORE_SUBJECT = re.compile(
    r"^.*?\b(?:about|subject|reason|topic)\b\s*(?:should be|is|to|:)?\s*", re.IGNORECASE
)
CUES = re.compile(
    r"^\W*(?:(?:no|nope|nah|wait|actually|sorry|oops|change|fix|correction|hold on|i mean|i meant"
    r"|make it|make that|please|oh|wrong|it should be|should be|it's|its|rather|better|can you"
    r"|could you|the|my|time|day|subject|reason|to|is|about|instead)\b[\s,.:!-]*)+",
    re.IGNORECASE,
)


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
    return bare if bare != bare.lower() else bare.title()


def bare(text: str) -> str:
    """Return a text without a greeting before it and thanks behind it: "a refill, thank you"."""
    return THANKED.sub("", GREETED.sub("", text.strip()))


def phone(text: str) -> str | None:
    """Return the valid phone number in a text in E.164 form; the last one, if there are several.

    An extension stands behind it: "+19145550133 ext. 204". A number without an area code is none,
    and neither is one after "not".
    """
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


def without_phone(text: str) -> str:
    """Return a text without the phone numbers in it: "Ann, 914-555-0133" as "Ann"."""
    for one in reversed(list(phonenumbers.PhoneNumberMatcher(text, REGION))):
        text = f"{text[: one.start]} {text[one.end :]}"
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
    if not any(char.isalpha() for char in bare) or NOTHING_SAID.fullmatch(bare) or is_change(bare):
        return None
    return bare if len(bare) <= LONGEST else f"{bare[: LONGEST - 3]}..."


def corrections(text: str) -> dict[str, str | None]:
    """Return all that a text corrects, as `correction` does of each of its pieces.

    "The time should be noon and it's about my bill" corrects two fields.
    """
    pieces = [(one, found) for one in PIECES.split(text) if (found := correction(one))]
    known = {field: value for _, (field, value) in pieces if value}
    # "About my bill and my visit on friday" is one subject: each has to be named.
    if len(known) > 1 and all(FIELD_NAMES.search(one) for one, _ in pieces):
        return dict(known)
    found = correction(text)
    return {found[0]: found[1]} if found else {}


READ: Mapping[str, Callable[[str], str | None]] = {
    "callback_name": name,
    "callback_phone": phone,
    "callback_time": time,
    "callback_subject": subject,
}
"""How the text for each field is read."""


def is_yes(text: str) -> bool:
    """Whether a text begins with a yes, and changes and asks nothing: "yes, send it now"."""
    is_said = bool(YES.search(text)) and not asks_on(text)
    return is_said and not CHANGES.search(text) and phone(text) is None


def asks_on(text: str) -> bool:
    """Whether a text begins with a yes, and asks something behind it: "ok what are your hours"."""
    said = YES.search(text)
    return bool(said and ASKS.search(text[said.end() :]))


def correction(text: str) -> tuple[str, str | None] | None:
    """Return the field that a text corrects, with its new value if the text has one.

    "no, 914-555-0133" and "make it friday" have one; "the number is wrong" has none. None if the
    text corrects nothing that can be told.
    """
    if number := phone(text):
        return "callback_phone", number
    named = [field for field, words in OF_FIELD.items() if words.search(text)]
    rest = CUES.sub("", text).strip()
    if CALLED.match(rest) or named[:1] == ["callback_name"]:
        return "callback_name", name(BEFORE_NAME.sub("my name is ", rest))
    if named[:1] == ["callback_phone"]:
        return "callback_phone", None
    if named[:1] == ["callback_subject"]:
        said = BEFORE_SUBJECT.sub("", text)
        return "callback_subject", subject(said) if said != text else None
    if TIMES.search(rest):
        return "callback_time", time(rest)
    return (named[0], None) if named else None


def is_this_number(text: str) -> bool:
    """Whether a text means the number that it comes from: "this number", "the same one"."""
    return bool(THIS_NUMBER.search(text))


def is_no(text: str) -> bool:
    """Whether a text begins with a no, or wants something changed."""
    return bool(NO.search(text))


def is_change(text: str) -> bool:
    """Whether a text says that something is to be changed, and not what."""
    return bool(CHANGE.search(text))


def proposes_time(text: str) -> bool:
    """Whether a text suggests a time in the form of a question: "is tomorrow at 3 ok?"."""
    return bool(PROPOSAL.search(text) and TIMES.search(text) and not OPENING.search(text))


def is_stop(text: str) -> bool:
    """Whether a text is nothing but the wish to stop the form."""
    return bool(STOP.search(text) or WITHDRAWN.search(text.replace("\u2019", "'")))


def is_why(text: str) -> bool:
    """Whether a text only asks what a field is for: "why do you need that"."""
    return bool(WHY.search(text)) and phone(text) is None


def is_refusal(text: str) -> bool:
    """Whether somebody does not want to say what is asked for."""
    return bool(REFUSED.search(text.replace("\u2019", "'"))) and phone(text) is None


def is_waiting(text: str) -> bool:
    """Whether somebody asks about a call that was asked for: "so when will they call"."""
    return bool(WAITING.search(text)) and not OTHER_CALL.search(text)
