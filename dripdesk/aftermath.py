"""Reads what people say after a safety text: help is called or there, it is over, or a joke."""

from __future__ import annotations

import re

MOST_WORDS = 20
HELPED = re.compile(
    r"(?<!\bno )\b(?:(?:ambulance|medics?|paramedics|ems|nurse|doctor|they)"
    r"(?:'s|'re| is| are| r| was| were| has| have) (?:now |just |already |all )*"
    r"(?:here|with (?:me|us|him|her)|been here)"
    r"|(?:ambulance|medics?|paramedics|ems|nurse|doctor) (?:just )?"
    r"(?:came|walked in|arrived|got here)"
    r"|^(?:\W*(?:ok(?:ay)?|yes|yeah|now|already|i'?m|im|i am|we'?re|we are|he'?s|she'?s)\b)*\W*"
    r"(?:already |now )*(?:going|heading|on (?:my|our|the) way) to (?:the )?"
    r"(?:er|emergency room|hospital|urgent care)(?: now| already)*\W*$"
    r"|(?:i'?m|im|i am|we'?re|we are|he'?s|he is|she'?s|she is|ok|now) (?:now |already )*(?:at|in) "
    r"(?:the (?:er|emergency room|hospital|urgent care)|urgent care)"
    r"|(?:er|hospital|they|medics) (?:\w+ )?sent (?:me|him|her|us|them) home"
    r"|(?:poison help|poison control|poison people|911|they) (?:said|says|say) "
    r"(?:it'?s|its|that'?s|thats|all is|everything is) (?:all )?(?:fine|ok|okay)"
    r"|(?:nurse|poison help|poison control|paramedics|ems)(?: line)?(?: she| he| they)?"
    r" (?:said|says|told (?:us|me|him|her))\b"
    r"(?! (?:to |(?:i|we|you) should )?(?:call|dial|phone|leave|press)\b))\b",
    re.IGNORECASE,
)
CALLED = re.compile(
    r"^\W*(?:(?:ok(?:ay)?|k|fine|yes|yeah|alright|sure|thanks?|thank you|will do|i am|i'?m|we'?re"
    r"|we are|he'?s|she'?s)\b\W*)+(?:calling|dialing)"
    r"(?: (?:right )?now| them| 911| 988| poison (?:help|control)| for help)*\W*$"
    r"|\b(?:i|we|he|she|they|my \w+|someone) (?:just |already |have |has |did )*"
    r"(?:called|phoned|dialed) (?:911|988|them|poison (?:help|control)|an ambulance)\b"
    r"|\b(?:i|we|he|she|they) (?:just |already |have |both )*(?:talked|spoke|spoken)"
    r" (?:to|with) (?:911|988|poison (?:help|control)|(?:a|the) nurse)\b"
    r"|(?<!\bno )\b(?:911|ambulance|help|they|medics|paramedics)(?: is| are|'s|'re) "
    r"(?:on (?:the|its|their) way|coming)\b",
    re.IGNORECASE,
)
COMES = re.compile(
    r"\W*(?:(?:ok(?:ay)?|yes|yeah|good|thanks?|the|an)\W+)*"
    r"(?:911|ambulance|help|medics|paramedics|ems)(?: is| are|'s|'re) (?:now )?"
    r"(?:on (?:the|its|their) way|coming|here)(?: now)?\W*",
    re.IGNORECASE,
)
"""What says no more than that help comes: a network may see the danger in its words."""
OVER = re.compile(
    r"\b(?:(?:i'?m|i am|he'?s|he is|she'?s|she is|it'?s|it is|we'?re|we are|they'?re|they are"
    r"|everything'?s|everything is) (?:all |just |totally |really |so much |much )*"
    r"(?:fine|ok(?:ay)?|alright|all right|better|good)(?: now)?"
    r"|(?:he|she|mom|dad|it) (?:ok|fine|better) now"
    r"|(?:it|that|this)(?:'s| has)? (?:all )?(?:passed|went away|gone away)"
    r"|(?:it'?s|its|that'?s|this is|is) (?:not an|no) emergency"
    r"|(?<!not )(?:a )?false alarm"
    r"|(?:it|that|this|i)(?:'s|'m|m|s| was| am)? (?:just |only )*(?:a joke|joking|kidding)"
    r"|(?:just|only) (?:a joke|joking|kidding)|jk"
    r"|i (?:did not|didn'?t) mean (?:it|that)|i only (?:mean|meant)|not what i mean(?:t)?)\b",
    re.IGNORECASE,
)
DENIED = re.compile(
    r"\b(?:(?:i'?m|i am|nobody(?:'s| is)|no ?one(?:'s| is)) )?(?:not|never) (?:really |actually )?"
    r"(?:suicidal|(?:gonna|going to|trying to|planning to|about to) "
    r"(?:(?:hurt|kill|harm) (?:myself|anyone|anybody|himself|herself)|do anything))\b"
    r"|\bi won'?t (?:really )?(?:(?:hurt|kill|harm) (?:myself|anyone|anybody)|do (?:anything|it))\b"
    r"|\b(?:nobody|no ?one)(?:'s| is) (?:suicidal|dying)\b",
    re.IGNORECASE,
)
"""What says that nobody is in danger, whatever the words in it would mean alone."""
BETTER = re.compile(
    r"\b(?:fever|rash|swelling|hives|redness|pain|itch(?:ing)?|chills|dizziness)"
    r"(?:'s|s| is| are| has)? (?:all |almost |already |now |finally )*"
    r"(?:gone(?: away| down)?|went (?:away|down)|(?:going|coming) down|going away)(?: now)?\b"
    r"|\b(?:he|she|i|they) (?:didn'?t|did not|never) "
    r"(?:(?:get|take|swallow|drink|eat) any(?: of (?:it|them))?|swallow (?:it|them))"
    r"(?=\W*$|[.,;!?])",
    re.IGNORECASE,
)
"""What says that it goes away, or that nothing was swallowed, though its words would be taken back
alone."""
TAKEN_BACK = re.compile(
    r"^\W*(?:and |so )?(?:are|is|will|when|should|do|does|did|can|could|how|what)\b(?!\?)"
    r"|\b(?:but|worse|again|hope|if|think|maybe|will (?:i|he|she) be|no ?one|nobody|no answer|hold"
    r"|didn'?t (?!mean)|did not (?!mean)|voice ?mail|disconnected|refus\w+|cancel\w*|nothing"
    r"|wait(?:ing)?|yesterday|times|for me|get me|call (?:me|us) back|yet|until|tired|more like"
    r"|busy|voicemail|hung|(?:not|never|isn'?t|aren'?t) (?!what|an emergency|mean)\w+|can'?t|cannot"
    r"|won'?t|need (?!for|to)|send|soon|goodbye|tonight|gone|ending|took|pills?|drank|bottle|blood"
    r"|bleed\w*|hurts?|pain|numb|dark|sleepy|drowsy|dizzy|faint|weak|threw|vomit\w*|puk\w+|right\W*$"
    r"|chest|breath\w*|throat|past|kill|dead|die[ds]?|dying|love|kids)"
    r"\b",
    re.IGNORECASE,
)
"""Where such a word stands beside it, or where it is asked, nothing is taken to be over."""


