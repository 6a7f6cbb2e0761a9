"""Reads lengths of time and sums of money in a message, in digits or in words."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from text_to_num import text2num

WORD = (
    "one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|"
    "sixteen|seventeen|eighteen|nineteen|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety|"
    "hundred|thousand"
)
DIGITS = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?"
NUMBER = rf"(?:{DIGITS}|(?:{WORD})(?:(?: |-| and )(?:{WORD}))*)"
AMOUNT = rf"half an?|an?|a couple(?: of)?|{NUMBER}(?:(?: |-)and(?: |-)a(?: |-)half| 1/2| ?½)?"
UNITS = {
    "PT{}M": "minutes?|mins?",
    "PT{}H": "hours?|hrs?",
    "P{}D": "days?",
    "P{}W": "weeks?|wks?",
    "P{}M": "months?|mos",
    "P{}Y": "years?|yrs?",
}
UNIT = "|".join(f"({names})" for names in UNITS.values())
HALF = Decimal("0.5")


def _pattern(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern.replace(" ", r"\s+"), re.IGNORECASE)


DURATION = _pattern(rf"(?<![\w.$])(?P<amount>{AMOUNT})(?: |-)?(?:{UNIT})\b(?P<half> and a half\b)?")
MONEY = _pattern(rf"\$\s?({DIGITS})(?:\s?(k)\b)?|\b({NUMBER})\s?(k )?(?:dollars?|bucks?|usd)\b")
RATE = _pattern(r"(?:once|twice|times|x|per|each|every)\s*$")
"""What stands before "a day" or "a week" when that is how often, not how long."""


@dataclass(frozen=True)
class Quantity:
    """A length of time (`duration`) or a sum (`money`), and where it stands in the text."""

    kind: str
    value: str
    """ISO 8601 for a duration ("PT1.5H", "P6W"), US dollars for money ("1200")."""
    start: int
    end: int


def quantities(text: str) -> Iterator[Quantity]:
    """Yield the lengths of time, then the sums of money, that a text names."""
    for found in DURATION.finditer(text):
        amount = found["amount"].lower()
        number = _number(amount)
        is_rate = amount in ("a", "an") and RATE.search(text[: found.start()])
        if number and not is_rate:
            units = zip(UNITS, found.groups()[1 : 1 + len(UNITS)], strict=True)
            iso = next(iso for iso, unit in units if unit)
            value = iso.format(_plain(number + (HALF if found["half"] else 0)))
            yield Quantity("duration", value, *found.span())
    for found in MONEY.finditer(text):
        first, first_k, other, other_k = found.groups()
        number = _number(first or other)
        if number:
            value = _plain(number * (1000 if first_k or other_k else 1))
            yield Quantity("money", value, *found.span())


def _number(text: str) -> Decimal | None:
    """Return the number that an amount says: "two and a half", "an", "a couple of", "1,200".

    None if its words make no number, as "five six" or "four and sixty" do.
    """
    text = " ".join(text.lower().replace("-", " ").split())
    if text in ("a", "an"):
        return Decimal(1)
    if text.startswith("half"):
        return HALF
    if text.startswith("a couple"):
        return Decimal(2)
    whole = re.sub(r" and a half$| 1/2$| ?½$", "", text)
    half = HALF if whole != text else Decimal(0)
    if whole[0].isdigit():
        return Decimal(whole.replace(",", "")) + half
    try:
        return Decimal(text2num(whole, "en")) + half
    except ValueError:
        return None


def _plain(number: Decimal) -> str:
    """Return "1.5" or "1200", never "1.2E+3"."""
    return format(number.normalize(), "f")
