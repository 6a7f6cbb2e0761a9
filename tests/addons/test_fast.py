"""The same conversations with Rasa's own functions, and with those that replace them."""

from __future__ import annotations

import csv
import logging
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from random import Random
from typing import Any

import pytest
from jsonschema import ValidationError
from rasa.core.actions.action import RemoteAction
from rasa.core.policies.rule_policy import RulePolicy
from rasa.core.processor import MessageProcessor
from rasa.engine.exceptions import GraphRunError
from rasa.engine.storage.local_model_storage import LocalModelStorage
from rasa.engine.storage.resource import Resource
from rasa.graph_components.providers.domain_provider import DomainProvider
from rasa.shared.core import events as rasa_events
from rasa.shared.core.constants import SHOULD_NOT_BE_SET
from rasa.shared.core.domain import Domain
from rasa.shared.core.trackers import DialogueStateTracker, EventVerbosity

from addons import fast
from addons.fast import histories, loads, rules, states
from addons.fast.swap import Swap
from addons.stores.trackers import StoredTracker
from dripdesk.checks.project import Project, questions
from dripdesk.lined_yaml import load
from dripdesk.settings import PROJECT, Settings
from tests.patients import Clinic

NAMES = {swap.name for swap in fast.SWAPS}
FOLLOW_UPS = "yes|no|more|thanks|never mind|what|hello|how much?|and for injections?|asdfgh".split(
    "|"
)
CONVERSATIONS = PROJECT / "tests" / "conversations"
FORMS = ("request_callback_form", "estimate_cost_form")


@pytest.fixture(autouse=True)
def replaced() -> Iterator[None]:
    """Each test begins and ends with all replacements made."""
    fast.make_all(fast.SWAPS)
    yield
    fast.undo_all(fast.SWAPS)
    fast.make_all(fast.SWAPS)


@lru_cache
def conversations(channel: str) -> dict[str, list[list[str]]]:
    """Return what patients say in tests/conversations on a channel, by its folder."""
    found: dict[str, list[list[str]]] = {}
    for path in sorted(CONVERSATIONS.glob("*/user_*.yml")):
        content = load(path)
        if channel in content.get("channels", [channel]):
            said = [str(turn["user"]) for turn in content["turns"]]
            found.setdefault(path.parent.name, []).append(said)
    return found


def pairs() -> list[str]:
    """Return messages that hold two questions each."""
    with (CONVERSATIONS / "measured" / "two_questions.tsv").open(encoding="utf-8") as file:
        rows = csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE)
        return [row["text"] for row in rows]


def dialogue(seed: int, turns: int, channel: str) -> list[str]:
    """Return what a patient says who asks, follows up, asks several things at once, and breaks
    into and out of a call back and an estimate.
    """
    random = Random(seed)
    tests = Project(PROJECT, Settings()).tests
    asked = [text for test in tests.values() for _, text in questions(test)]
    both, scripts = pairs(), conversations(channel)
    forms = (scripts[kind] for kind in ("call_back", "estimate"))
    said = [line for some in forms for line in (*some[seed % len(some)], "never mind")]
    while len(said) < turns:
        if random.random() < 0.2:
            for line in random.choice(scripts[random.choice(sorted(scripts))]):
                said.append(line)
                if random.random() < 0.2:
                    said.append(random.choice([*FOLLOW_UPS, random.choice(asked)]))
        else:
            said.append(random.choice(both if random.random() < 0.25 else asked))
            said += random.sample(FOLLOW_UPS, random.choice([0, 1, 1, 2]))
    return said


def played(clinic: Clinic, name: str, said: list[str], channel: str) -> list[Any]:
    """Return what each turn leads to: answer, slots, open form, last action, and all events."""
    seen = []
    for text in said:
        answer = clinic.says(text, conversation=name, channel=channel)
        tracker = clinic.loop.run_until_complete(clinic.agent.tracker_store.retrieve(name))
        state = tracker and (
            tracker.current_slot_values(),
            tracker.active_loop_name,
            tracker.latest_action_name,
        )
        seen.append((text, answer, state))
    stored = [
        (event.type_name, getattr(event, "action_name", None), getattr(event, "policy", None))
        for event in clinic.stored(name)
    ]
    return [*seen, stored]


@pytest.mark.parametrize(("seed", "channel"), [(0, "web"), (1, "web"), (2, "sms")])
def test_the_same_conversation_goes_the_same_way(clinic: Clinic, seed: int, channel: str) -> None:
    said = dialogue(seed, 60, channel)
    quick = played(clinic, "fast", said, channel)
    fast.undo_all(fast.SWAPS)
    stock = played(clinic, "stock", said, channel)
    *turns, events = stock
    open_forms = {state[1] for _, _, state in turns if state}
    assert open_forms == {None, *(FORMS if channel == "web" else FORMS[:1])}
    messages = [name for name, *_ in events].count("user")
    assert messages > len(said)  # some hold several questions
    assert [one for one, other in zip(quick, stock, strict=True) if one != other] == []


