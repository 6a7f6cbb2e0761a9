"""What is measured of a pipeline on a split, from what its worker saw."""

from __future__ import annotations

from collections.abc import Callable
from statistics import median
from typing import Any

from benchmarks.figures import Share, percentile, recall_at_acceptance
from benchmarks.nlu.sets import DECLINING, Message, Split
from benchmarks.nlu.typos import misspelt
from dripdesk.intents import FALLBACK

DECLINED = {*DECLINING, FALLBACK}
TYPO_RATES = (0.1, 0.3)
STYLES = ("tidy", "rambling", "indirect", "typo", "sms")
GROUPS = {
    **{style: {style} for style in STYLES},
    "tidy, rambling, indirect": set(STYLES[:3]),
    "typo, sms": set(STYLES[3:]),
    "all": {*STYLES, "all"},
}
Parsed = dict[str, Any]
Pairs = list[tuple[Message, Parsed]]
"""Messages, each with what a worker saw of it."""
Key = tuple[str, str]
"""What is measured, and of which messages."""


def texts(split: Split) -> list[str]:
    """Return all that is asked: the messages, then those in scope with typos."""
    asked = [message.text for message in split.messages]
    for rate in TYPO_RATES:
        asked += [misspelt(message.text, rate) for message in split.in_scope]
    return asked


def shares(split: Split, parsed: list[Parsed]) -> dict[Key, Share]:
    """Return every share that is measured, in the order of the table. High is good in each."""
    pairs: Pairs = list(zip(split.messages, parsed, strict=False))
    topics = [pair for pair in pairs if split.asks_topic(pair[0])]
    found = _by_group("recognised", topics, _is_right)
    rest = parsed[len(split.messages) :]
    for number, rate in enumerate(TYPO_RATES):
        answers = rest[number * len(topics) : (number + 1) * len(topics)]
        misspelt_topics = list(zip(split.in_scope, answers, strict=True))
        found |= _by_group(f"recognised, {rate:.0%} typos", misspelt_topics, _is_right)
    found["recognised, fallback aside", "all"] = Share.of(_is_right_aside(*one) for one in topics)
    habits = [_is_right(*pair) for pair in pairs if pair[0].style == "habits"]
    if habits:
        found["recognised", "habits"] = Share.of(habits)
    found["not declined", "all"] = Share.of(not _is_declined(*pair) for pair in topics)
    outside = _outside(pairs)
    for style, messages in outside.items():
        found["declined", style] = Share.of(_is_declined(*pair) for pair in messages)
    inside = [_score(split, answer) for _, answer in topics]
    for style, messages in outside.items():
        scores = [_score(split, answer) for _, answer in messages]
        found["told apart at 95 % acceptance", style] = recall_at_acceptance(inside, scores)
    return found


def _by_group(
    what: str, pairs: Pairs, right: Callable[[Message, Parsed], bool]
) -> dict[Key, Share]:
    found = {}
    for group, styles in GROUPS.items():
        outcomes = [right(*pair) for pair in pairs if pair[0].style in styles]
        if outcomes:
            found[what, group] = Share.of(outcomes)
    return found


def _outside(pairs: Pairs) -> dict[str, Pairs]:
    """Return what is no topic of ours, by kind and together."""
    outside: dict[str, Pairs] = {}
    for message, answer in pairs:
        if message.style.startswith(DECLINING):
            outside.setdefault(message.style, []).append((message, answer))
    if len(outside) > 1:
        outside["both together"] = [pair for pairs in outside.values() for pair in pairs]
    return outside


def _is_right(message: Message, answer: Parsed) -> bool:
    return answer["intent"] in message.intents


def _is_right_aside(message: Message, answer: Parsed) -> bool:
    ranking = {name: score for name, score in answer["ranking"].items() if name != FALLBACK}
    return max(ranking, key=ranking.__getitem__, default="") in message.intents


def _is_declined(_: Message, answer: Parsed) -> bool:
    return answer["intent"] in DECLINED


def _score(split: Split, answer: Parsed) -> float:
    """Return the best probability of a topic; 0 if none is among those ranked."""
    ranking = answer["ranking"].items()
    return max((score for name, score in ranking if name in split.topics), default=0.0)


def needs(rounds: list[Parsed], count: int) -> dict[str, float]:
    """Return times and memory, each the median over all rounds.

    The first `count` messages of a round are those timed.
    """
    found: dict[str, list[float]] = {}
    for seen in rounds:
        parsed = seen["parsed"][:count]
        parts = {
            "whole parse": [one["whole"] for one in parsed],
            "tokens, features and classifier": _times(seen, parsed, ("MESSAGE_", "INTENT_")),
            "classifier alone": _times(seen, parsed, ("INTENT_",)),
        }
        for name, times in parts.items():
            wall, cpu = ([time[clock] for time in times] for clock in (0, 1))
            for percent in (50, 95):
                found.setdefault(f"{name}, p{percent}, ms", []).append(percentile(wall, percent))
            found.setdefault(f"{name}, p50, ms of CPU", []).append(percentile(cpu, 50))
        found.setdefault("memory, MB", []).append(seen["megabytes"])
        found.setdefault("import and load, s", []).append(seen["load_seconds"])
    return {name: median(values) for name, values in found.items()}


def _times(seen: Parsed, parsed: list[Parsed], kinds: tuple[str, ...]) -> list[list[float]]:
    """Return, for each message, the times of the components of some kinds, on both clocks."""
    names = {
        name for name, those in seen["kinds"].items() if any(one.startswith(kinds) for one in those)
    }
    return [
        [
            sum(times[clock] for name, times in one["parts"].items() if name in names)
            for clock in (0, 1)
        ]
        for one in parsed
    ]
