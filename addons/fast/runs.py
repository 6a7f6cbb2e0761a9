"""Runs the parts of a model in an order that is found once, instead of anew for each message."""

from __future__ import annotations

from typing import Any

from rasa.engine.exceptions import GraphRunError
from rasa.engine.graph import GraphSchema
from rasa.engine.runner.dask import DaskGraphRunner

from addons.fast.swap import Swap

_stock = DaskGraphRunner.run

Plan = dict[str, list[str]]
"""The nodes, in an order in which each comes after those that it needs; and what those are."""


def _plan(schema: GraphSchema, targets: list[str], given: set[str]) -> Plan:
    """Return what has to run for the targets, if some is given."""
    plan: Plan = {}

    def add(name: str) -> None:
        if name in plan or name in given or name not in schema.nodes:
            return
        needs = list(schema.nodes[name].needs.values())
        for need in needs:
            add(need)
        plan[name] = needs

    for target in targets:
        add(target)
    return plan


def run(
    self: DaskGraphRunner,
    inputs: dict[str, Any] | None = None,
    targets: list[str] | None = None,
) -> dict[str, Any]:
    """Return what the targets give. Raises GraphRunError."""
    given = inputs or {}
    wanted = targets or self._graph_schema.target_names
    plans = vars(self).setdefault("_plans", {})
    key = (*wanted, None, *given)
    if key not in plans:
        plans[key] = _plan(self._graph_schema, wanted, set(given))
    plan: Plan = plans[key]
    for name, value in given.items():
        if isinstance(value, str) and value in plan:
            raise GraphRunError(f"The input '{name}' has the name of a node for its value.")
    done: dict[str, Any] = {name: (name, value) for name, value in given.items()}
    try:
        for name, needs in plan.items():
            # What a node needs and nobody gives is handed over by its name: then it warns.
            done[name] = self._instantiated_nodes[name](*(done.get(need, need) for need in needs))
    except RuntimeError as error:
        raise GraphRunError("Error running runner.") from error
    return dict(done[target] for target in wanted)


SWAP = Swap(
    "runs",
    DaskGraphRunner,
    "run",
    run,
    (
        _stock,
        DaskGraphRunner._build_dask_graph,
        DaskGraphRunner._add_inputs_to_graph,
        GraphSchema.minimal_graph_schema,
    ),
    "ba2c4acec79f",
)
