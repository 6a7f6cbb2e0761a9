"""Reads what people say after a safety text: that help has come, that it is over, or was a joke."""

from __future__ import annotations

import re

HELPED = re.compile(
    r"\b(?:(?:i|we|he|she|they|just|already)\W+(?:am |are |have |just |already )*"
    r"(?:called|calling|phoned|dialing|dialed)(?! (?:my|the|a|an|his|her|our|your|you)\b)"
    r"|(?:ok(?:ay)?|yes)\W+(?:i'?m |im |just |i'?ll |will )*call(?:ing|ed)?"
    r"|called (?:them|911|988|poison|it in)|on the (?:phone|line) with"
    r"|(?:ambulance|medics?|paramedics|ems|nurse|doctor|help|they)"
    r"(?:'s|'re| is| are| r| was| were)? (?:now |just |already )*"
    r"(?:here|there|coming|came|on (?:the|their|its) way|with (?:me|us|him|her))"
    r"|(?:at|in|from) the (?:er|emergency room|hospital|urgent care)|at urgent care"
    r"|(?:er|hospital|they|medics) (?:\w+ )?sent (?:me|him|her|us|them) home)\b",
    re.IGNORECASE,
)
OVER = re.compile(
    r"\b(?:(?:i'?m|i am|he'?s|he is|she'?s|she is|it'?s|it is|we'?re|we are|they'?re|they are"
    r"|all|everything'?s?|everything is) (?:all |just |totally |really |so much |much )*"
    r"(?:fine|ok(?:ay)?|alright|all right|better|gone|over|good)(?: now)?"
    r"|(?:he|she|mom|dad|it) (?:ok|fine|better) now"
    r"|(?:it|that|this)(?:'s| has)? (?:all )?(?:passed|stopped|went away|gone away)"
    r"|no need (?:for|to call)|(?:not|isn'?t|no) (?:an |a )?(?:real )?emergency|false alarm"
    r"|(?:just |only |was |were )+(?:a joke|joking|kidding|testing)|just kidding|jk"
    r"|i (?:did not|didn'?t) mean (?:it|that)|i only (?:mean|meant)|not what i mean)\b",
    re.IGNORECASE,
)
TAKEN_BACK = re.compile(
    r"^\W*(?:and |so )?(?:are|is|will|when|should|do|does|did|can|could|how|what)\b(?!\?)"
    r"|\b(?:but|worse|again|hope|if|will (?:i|he|she) be|think|maybe"
    r"|not (?:fine|ok|okay|better|good)|isn'?t (?:fine|ok|better)|no ?one|nobody|no answer"
    r"|can'?t|cannot|won'?t|dead|die|dying)\b",
    re.IGNORECASE,
)
"""Where such a word stands beside it, or where it is asked, nothing is taken to be over."""


def is_over(text: str) -> bool:
    """Return whether a text that follows a safety text says that help has come, or none is needed.

    It is told apart from danger by others, who read each message first.
    """
    said = HELPED.search(text) or OVER.search(text)
    return said is not None and not TAKEN_BACK.search(text)