def test_rasa_is_the_one_that_was_read() -> None:
    fast.undo_all(fast.SWAPS)
    assert set(fast.make_all(fast.SWAPS)) == NAMES


def test_each_can_be_switched_off() -> None:
    for name in NAMES:
        fast.undo_all(fast.SWAPS)
        assert set(fast.make_all(fast.SWAPS, [name])) == NAMES - {name}
    fast.undo_all(fast.SWAPS)
    assert fast.make_all(fast.SWAPS, [fast.ALL]) == []
    assert Domain.is_empty.__module__.startswith("rasa.")


def test_a_name_that_is_none_is_told(caplog: pytest.LogCaptureFixture) -> None:
    fast.make_all(fast.SWAPS, ["rule"])
    assert "FAST_OFF names rule, which is none of" in caplog.text


class Example:
    """Something of Rasa's."""

    def double(self) -> int:
        return 1 + 1


def test_what_has_changed_is_not_replaced(caplog: pytest.LogCaptureFixture) -> None:
    swap = Swap("example", Example, "double", lambda self: 3, (Example.double,), "0123456789ab")
    assert not swap.make()
    assert Example().double() == 2
    assert "Rasa's double has changed" in caplog.text
    right = Swap("example", Example, "double", lambda self: 3, (Example.double,), "")
    right.digest = right.source_digest()
    assert right.make()
    assert Example().double() == 3
    right.undo()
    assert Example().double() == 2


def event(random: Random, domain: Domain) -> list[rasa_events.Event]:
    """Return what may happen next in a conversation, sense or nonsense."""
    form = "request_callback_form"
    action = random.choice(["action_answer", "action_more", form, "utter_greet"])
    heard = rasa_events.UserUttered(
        "some words",
        {"name": random.choice(domain.intents), "confidence": 0.9},
        random.choice([[], [{"entity": "drug", "value": "remicade"}]]),
    )
    listen = rasa_events.ActionExecuted("action_listen")
    offer = random.choice(["estimate", "more", "none", None, SHOULD_NOT_BE_SET])
    turn = [
        heard,
        rasa_events.DefinePrevUserUtteredFeaturization(random.choice([True, False])),
        rasa_events.ActionExecuted(action, hide_rule_turn=random.random() < 0.5),
        rasa_events.SlotSet("offer", offer),
        listen,
    ]
    other = [
        [rasa_events.ActiveLoop(random.choice([form, None]))],
        [rasa_events.ActionExecutionRejected(form)],
        [rasa_events.LoopInterrupted(True)],
        [rasa_events.FollowupAction(action)],
        [rasa_events.UserUtteranceReverted()],
        [rasa_events.ActionReverted()],
        [rasa_events.SessionStarted(), listen],
        [rasa_events.Restarted()],
    ]
    return turn if random.random() < 0.7 else random.choice(other)


@pytest.mark.parametrize("seed", range(20))
def test_states_are_the_same_after_any_events(processor: MessageProcessor, seed: int) -> None:
    random, domain = Random(seed), processor.domain
    tracker = DialogueStateTracker("me", domain.slots)
    hidden = {"rule_only_slots": ["offer"], "rule_only_loops": ["request_callback_form"]}
    for _ in range(25):
        for one in event(random, domain):
            tracker.update(one)
            ways = [(False, False, None), (False, True, hidden), (True, False, None)]
            for way in random.sample(ways, random.choice([0, 1, 3])):
                ours = states.states_for_tracker_history(domain, tracker, *way)
                assert ours == states._stock(domain, tracker, *way)
                for state in ours:  # as policies do: it must not be seen by the next
                    state.get("user", {}).pop("text", None)
                    state.pop("slots", None)


@pytest.mark.parametrize("seed", range(20))
def test_the_same_events_count(processor: MessageProcessor, seed: int) -> None:
    random, domain = Random(seed), processor.domain
    tracker = DialogueStateTracker("me", domain.slots)
    for _ in range(15):
        for one in event(random, domain):
            tracker.update(one)
            ours = tracker.applied_events()
            assert list(map(id, ours)) == list(map(id, histories._stock(tracker)))
            assert ours is not tracker.events


def test_rules_that_match_are_the_same(processor: MessageProcessor) -> None:
    (policy,) = [
        node._component
        for node in processor.graph_runner._instantiated_nodes.values()
        if isinstance(node._component, RulePolicy)
    ]
    found = 0
    for seed in range(40):
        random, domain = Random(seed), processor.domain
        tracker = DialogueStateTracker("me", domain.slots)
        for _ in range(4):
            for one in event(random, domain):
                tracker.update(one)
            for as_text in (True, False):
                past = policy._prediction_states(tracker, domain, as_text)
                for table in ("rules", "rules_for_loop_unhappy_path"):
                    lookup = policy.lookup[table]
                    matching = rules._stock(policy, lookup, past)
                    assert rules.get_possible_keys(policy, lookup, past) == matching
                    found += len(matching)
    assert found > 40


