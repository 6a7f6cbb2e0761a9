"""Works out what a patient may pay for visits, from the figures of the patient's own plan."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from text_to_num import alpha2digit

CENT = Decimal("0.01")
ZERO = Decimal(0)
MOST = Decimal(1_000_000)  # dollars; a larger figure is a slip
FIGURE = re.compile(
    r"(?<![\w.,-])\$?\s?(\d{1,3}(?:,\d{3})+|\d+)(\.\d{1,2})?(?![\d.,]*\d)\s?(k\b)?"
    r"(\s?(?:%|percent\b|pct\b))?"
)
"""A figure: its whole part, its decimals, k for thousands, and what makes it a percentage."""
UNCLEAR = re.compile(
    r"\d\s?(?:k|%|percent|pct)?\s?[-\u2013]\s?\$?\d|\d\s?(?:m|mil|mill|million)\b|\bhalf\b"
)
"""What makes a figure another than it looks: "5-10k", "1.2m", "two and a half thousand"."""
INSURERS = {
    "medicare_advantage": re.compile(r"advantage|part c\b|medicare (hmo|ppo)", re.IGNORECASE),
    "medicaid": re.compile(r"medicaid|medi-?cal\b|\bchip\b", re.IGNORECASE),
    "medicare": re.compile(r"medicare|part b\b", re.IGNORECASE),
    "none": re.compile(
        r"^\W*(i have |got )?(none|no|nothing|nope|nada|n/?a)( at all)?\W*$"
        r"|\b(uninsured|self[ -]?pay(ing)?|cash|out of pocket|not insured)\b"
        r"|\b(no|without|don'?t have|not have|haven'?t got|lost)( any| my| health| medical)*"
        r" (insurance|coverage|plan)\b|\b(don'?t|not) have (any|it|one|that)\W*$",
        re.IGNORECASE,
    ),
    "private": re.compile(
        r"\b(work|job|employ)|market ?place|private|obama|exchange|group|company|commercial|union"
        r"|ppo|hmo|blue|cross|bcbs|aetna|cigna|united|uhc|humana|anthem|kaiser|oscar|ambetter|parent|husband"
        r"|wife|spouse|school|college|insurance",
        re.IGNORECASE,
    ),
}
"""Kinds of insurance, the surest words first."""
NOT_MINE = re.compile(
    r"\b(no|not|never|don'?t|isn'?t|ain'?t|without)( have| got| get)?( on| any| a)?"
    r" (medicare advantage|advantage|medicare|medicaid|medi-?cal|part [bc])\b"
    r"|\b(lost|quit|between|no|out of)( my| a)? (job|jobs|work)\b|\b(don'?t|not) work(ing)?\b",
    re.IGNORECASE,
)
"""What a patient says not to have: "not medicare, aetna", "i lost my job"."""
NOTHING = re.compile(
    r"\b(none|nothing|zero|no (copay|coinsurance|deductible)|met|all paid|paid off)\b"
)
NOTHING_TO_PAY = re.compile(r"\b(none|nothing|zero|free|no (copay|coinsurance))\b")
DENIED = re.compile(r"\b(yet|not|never|unmet|(none|nothing|all) of|full)\b|n't\b")
"""What makes "met" or "none" mean the opposite: "none of it yet"."""
PAID = re.compile(r"\b(paid|payed|spent|used|met|reached|hit|so far)\b")
LEFT = re.compile(r"\b(left|remain(s|ing)?|to go|still)\b")
DOLLAR = re.compile(r"\$|dollar|\bbucks?\b")
PERCENT = r"\d[\d.]*\s?(?:%|percent\b|pct\b)"
OWN = re.compile(
    rf"{PERCENT} (in |of )?co-?ins|\bco-?ins\w*( is| of| at|:| =)* ?{PERCENT}"
    rf"|\bi (\w+ ){{0,2}}?(pay|owe)( \w+)? {PERCENT}"
    rf"|\bmy (share|part|portion)( is| of)* {PERCENT}"
)
"""What makes a percentage the patient's part."""
BY_PLAN = re.compile(
    rf"\bcover(s|ed|age|ing)?( \w+){{0,4}} {PERCENT}"
    rf"|\b(plan|insurance|insurer|they|medicare|it)( \w+)? pays?( \w+){{0,2}} {PERCENT}"
    rf"|{PERCENT} (is |are |gets |of it )*(covered|coverage|paid by)\b"
)
"""What makes a percentage the part that the plan pays."""
COVERS = re.compile(r"\bcover|\b(plan|insurance|insurer|they|medicare)( only| just)? pays?\b")
"""What leaves open whose part a percentage is."""
UNKNOWN = "unknown"
"""What stands in a slot for a figure that the patient does not know."""
DOES_NOT_APPLY = "does not apply"
"""What stands in a slot for a figure that this kind of insurance does not need, or has not."""
KNOWS_NOT = re.compile(
    r"\b(idk|dunno|don'?t know|do not know|not sure|no (idea|clue)|unsure|unknown|skip|pass"
    r"|beats me|can'?t (find|tell|say)|haven'?t got|who knows|not certain)\b|^\W*\?+\W*$"
)


@dataclass(frozen=True)
class Plan:
    """What a plan still asks of a patient this year; sums in US dollars."""

    deductible_left: Decimal
    rate: Decimal = ZERO
    """Coinsurance in percent of what remains after the deductible."""
    copay: Decimal | None = None
    """A flat sum in place of the coinsurance."""
    limit_left: Decimal | None = None
    """What is left to the yearly limit; None where the plan has none, or nobody knows it."""


