"""Fills the clinic's facts into everything the assistant says."""

from __future__ import annotations

import copy
from typing import Any

from rasa.core.nlg.response import TemplatedNaturalLanguageGenerator
from rasa.shared.core.domain import Domain
from rasa.utils.endpoints import EndpointConfig

from dripdesk import live, render


class FactsNLG(TemplatedNaturalLanguageGenerator):
    """Rasa's template generator, with facts beside slots as placeholders."""

    def __init__(self, endpoint_config: EndpointConfig | None, domain: Domain) -> None:
        super().__init__(domain.responses)

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
