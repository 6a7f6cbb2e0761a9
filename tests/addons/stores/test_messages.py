from __future__ import annotations

import pytest

from addons.stores.database import Database
from addons.stores.messages import (
    Claim,
    MessageKey,
    OvertakenError,
    TurnError,
    claim,
    keep,
    this_turn,
)
from addons.turns.turn import Output

KEY = MessageKey("web", "me", "1")
ANSWER = [{"text": "Yes."}]


def turn(key: MessageKey = KEY, says: str = "Yes.") -> Claim:
    made = Claim(key, Output(key.channel))
    made.output.messages = [{"text": says}] if says else []
    return made


def claims(database: Database, one: Claim) -> list[dict[str, str]] | None:
    return database.transact(lambda connection: claim(connection, one))


def keeps(database: Database, one: Claim) -> None:
    token = this_turn.set(one)
    try:
        database.transact(keep)
    finally:
        this_turn.reset(token)


def test_a_new_message_has_no_answer_and_an_answered_one_has_its_own(database: Database) -> None:
    first = turn()
    assert claims(database, first) is None
    keeps(database, first)
    assert claims(database, turn(says="Something else.")) == ANSWER


@pytest.mark.parametrize(
    "other",
    [MessageKey("sms", "me", "1"), MessageKey("web", "you", "1"), MessageKey("web", "me", "2")],
)
def test_each_part_of_the_key_tells_messages_apart(database: Database, other: MessageKey) -> None:
    first = turn()
    claims(database, first)
    keeps(database, first)
    assert claims(database, turn(other)) is None


def test_a_claim_left_behind_is_taken_over_and_its_owner_comes_too_late(database: Database) -> None:
    dead, alive = turn(says="Late."), turn()
    assert claims(database, dead) is None
    assert claims(database, alive) is None
    with pytest.raises(OvertakenError):
        keeps(database, dead)
    keeps(database, alive)
    with pytest.raises(OvertakenError):
        keeps(database, dead)
    assert claims(database, turn()) == ANSWER


def test_a_turn_that_failed_or_says_nothing_is_not_kept(database: Database) -> None:
    failed, silent = turn(), turn(says="")
    failed.failure = RuntimeError()
    for one in (failed, silent):
        claims(database, one)
        with pytest.raises(TurnError):
            keeps(database, one)
    assert claims(database, turn()) is None


def test_without_a_turn_there_is_nothing_to_keep(database: Database) -> None:
    database.transact(keep)
