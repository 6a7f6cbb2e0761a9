"""Lets Rasa start without TensorFlow, which Rasa 3.6 imports but our pipeline never uses.

Set-up copies this file and its `.pth` into the environment, so that every plain
`rasa ...` command works there. A real TensorFlow, where installed, is found first.
"""

from __future__ import annotations

import sys
from importlib.abc import Loader, MetaPathFinder
from importlib.machinery import ModuleSpec
from types import ModuleType
from typing import Any

PACKAGES = {"tensorflow", "tensorflow_addons", "tensorflow_hub", "tensorflow_text", "keras"}
MEND = (
    "This pipeline names a component that needs TensorFlow (DIETClassifier, TEDPolicy, "
    "UnexpecTEDIntentPolicy, ResponseSelector), and this installation has none. "
    "Take it out of config.yml, or train in an unmodified Rasa 3.6.21."
)


class StandInType(type):
    """Makes a class whose every attribute, item and union is again a stand-in."""

    def __getattr__(cls, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        return stand_in(name)

    def __getitem__(cls, item: Any) -> Any:
        return cls

    def __or__(cls, other: Any) -> Any:
        return cls

    __ror__ = __or__


class StandIn(metaclass=StandInType):
    """What any TensorFlow name resolves to: callable as a decorator, usable as a base class."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        # Rasa calls decorators such as tf.function(...) at import: harmless. It makes an
        # instance of a class derived from a Keras one only to train or run a network.
        if "is_stand_in" not in vars(type(self)):
            from rasa.shared.exceptions import RasaException

            raise RasaException(MEND)

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        """Return what was given, as a decorator that does nothing."""
        return args[0] if args else self

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        return stand_in(name)


def stand_in(name: str) -> StandInType:
    """Return a new stand-in class of this name."""
    return StandInType(name, (StandIn,), {"is_stand_in": True})


class StandInModule(ModuleType):
    """A module in which every name exists."""

    __path__ = []  # noqa: RUF012 (importlib wants a list)
    __version__ = "0 (stand-in)"

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        return stand_in(name)


class StandInFinder(MetaPathFinder, Loader):
    """Answers the import of a TensorFlow package with an empty module."""

    def find_spec(self, fullname: str, path: Any, target: Any = None) -> ModuleSpec | None:
        """Return a spec for the packages above and all below them, None for any other."""
        if fullname.partition(".")[0] in PACKAGES:
            return ModuleSpec(fullname, self, is_package=True)
        return None

    def create_module(self, spec: ModuleSpec) -> ModuleType:
        """Return the empty module."""
        return StandInModule(spec.name)

    def exec_module(self, module: ModuleType) -> None:
        """Do nothing: the module has no code."""


sys.meta_path.append(StandInFinder())
