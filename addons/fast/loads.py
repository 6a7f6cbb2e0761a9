"""Reads the domain of a model once: training wrote it, and has checked it.

Rasa parses it three times at a start, once by a slow parser without C, which checks it anew.
"""

from __future__ import annotations

from typing import Any

import rasa.shared.utils.io
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.graph_components.providers.domain_provider import DomainProvider
from rasa.shared.core.domain import Domain

from addons.fast.swap import Swap

_stock = DomainProvider.load


def load(
    cls: type[DomainProvider],
    /,
    config: dict[str, Any],
    model_storage: ModelStorage,
    resource: Resource,
    execution_context: Any,
    **kwargs: Any,
) -> DomainProvider:
    """Return the provider as it was kept."""
    with model_storage.read_from(resource) as folder:
        text = rasa.shared.utils.io.read_file(folder / "domain.yml")
    domain = Domain.from_dict(rasa.shared.utils.io.read_yaml(text))
    return cls(model_storage, resource, domain)


SWAP = Swap(
    "loads",
    DomainProvider,
    "load",
    classmethod(load),
    (
        _stock,
        DomainProvider._persist,
        Domain.persist,
        Domain.from_path,
        Domain.from_directory,
        Domain.from_file,
        Domain.from_yaml,
        rasa.shared.utils.io.read_yaml,
    ),
    "004b23d9b95c",
)
