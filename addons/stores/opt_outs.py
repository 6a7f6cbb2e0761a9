"""The ledger of who wants no texts. Nothing is deleted: it proves what was asked, and when."""

from __future__ import annotations

import json
import time

from sqlalchemy import insert, select
from sqlalchemy.engine import Connection

from addons.stores.messages import ANSWER, Answer, Claim, claim
from addons.stores.tables import opt_outs


def is_out(connection: Connection, conversation: str) -> bool:
    """Whether somebody wants no texts."""
    return bool(
        connection.execute(
            select(opt_outs.c.is_out)
            .where(opt_outs.c.conversation == conversation)
            .order_by(opt_outs.c.id.desc())
            .limit(1)
        ).scalar()
    )


def change(
    connection: Connection, turn: Claim, gateway: str, wording: str, wants_out: bool
) -> Answer:
    """Note that somebody wants no texts, or wants them again; return what is said to that.

    That is the answer gathered in the turn, or nothing if it was so before: a regulator allows one
    confirmation (47 CFR 64.1200(a)(12)). The same message again gets the same answer.
    """
    kept = claim(connection, turn)
    if kept is not None:
        return kept
    is_new = is_out(connection, turn.key.conversation) != wants_out
    answer = list(turn.output.messages) if is_new or not wants_out else []
    if is_new:
        connection.execute(
            insert(opt_outs).values(
                conversation=turn.key.conversation,
                channel=gateway,
                is_out=wants_out,
                wording=wording,
                changed_at=time.time(),
            )
        )
    connection.execute(ANSWER, {**turn.key.row, "answer": json.dumps(answer)})
    return answer
