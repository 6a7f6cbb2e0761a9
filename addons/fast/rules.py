"""Compares a conversation only with the rules that begin alike, instead of with each of them."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from rasa.core.policies.rule_policy import RulePolicy
from rasa.shared.core.constants import PREVIOUS_ACTION, SHOULD_NOT_BE_SET, USER
from rasa.shared.core.domain import State
from rasa.shared.nlu.constants import ACTION_NAME, INTENT

from addons.fast.swap import Swap

_stock = RulePolicy._get_possible_keys

Mark = tuple[str | None, str | None]
"""The last action and the intent of a state; None where a rule asks for none in particular."""


def _mark(state: State) -> Mark:
    """Return what a state must have to match this one, the last of a rule."""
    if not state.get(PREVIOUS_ACTION):
        return None, None
    action = state[PREVIOUS_ACTION].get(ACTION_NAME)
    intent = state.get(USER, {}).get(INTENT)
    asked = (one if one and one != SHOULD_NOT_BE_SET else None for one in (action, intent))
    return next(asked), next(asked)


def _by_mark(policy: RulePolicy, lookup: dict[str, str]) -> dict[Mark, list[str]]:
    """Return the rules by the mark of their last state, sorted once for each lookup table."""
    tables = vars(policy).setdefault("_by_mark", {})
    found = tables.get(id(lookup))
    if not found or found[0] is not lookup or found[1] != len(lookup):
        rules: dict[Mark, list[str]] = defaultdict(list)
        for rule in lookup:
            rules[_mark(policy._rule_key_to_state(rule)[-1])].append(rule)
        found = tables[id(lookup)] = (lookup, len(lookup), rules)
    by_mark: dict[Mark, list[str]] = found[2]
    return by_mark


def get_possible_keys(self: RulePolicy, lookup: dict[str, str], states: list[State]) -> set[str]:
    """Return the rules that match the last states of a conversation."""
    if not states:
        return set(lookup)
    rules = _by_mark(self, lookup)
    last: dict[str, Any] = states[-1]
    action = (last.get(PREVIOUS_ACTION) or {}).get(ACTION_NAME)
    intent = last.get(USER, {}).get(INTENT)
    marks = {(action, intent), (action, None), (None, intent), (None, None)}
    possible = {rule for mark in marks for rule in rules.get(mark, ())}
    for index, state in enumerate(reversed(states)):
        if not possible:
            break
        possible = {rule for rule in possible if self._is_rule_applicable(rule, index, state)}
    return possible


SWAP = Swap(
    "rules",
    RulePolicy,
    "_get_possible_keys",
    get_possible_keys,
    (_stock, RulePolicy._is_rule_applicable, RulePolicy._does_rule_match_state),
    "6e091b30db78",
)
