"""Checks what custom actions return against schemas that are built once, one for each event.

Rasa builds the schema, and checks the schema itself, anew at every custom action, and compares
each event with the schemas of all 23 kinds. `make benchmark-parts` tells what that takes.
"""

from __future__ import annotations

from typing import Any

from jsonschema import ValidationError
from jsonschema.validators import validator_for
from rasa.core.actions.action import RemoteAction
from rasa.shared.utils.schemas import events

from addons.fast.swap import Swap

_stock = RemoteAction._validate_action_result

Schema = dict[str, Any]


def _validator(schema: Schema) -> Any:
    return validator_for(schema)(schema)


def _by_event() -> dict[str, Any]:
    """Return what checks an event, by its kind: each schema names its own."""
    common = {key: value for key, value in events.EVENT_SCHEMA.items() if key != "oneOf"}
    return {
        one["properties"]["event"]["const"]: _validator({"allOf": [common, one]})
        for one in events.EVENT_SCHEMA["oneOf"]
    }


LIST = {"type": "array", "items": {"type": "object"}}
WHOLE = _validator({"type": "object", "properties": {"events": LIST, "responses": LIST}})
BY_EVENT = _by_event()


def validate_result(self: RemoteAction, result: dict[str, Any]) -> bool:
    """Check what an action returned. Raises jsonschema.ValidationError."""
    _check(WHOLE, result)
    for event in result.get("events", ()):
        kind = event.get("event")
        if not isinstance(kind, str) or kind not in BY_EVENT:
            raise ValidationError(f"The action returned an event of an unknown kind: {kind!r}.")
        _check(BY_EVENT[kind], event)
    return True


def _check(validator: Any, value: Any) -> None:
    error = next(validator.iter_errors(value), None)
    if error:
        raise ValidationError(f"The action returned what Rasa cannot use: {error.message}")


SWAP = Swap(
    "results",
    RemoteAction,
    "_validate_action_result",
    validate_result,
    (_stock, RemoteAction.action_response_format_spec, events),
    "86b1470d597f",
)