SLOT = {"event": "slot", "timestamp": None, "name": "offer", "value": "none"}


@pytest.mark.parametrize(
    ("result", "is_good"),
    [
        ({"events": [], "responses": []}, True),
        ({}, True),
        ({"events": [SLOT, {"event": "rewind"}], "responses": [{"text": "hi"}]}, True),
        ({"events": [{"event": "no such event"}]}, False),
        ({"events": [{"event": ["slot"]}]}, False),
        ({"events": [{"name": "offer", "value": "none"}]}, False),
        ({"events": [{"event": "slot", "value": "none"}]}, False),
        ({"events": [{**SLOT, "timestamp": "now"}]}, False),
        ({"events": [SLOT, {"event": "action", "name": 3}]}, False),
        ({"events": [{"event": "entities", "entities": [{"value": 1}]}]}, False),
        ({"events": ["slot"]}, False),
        ({"events": {}}, False),
        ({"responses": ["hi"]}, False),
        ([], False),
    ],
)
def test_results_of_actions_are_still_checked(result: Any, is_good: bool) -> None:
    action = RemoteAction("action_x", None)
    for _ in range(2):  # with ours, then with Rasa's own
        if is_good:
            assert action._validate_action_result(result)
        else:
            with pytest.raises(ValidationError):
                action._validate_action_result(result)
        fast.undo_all(fast.SWAPS)


def test_events_are_found_by_their_names() -> None:
    resolve = rasa_events.Event.resolve_by_type
    assert resolve("slot") is rasa_events.SlotSet
    assert resolve("topic") is None
    assert resolve("no such event", rasa_events.SlotSet) is rasa_events.SlotSet
    with pytest.raises(ValueError, match="no such event"):
        resolve("no such event")


def test_an_empty_domain_is_still_empty(processor: MessageProcessor) -> None:
    assert Domain.empty().is_empty()
    assert not processor.domain.is_empty()
    assert not Domain.from_dict({"intents": ["greet"]}).is_empty()


def test_the_domain_of_a_model_is_read_alike(processor: MessageProcessor, tmp_path: Path) -> None:
    storage, kept = LocalModelStorage.create(tmp_path), Resource("domain")
    context: Any = None
    with storage.write_to(kept) as folder:
        processor.domain.persist(folder / "domain.yml")
    ours, theirs = (
        load({}, storage, kept, context).provide_inference()
        for load in (DomainProvider.load, loads._stock)
    )
    assert ours.as_dict() == theirs.as_dict()
    assert ours.fingerprint() == theirs.fingerprint()
    assert ours.fingerprint() == processor.domain.fingerprint()


def test_a_graph_runs_only_what_its_targets_need(processor: MessageProcessor) -> None:
    runner, target = processor.graph_runner, processor.model_metadata.core_target
    tracker = DialogueStateTracker.from_events("me", [], processor.domain.slots)
    given = {"__tracker__": tracker}
    quick = runner.run(given, [target])[target]
    fast.undo_all(fast.SWAPS)
    stock = runner.run(given, [target])[target]
    assert (quick.probabilities, quick.policy_name) == (stock.probabilities, stock.policy_name)
    for _ in range(2):
        with pytest.raises(GraphRunError):
            runner.run({"__tracker__": target}, [target])
        fast.make_all(fast.SWAPS)


def test_nothing_is_copied_for_the_log(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    import rasa.core.processor as module

    kept: list[int] = []
    assert module.copy.deepcopy(kept) is kept
    fast.undo_all(fast.SWAPS)
    assert module.copy.deepcopy(kept) is not kept


@pytest.mark.parametrize("seed", range(20))
def test_a_copied_tracker_is_the_same_and_another(processor: MessageProcessor, seed: int) -> None:
    random, domain = Random(seed), processor.domain
    tracker = StoredTracker("me", domain.slots)
    for _ in range(12):
        for one in event(random, domain):
            tracker.update(one)
    ours, theirs = tracker.copy(), DialogueStateTracker.copy(tracker)
    before = seen(tracker)
    assert seen(ours) == seen(theirs) == before
    for one in [*event(random, domain), rasa_events.SlotSet("topic", "another")]:
        ours.update(one)
    ours.interrupt_loop(True)
    assert seen(tracker) == before != seen(ours)


def seen(tracker: DialogueStateTracker) -> Any:
    """Return all that can be seen of a tracker."""
    state = tracker.current_state(EventVerbosity.ALL)
    loop = tracker.active_loop
    return state, loop, tracker.latest_bot_utterance, {**tracker.slots}.keys()
