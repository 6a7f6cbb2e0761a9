"""A bounded tracker says and does what the whole one would."""

from __future__ import annotations

import asyncio
import random
import time
import uuid
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from rasa.core import processor as rasa_processor
from rasa.core.processor import MessageProcessor
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import (
    ActionExecuted,
    ActionExecutionRejected,
    ActiveLoop,
    AllSlotsReset,
    BotUttered,
    ConversationPaused,
    ConversationResumed,
    Event,
    LoopInterrupted,
    Restarted,
    SessionStarted,
    SlotSet,
    UserUtteranceReverted,
    UserUttered,
)
from rasa.shared.core.trackers import DialogueStateTracker

from addons.stores.database import Database
from addons.stores.messages import OvertakenError
from addons.stores.trackers import BoundedTrackerStore, StoredTracker
from tests.patients import Clinic
from tests.patients import clinic as open_clinic

DOMAIN = Domain.from_dict(
    {
        "intents": ["ask", "tell"],
        "actions": ["action_answer"],
        "forms": {"callback": {"required_slots": ["when"]}},
        "slots": {
            name: {"type": "text", "mappings": [{"type": "custom"}]} for name in ("topic", "when")
        },
    }
)


def store_in(database: Database, most: int = 12, least: int = 6) -> BoundedTrackerStore:
    store = BoundedTrackerStore(database, most, least)
    store.domain = DOMAIN
    return store


def said(text: str) -> UserUttered:
    return UserUttered(text, {"name": "ask", "confidence": 1.0})


def answers(topic: str | None) -> list[Event]:
    return [
        said("?"),
        ActionExecuted("action_answer"),
        SlotSet("topic", topic),
        BotUttered("!"),
        ActionExecuted("action_listen"),
    ]


TURNS: dict[str, list[Event]] = {
    "answer": answers("wifi"),
    "another answer": answers("price"),
    "no topic": answers(None),
    "form opens": [
        said("call me"), ActionExecuted("callback"), ActiveLoop("callback"),
        SlotSet("requested_slot", "when"), ActionExecuted("action_listen"),
    ],
    "form asks again": [said("hm"), ActionExecuted("callback"), ActionExecuted("action_listen")],
    "question in a form": [
        said("wifi?"), ActionExecutionRejected("callback"), ActionExecuted("action_answer"),
        SlotSet("topic", "wifi"), ActionExecuted("callback"), ActionExecuted("action_listen"),
    ],
    "form interrupted": [said("wait"), LoopInterrupted(True), ActionExecuted("action_listen")],
    "form ends": [
        said("noon"), SlotSet("when", "noon"), ActionExecuted("callback"), ActiveLoop(None),
        SlotSet("requested_slot", None), ActionExecuted("action_listen"),
    ],
    "slots reset": [said("forget it"), AllSlotsReset(), ActionExecuted("action_listen")],
    "paused": [said("a person please"), ConversationPaused()],
    "resumed": [ConversationResumed(), ActionExecuted("action_listen"), *answers("hours")],
    "restarted": [said("again"), Restarted(), ActionExecuted("action_listen")],
    "new session": [
        ActionExecuted("action_session_start"), SessionStarted(), ActionExecuted("action_listen"),
        *answers("x"),
    ],
}  # fmt: skip


def state(tracker: DialogueStateTracker) -> dict[str, Any]:
    """What Rasa's rules and our actions look at."""
    # Rasa hides a form's later runs behind its first, and so leaves its ActiveLoop at the end, or
    # behind one after a question, and then does not. What it has set is compared all the same.
    silent = (SlotSet, ActiveLoop)
    applied = [event for event in tracker.applied_events() if not isinstance(event, silent)]
    return {
        "slots": tracker.current_slot_values(),
        "loop": tracker.active_loop_name,
        "rejected": tracker.is_active_loop_rejected,
        "interrupted": tracker.is_active_loop_interrupted,
        "paused": tracker.is_paused(),
        "latest": (tracker.latest_message and tracker.latest_message.text),
        "action": tracker.latest_action_name,
        "end": [(event.type_name, getattr(event, "action_name", None)) for event in applied[-2:]],
    }


def follow(store: BoundedTrackerStore, turns: list[list[Event]], who: str = "me") -> None:
    """Take the turns, and hold the state after each against that of a tracker with all events."""
    whole = DialogueStateTracker(who, DOMAIN.slots)

    async def go() -> None:
        for turn in turns:
            tracker = await store.get_or_create_tracker(who, append_action_listen=False)
            for event in turn:
                tracker.update(event)
                whole.update(event)
            await store.save(tracker)
            read = await store.retrieve(who)
            assert read is not None
            assert state(read) == state(whole)
        full = await store.retrieve_full_tracker(who)
        assert full is not None
        assert [event.type_name for event in full.events] == [e.type_name for e in whole.events]

    asyncio.run(go())


