"""Follows a conversation once for all policies, instead of from its beginning for each question.

Rasa replays all events to tell the policies what the conversation looked like at each step: three
times for each prediction, and twice or more in a turn.
"""

from __future__ import annotations

import operator
from collections.abc import Iterator
from dataclasses import dataclass
from types import SimpleNamespace
from typing import Any

from rasa.shared.core.constants import PREVIOUS_ACTION, USER
from rasa.shared.core.domain import Domain, State
from rasa.shared.core.events import ActionExecuted, Event, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker

from addons.fast.swap import Swap

_stock = Domain.states_for_tracker_history


@dataclass
class Step:
    """What a conversation looked like before an action."""

    state: State
    message: UserUttered | None
    by_text: bool | None
    """Whether the message was to be read as text, not as intent, when the state was written."""
    action: dict[str, str] | None
    """What was done before."""
    is_led: bool
    """Whether a follow-up action or an open form decides what comes: no rule does."""
    hides: bool
    """Whether the action was predicted by a rule alone."""

    def copy_state(self, domain: Domain) -> State:
        """Return the state, for the caller to change."""
        if self.message and self.message.use_text_for_featurization != self.by_text:
            self.by_text = self.message.use_text_for_featurization
            said = domain._get_user_sub_state(SimpleNamespace(latest_message=self.message))
            self.state = domain._clean_state({**self.state, USER: said})
        return {kind: dict(part) for kind, part in self.state.items()}


class Walk:
    """Goes along with a tracker, and remembers each step."""

    def __init__(self, tracker: DialogueStateTracker, domain: Domain, omits: bool) -> None:
        self.key = (domain, omits)
        self._domain, self._omits = domain, omits
        self._here = tracker.init_copy()
        self._seen: list[Event] = []
        self._steps: list[Step] = []

    def is_behind(self, events: list[Event]) -> bool:
        """Whether these events go on from those that were seen."""
        return len(self._seen) <= len(events) and all(map(operator.is_, self._seen, events))

    def steps(self, events: list[Event]) -> Iterator[Step]:
        """Yield each step, the one to come last."""
        for event in events[len(self._seen) :]:
            if isinstance(event, ActionExecuted):
                self._steps.append(self._step(event.hide_rule_turn))
            self._here.update(event)
            self._seen.append(event)
        yield from self._steps
        yield self._step(False)

    def _step(self, hides: bool) -> Step:
        here = self._here
        message = here.latest_message
        return Step(
            self._domain.get_active_state(here, omit_unset_slots=self._omits),
            message,
            message.use_text_for_featurization if message else None,
            here.latest_action,
            bool(here.followup_action) or here.latest_action_name == here.active_loop_name,
            hides,
        )


def states_for_tracker_history(
    self: Domain,
    tracker: DialogueStateTracker,
    omit_unset_slots: bool = False,
    ignore_rule_only_turns: bool = False,
    rule_only_data: dict[str, Any] | None = None,
) -> list[State]:
    """Return what the conversation looked like before each action, and now.

    For policies that learn from stories, what only rules did is left out.
    """
    events = tracker.applied_events()
    walk = vars(tracker).get("_walk")
    if not walk or walk.key != (self, omit_unset_slots) or not walk.is_behind(events):
        walk = tracker._walk = Walk(tracker, self, omit_unset_slots)
    if not ignore_rule_only_turns:
        return [step.copy_state(self) for step in walk.steps(events)]
    states: list[State] = []
    action, is_hidden = None, False
    for step in walk.steps(events):
        if not is_hidden:
            action = step.action
        if not step.is_led:
            is_hidden = step.hides
        if is_hidden:
            continue
        state = step.copy_state(self)
        self._remove_rule_only_features(state, rule_only_data)
        if states:
            self._substitute_rule_only_user_input(state, states[-1])
        if action:
            state[PREVIOUS_ACTION] = action
        states.append(self._clean_state(state))
    return states


SWAP = Swap(
    "states",
    Domain,
    "states_for_tracker_history",
    states_for_tracker_history,
    (
        _stock,
        Domain.get_active_state,
        Domain._get_user_sub_state,
        DialogueStateTracker.generate_all_prior_trackers,
        DialogueStateTracker.init_copy,
        UserUttered.as_sub_state,
    ),
    "8ade59b8e40c",
)
