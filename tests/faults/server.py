"""A server that kills itself at a step: `python -m tests.faults.server STEP HITS`."""

from __future__ import annotations

import functools
import inspect
import os
import signal
import sys
from typing import Any

from addons import server
from addons.stores import trackers
from addons.turns import answering, turn, understanding
from dripdesk.settings import PROJECT, Settings
from tests.faults.channel import ForTests

STEPS: dict[str, tuple[Any, str, bool]] = {  # where, which function, whether after it
    "on arrival": (turn.Turns, "answer", False),
    "within the claim": (turn, "claim", True),
    "after the claim": (answering.Answering, "answer", False),
    "while understanding": (understanding.Understanding, "_parse", True),
    "before it is stored": (trackers.BoundedTrackerStore, "_append", False),
    "before the commit": (trackers, "keep", True),
    "after the commit": (trackers.BoundedTrackerStore, "save", True),
    "before the answer leaves": (turn.Turns, "answer", True),
}


def kill_at(step: str, hits: int) -> None:
    """Make this process kill itself when it comes to a step for the given time."""
    owner, name, is_after = STEPS[step]
    function = getattr(owner, name)
    left = hits

    def hit() -> None:
        nonlocal left
        left -= 1
        if left == 0:
            os.kill(os.getpid(), signal.SIGKILL)

    if inspect.iscoroutinefunction(function):

        @functools.wraps(function)
        async def wrapped(*args: Any, **kwargs: Any) -> Any:
            if not is_after:
                hit()
            result = await function(*args, **kwargs)
            if is_after:
                hit()
            return result

    else:

        @functools.wraps(function)
        def wrapped(*args: Any, **kwargs: Any) -> Any:
            if not is_after:
                hit()
            result = function(*args, **kwargs)
            if is_after:
                hit()
            return result

    setattr(owner, name, wrapped)


def main() -> None:
    """Serve on the test channel until killed."""
    if sys.argv[1:]:
        kill_at(sys.argv[1], int(sys.argv[2]))
    settings = Settings.from_environment().prepared()
    os.chdir(PROJECT)
    app = server.make_app(settings, dev=False, channels=[ForTests()])
    app.run(host=server.HOST, port=settings.port, access_log=False)


if __name__ == "__main__":
    main()