@settings(
    max_examples=100,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(st.lists(st.sampled_from(sorted(TURNS)), min_size=1, max_size=40))
def test_the_state_is_that_of_all_events(database: Database, names: list[str]) -> None:
    follow(store_in(database), [TURNS[name] for name in names], uuid.uuid4().hex)


def test_a_turn_that_is_taken_back(database: Database) -> None:
    taken_back: list[Event] = [
        said("asdf"),
        ActionExecuted("action_default_fallback"),
        UserUtteranceReverted(),
        ActionExecuted("action_listen"),
    ]
    store = BoundedTrackerStore(database)
    store.domain = DOMAIN
    follow(store, [answers("wifi"), taken_back, taken_back] * 30)


def test_only_the_end_of_a_long_conversation_is_read(database: Database) -> None:
    store = store_in(database)

    async def go() -> list[int]:
        lengths = []
        for _ in range(200):
            tracker = await store.get_or_create_tracker("me")
            tracker.update_with_events([*answers("wifi")], DOMAIN)
            await store.save(tracker)
            read = await store.retrieve("me")
            lengths.append(len(read.events) if read else 0)
        return lengths

    lengths = asyncio.run(go())
    assert max(lengths) <= 12 + 5 + 3  # the window, a turn, and the checkpoint itself
    assert (
        len(database.transact(lambda one: one.exec_driver_sql("SELECT id FROM events").all())) > 999
    )


def test_the_same_answers_as_without_a_bound(
    tmp_path: Path, clinic: Clinic, processor: MessageProcessor
) -> None:
    """Random dialogues, once with a very small window, and once with all events read."""
    pool = [
        "how much does it cost", "yes", "no", "more", "is there wifi", "do you give remicade",
        "thanks", "never mind", "asdf qwer", "/restart", "does the needle stay in", "call me back",
        "what can i claim back", "hi", "bye", "how long does an infusion take",
    ]  # fmt: skip
    texts = random.Random(5).choices(pool, k=80)
    small: Any = clinic.agent.tracker_store
    small._most, small._least = 10, 5
    bounded = [clinic.says(text) for text in texts]
    (tmp_path / "whole").mkdir()
    with open_clinic(tmp_path / "whole", processor) as other:
        large: Any = other.agent.tracker_store
        large._most = 10**9
        assert [other.says(text) for text in texts] == bounded


def test_saving_twice_adds_nothing(database: Database) -> None:
    store = store_in(database)

    async def go() -> int:
        tracker = await store.create_tracker("me")
        tracker.update_with_events(answers("wifi"), DOMAIN)
        await store.save(tracker)
        read = await store.retrieve("me")
        assert read is not None
        await store.save(read)
        with pytest.raises(OvertakenError):
            await store.save(tracker)  # a late one, which does not know that it is stored
        full = await store.retrieve_full_tracker("me")
        return len(full.events) if full else 0

    assert asyncio.run(go()) == 1 + len(answers("wifi"))


def test_who_comes_late_is_refused_and_leaves_nothing(database: Database) -> None:
    store = store_in(database)

    async def go() -> list[str]:
        tracker = await store.create_tracker("me")
        await store.save(tracker)
        first, second = await store.retrieve("me"), await store.retrieve("me")
        assert isinstance(first, StoredTracker)
        assert isinstance(second, StoredTracker)
        for one, topic in ((first, "wifi"), (second, "price")):
            one.update_with_events(answers(topic), DOMAIN)
        await store.save(first)
        with pytest.raises(OvertakenError):
            await store.save(second)
        full = await store.retrieve_full_tracker("me")
        assert full is not None
        return [event.value for event in full.events if isinstance(event, SlotSet)]

    assert asyncio.run(go()) == ["wifi"]


def test_two_first_turns_at_once_leave_one(database: Database) -> None:
    store = store_in(database)

    async def go() -> None:
        first, second = await store.create_tracker("me"), await store.create_tracker("me")
        await store.save(first)
        with pytest.raises(OvertakenError):
            await store.save(second)

    asyncio.run(go())


def test_a_tracker_of_another_store_is_refused(database: Database) -> None:
    with pytest.raises(TypeError):
        asyncio.run(store_in(database).save(DialogueStateTracker("me", [])))


def test_a_new_session_begins_after_an_hour(
    clinic: Clinic, monkeypatch: pytest.MonkeyPatch
) -> None:
    clinic.says("how much does it cost?")
    assert clinic.says("yes")[0].startswith("I can work out an estimate")
    clinic.says("how much does it cost?")
    now = time.time
    monkeypatch.setattr(rasa_processor.time, "time", lambda: now() + 61 * 60)
    assert not clinic.says("yes")[0].startswith("I can work out an estimate")
    tracker = clinic.loop.run_until_complete(clinic.agent.tracker_store.retrieve("me"))
    assert [event.text for event in tracker.events if isinstance(event, UserUttered)] == ["yes"]