@dataclass(frozen=True)
class Share:
    """The parts of a sum, in the order in which they are worked out; US dollars, whole cents."""

    allowed: Decimal
    deductible: Decimal
    rest: Decimal
    part: Decimal
    """The coinsurance or copay on the rest."""
    total: Decimal
    is_limited: bool
    """Whether the yearly limit lowered the total."""


def share(allowed: Decimal, plan: Plan) -> Share:
    """Return the patient's share of an allowed amount, as plans define it (S89 of sources.yml).

    The deductible comes first, then coinsurance or a copay on the rest, then the yearly limit.
    """
    deductible = min(allowed, plan.deductible_left)
    rest = allowed - deductible
    part = _cents(rest * plan.rate / 100) if plan.copay is None else min(plan.copay, rest)
    whole = deductible + part
    total = whole if plan.limit_left is None else min(whole, plan.limit_left)
    return Share(allowed, deductible, rest, part, total, total < whole)


def plan_of(told: Mapping[str, str | None]) -> Plan:
    """Return the plan that the slots of the form tell of, with 0 for an unknown deductible."""
    share_told = told["estimate_share"] or "0%"
    figure = Decimal(share_told.strip("$%"))
    is_copay = share_told.startswith("$")
    return Plan(
        _known(told["estimate_deductible"]) or ZERO,
        ZERO if is_copay else figure,
        figure if is_copay else None,
        _known(told["estimate_limit"]),
    )


def _known(figure: str | None) -> Decimal | None:
    return None if figure in (None, UNKNOWN, DOES_NOT_APPLY) else Decimal(figure)


def insurer(text: str) -> str | None:
    """Return the kind of insurance that a text names: a key of INSURERS, or None."""
    bare = mine(text)
    return next((kind for kind, words in INSURERS.items() if words.search(bare)), None)


def mine(text: str) -> str:
    """Return a text without the kinds of insurance that a patient says not to have."""
    return NOT_MINE.sub(" ", text)


def plain(text: str) -> str:
    """Return a text in small letters, with numbers in digits: "fifteen hundred" as "1500"."""
    lower = text.lower().replace("\u2019", "'")
    return str(alpha2digit(re.sub(r"(?<=\d) ?(thousand|grand)\b", "k", lower), "en"))


def figures(bare: str) -> list[re.Match[str]]:
    """Return the figures in a plain text; none where one may be another than it looks."""
    return [] if UNCLEAR.search(bare) else list(FIGURE.finditer(bare))


def is_unknown(text: str) -> bool:
    """Whether a patient says not to know: "idk", "not sure"."""
    return bool(KNOWS_NOT.search(text.lower().replace("\u2019", "'")))


def is_impossible(text: str) -> bool:
    """Whether a text names one figure that cannot be right: a million, or 150%, or less than 0."""
    bare = plain(text)
    found = list(FIGURE.finditer(bare))
    if len(found) != 1:
        return bool(re.search(r"(?<![\w,.])-\s?\$?\s?\d|\$\s?-\s?\d", bare))
    return _number(found[0]) > (100 if found[0][4] else MOST)


def dollars(text: str) -> Decimal | None:
    """Return the sum that a text names: "$1,500", "3k", "none left"; None if it names none.

    Of several figures none is taken: nobody knows which one was meant.
    """
    bare = plain(text)
    found = figures(bare)
    if len(found) == 1 and not found[0][4]:
        amount = _number(found[0])
        return amount if amount <= MOST else None
    is_none = not re.search(r"\d", bare) and NOTHING.search(bare) and not DENIED.search(bare)
    return ZERO if is_none else None


def dollars_left(text: str) -> Decimal | None:
    """Return the sum that a text says is left; what was paid so far is none: "I paid $500"."""
    bare = plain(text)
    if re.search(r"\d", bare) and PAID.search(bare) and not LEFT.search(bare):
        return None
    return dollars(bare)


def percent_or_copay(text: str) -> tuple[Decimal, Decimal | None] | None:
    """Return (percent, None) or (0, copay in dollars), whichever a text names, else None.

    A bare number up to 100 is a percentage only if it is said to be one: "20" may be either. Of
    what the plan pays, the rest is the patient's: "it covers 80%" is 20. Where it may be either's
    part, none is taken.
    """
    bare = plain(text)
    found = figures(bare)
    if not found:
        is_none = NOTHING_TO_PAY.search(bare) and not DENIED.search(bare)
        return (ZERO, None) if is_none and not re.search(r"\d", bare) else None
    values = {_number(one) for one in found}
    has_percent, has_dollar = any(one[4] for one in found), bool(DOLLAR.search(bare))
    if len(values) > 1 or (has_percent and has_dollar):
        return None
    number = values.pop()
    if has_dollar or (not has_percent and re.search(r"\bco-?pay", bare)):
        return (ZERO, number) if number <= MOST else None
    if number > 100 or not (has_percent or re.search(r"\bco-?ins", bare)):
        return None
    if OWN.search(bare):
        return number, None
    if BY_PLAN.search(bare):
        return 100 - number, None
    return None if COVERS.search(bare) else (number, None)


def show(amount: Decimal) -> str:
    """Return a sum as a patient reads it: "$2,857", "$854.40"."""
    return f"${amount:,.2f}".removesuffix(".00")


def _number(found: re.Match[str]) -> Decimal:
    number = Decimal(found[1].replace(",", "") + (found[2] or ""))
    return number * 1000 if found[3] else number


def _cents(amount: Decimal) -> Decimal:
    return amount.quantize(CENT, ROUND_HALF_UP)
