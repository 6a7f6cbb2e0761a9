"""Tells what a patient says of a field instead of filling it: yes, no, stop, why, "this number"."""

from __future__ import annotations

import re

from dripdesk.callback.fields import TIMES
from dripdesk.callback.phones import phone

YES = re.compile(
    r"^\W*((yes|yep|yeah|yea|ya|yup|y|sure|ok|okay|that'?s (it|me|right|correct)"
    r"|this one|this number|same( number| one)?|go ahead|send( it)?|do it"
    r"|please do|all good|looks good|sounds good|exactly|confirm(ed)?"
    r"|that works|absolutely|of course|si|sí|k|kk|uh huh|mhm)\b"
    r"|(correct|right|perfect|good|great|fine)(?=\W*$|[,.!]| thank))",
    re.IGNORECASE,
)
ASKS = re.compile(
    r"\?|^\W*(and |but )?((what|when|where|who|how|why|which|can|could|will|would|is|are|does)\b"
    r"|(do|did|should|may|am) (you|u|i|they|we|he|she)\b)",
    re.IGNORECASE,
)
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
CALL_WANTED = re.compile(
    r"\b(?:can|could|will|would|please|have) (?:please )?(?:have )?"
    r"(?:some ?(?:one|body)|any ?(?:one|body)|a (?:nurse|person|human)|you|u|them) (?:please )?"
    r"(?:call|phone|ring) (?:me|us)\b",
    re.IGNORECASE,
)
STOP = re.compile(
    r"^\W*((ok(ay)?|k|yes|yeah|sure|no|actually|sorry|oh|wait|ah|hm+)\b\W*)*(please |pls )?"
    r"(cancel|stop|quit|exit|never ?mind|nvm|forget (it|that|about it))"
    r"( it| (?:this|that|the|my)(?: call(?: ?back)?| request)?| please| pls| now| then| thanks"
    r"| thank you)*"
    r"(\W*$|\W*\b(i|i'?ll|we|we'?ll|i will)\b.*$)",
    re.IGNORECASE,
)
WITHDRAWN = re.compile(
    r"^\W*(?:(?:no|nope|actually|wait|please|ok)\W+)*(?:i )?(?:don'?t|do not) (?:send|call|want)\b"
    r"(?: (?:it|that|this|me|anything|a call(?: ?back)?|any ?more))*\W*$"
    r"|\bdelete (?:it|that|this)\W*$"
    r"|^\W*(?:no|nah|nope)\W+(?:thanks|thank you|thx|ty)"
    r"(?:\W*$|\W+(?:just|not now|i'?m)\b(?!.*\d))",
    re.IGNORECASE,
)
"""What takes back the wish for what the form is for."""
WHY = re.compile(
    r"^\W*(?:(?:wait|but|ok|and) )*(?:(?:why|what for|how come)\W*$"
    r"|why (?:the \w+ )?(?:(?:do|would|does|should|must|are) )?(?:you|u|they|it|i|we) (?:all )?"
    r"(?:need|want|have to|must|ask(?:ing)?)(?: for)?(?: to)?(?: (?:know|give|tell|say))?"
    r"(?: you| u)?(?: (?:that|this|it|my (?:name|number)|a (?:name|number|time)))?"
    r"(?: (?:if|when|since|you|u|it'?s)\b[^.?]{0,40})?\W*$"
    r"|(?:does it|do it|why does it) matter (?:what|who)\b[^.?]{0,20}\W*$"
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
THIS_NUMBER = re.compile(
    r"^\W*(?:(?:yes|ok|just|on|at|to|use|the)\W+)*(?:this|same)"
    r"(?: (?:one|number|phone|cell))?\W*$"
    r"|^\W*(?:the |my )?(?:one|number|phone|cell) i'?m (?:on|using|texting|writing)\b",
    re.IGNORECASE,
)
PICKS = re.compile(
    r"^\W*(?:the |use the )?(?:first|second|last|other|1st|2nd)(?: one| number)?\W*$", re.IGNORECASE
)
PROPOSAL = re.compile(
    r"^\W*(is|are|would|could|can|how about|what about|maybe|does|will)\b", re.IGNORECASE
)
OPENING = re.compile(r"\b(open|opens|close|closes|closed|hours|you there)\b", re.IGNORECASE)


def is_yes(text: str) -> bool:
    """Whether a text begins with a yes, and changes and asks nothing: "yes, send it now"."""
    is_said = bool(YES.search(text)) and not asks_on(text)
    return is_said and not CHANGES.search(text) and phone(text) is None


def asks_on(text: str) -> bool:
    """Whether a text begins with a yes, and asks something behind it: "ok what are your hours"."""
    said = YES.search(text)
    return bool(said and ASKS.search(text[said.end() :]))


def is_no(text: str) -> bool:
    """Whether a text begins with a no, or wants something changed."""
    return bool(NO.search(text))


def is_change(text: str) -> bool:
    """Whether a text says that something is to be changed, and not what."""
    return bool(CHANGE.search(text))


def asks_for_call(text: str) -> bool:
    """Whether a text asks that somebody call: "can somebody call me back"."""
    return bool(CALL_WANTED.search(text))


def is_stop(text: str) -> bool:
    """Whether a text is nothing but the wish to stop the form."""
    return bool(STOP.search(text) or WITHDRAWN.search(text.replace("\u2019", "'")))


def is_why(text: str) -> bool:
    """Whether a text only asks what a field is for: "why do you need that"."""
    return bool(WHY.search(text)) and phone(text) is None


def is_refusal(text: str) -> bool:
    """Whether somebody does not want to say what is asked for."""
    return bool(REFUSED.search(text.replace("\u2019", "'"))) and phone(text) is None


def picks(text: str) -> bool:
    """Whether a text picks one of two numbers by its place: "the first one"."""
    return bool(PICKS.search(text))


def is_this_number(text: str) -> bool:
    """Whether a text means the number that it comes from: "this number", "the same one"."""
    return bool(THIS_NUMBER.search(text))


def proposes_time(text: str) -> bool:
    """Whether a text suggests a time in the form of a question: "is tomorrow at 3 ok?"."""
    return bool(PROPOSAL.search(text) and TIMES.search(text) and not OPENING.search(text))