REFUSES = re.compile(
    r"(?:\b(?:no|not|can'?t afford|wont)|n't|\bdont) (?:\w+ ){0,4}?"
    r"(?:ambulance|911|988|hospital|er)\b"
    r"|\bno need\b",
    re.IGNORECASE,
)
RETURNS = re.compile(
    r"\b(?:(?:it'?s|its|is|getting|got|gets|feel\w*|much|even) (?:getting )?worse|it came back"
    r"|(?:it'?s|its|is) back|started again|again now|not (?:kidding|joking)"
    r"|wasn'?t (?:kidding|joking|a joke))\b",
    re.IGNORECASE,
)


def refuses(text: str) -> bool:
    """Return whether somebody does not want the help that a safety text named."""
    return bool(REFUSES.search(text.replace("\u2019", "'")))


def returns(text: str) -> bool:
    """Return whether a danger that was said to be over is back: "ok not kidding, it's worse"."""
    return bool(RETURNS.search(text.replace("\u2019", "'")))


def says_help_comes(text: str) -> bool:
    """Return whether a text says that help comes or is there, and nothing else."""
    return bool(COMES.fullmatch(text.replace("\u2019", "'")))


def is_over(text: str) -> bool:
    """Return whether a text that follows a safety text says that it is seen to, or over.

    Danger is read by others first: this only tells which text fits where they see none.
    """
    said, denials = DENIED.subn(" ", text.replace("\u2019", "'"))
    said, better = BETTER.subn("ok", said)
    if len(said.split()) > MOST_WORDS or TAKEN_BACK.search(said):
        return False
    return any(pattern.search(said) for pattern in (CALLED, HELPED, OVER)) or denials + better > 0
