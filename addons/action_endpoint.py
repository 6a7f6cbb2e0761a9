"""Runs custom actions inside the server process, through rasa-sdk's own executor."""

from __future__ import annotations

from typing import Any

from rasa.utils.endpoints import EndpointConfig
from rasa_sdk.executor import ActionExecutor

from addons.stores.messages import this_turn
from addons.threads import Threads, finish

ACTION_LIMIT = 5.0  # seconds


class InProcessActions(EndpointConfig):
    """Stands where Rasa expects the address of an action server."""

    def __init__(self, threads: Threads, package: str = "actions") -> None:
        # Without the domain in each call: our actions do not read it.
        super().__init__(url="in-process", enable_selective_domain=True)
        self._threads = threads
        self._executor = ActionExecutor()
        self._executor.register_package(package)

    async def request(self, *args: Any, json: dict[str, Any], **kwargs: Any) -> Any:
        """Run the action that the call names, in a thread; return its events and responses.

        If it raises, or takes longer than 5 s, nothing of the turn counts: Rasa alone would go on
        without what the action was to say.
        """
        try:
            return await self._threads.run(
                lambda: finish(self._executor.run(json)), limit=ACTION_LIMIT
            )
        except Exception as error:
            if turn := this_turn.get():
                turn.failure = error
            raise
