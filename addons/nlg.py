"""Fills the clinic's facts into everything the assistant says."""

from __future__ import annotations

import copy
from typing import Any

from rasa.core.nlg.response import TemplatedNaturalLanguageGenerator
from rasa.shared.core.domain import Domain
from rasa.shared.core.trackers import DialogueStateTracker
from rasa.utils.endpoints import EndpointConfig

from addons import metrics
from dripdesk import live, render

UNSURE = ("utter_unsure", "utter_unsure_again", "utter_nothing_offered")
"""Texts that say that we are not sure what is meant."""


class FactsNLG(TemplatedNaturalLanguageGenerator):
    """Rasa's template generator, with facts beside slots as placeholders."""

    def __init__(self, endpoint_config: EndpointConfig | None, domain: Domain) -> None:
        super().__init__(domain.responses)

    async def generate(
        self, utter_action: str, tracker: DialogueStateTracker, output_channel: str, **kwargs: Any
    ) -> dict[str, Any] | None:
        """Return a response, filled; count it if it says that we are not sure."""
        if utter_action in UNSURE:
            metrics.unsure(output_channel)
        filled: dict[str, Any] | None = await super().generate(
            utter_action, tracker, output_channel, **kwargs
        )
        return filled

    def _fill_response(
        self,
        response: dict[str, Any],
        filled_slots: dict[str, Any] | None = None,
        **kwargs: Any,
    ) -> dict[str, Any]:
        """Fill the text, and record in the metadata only the facts that were filled in."""
        if "text" not in response:
            return response
        facts = live.facts().about_drug(kwargs.get("drug"))
        text, told = render.fill(response, facts, {**(filled_slots or {}), **kwargs})
        filled = copy.copy(response)
        filled["text"] = text
        filled["metadata"] = {**render.metadata(response), "facts": told}
        if about := render.about(response, facts):
            filled["metadata"]["about"] = about
        return filled
