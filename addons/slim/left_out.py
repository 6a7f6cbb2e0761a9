"""Lets Rasa start without packages that it imports and we never use: 1.9 GB less.

Set-up copies this file and its `.pth` into the environment, so that every plain
`rasa ...` command works there. A real package, where installed, is found first. The `.pth` also
leaves out all threads but one of NumPy's: what a message is multiplied with is small, and takes
10 µs on one and 50 on two, which wait for each other.
"""

from __future__ import annotations

import sys
from importlib.abc import Loader, MetaPathFinder
from importlib.machinery import ModuleSpec
from types import ModuleType
from typing import Any

NETWORKS = (
    "This pipeline names a component that needs TensorFlow (DIETClassifier, TEDPolicy, "
    "UnexpecTEDIntentPolicy, ResponseSelector), and this installation has none. "
    "Take it out of config.yml, or train in an unmodified Rasa 3.6.21."
)
SERVICES = (
    "This installation has no {package}: it is left out (pyproject.toml, override-dependencies). "
    "Take what needs it out of credentials.yml or endpoints.yml, or use an unmodified Rasa 3.6.21."
)
# The first word is what is imported; the megabytes are as installed, with what only they need.
PACKAGES = dict.fromkeys(  # TensorFlow: 1,600 MB, and 5 s of each start
    ("tensorflow", "tensorflow_addons", "tensorflow_hub", "tensorflow_text", "keras"), NETWORKS
) | dict.fromkeys(
    (
        "aiogram",  # Telegram: 33 MB
        "slack_sdk",  # 3 MB
        "webexteamssdk",  # 4 MB
        "boto3",  # Amazon's stores, with botocore: 23 MB
        "botocore",
        "pymongo",  # 3 MB
    ),
    SERVICES,
)
UNUSED = (
    "A server has not loaded {package}, of which it makes no use (addons/slim/left_out.py). "
    "`make dev` and Rasa's own commands load everything."
)
IN_A_SERVER = dict.fromkeys(
    (
        "sklearn",  # for training alone
        "rasa.core.test",  # with matplotlib, for `rasa test`
        "rasa.nlu.test",
        "spacy.cli",
        "questionary",  # for the console
        "prompt_toolkit",
        "rich",  # for coloured errors
        "redis",
        "aio_pika",
    ),
    UNUSED,
)
"""Imported by what a server imports, and used by none of it. Together: 40 MB of 400 (PSS), and a
fifth of the processor's time of a start."""
LENIENT = NETWORKS
"""Of TensorFlow, Rasa calls decorators at import, which do nothing here."""
ERRORS = ("Error", "Exception", "Failure")


class StandInType(type):
    """Makes a class whose every attribute, item and union is again a stand-in."""

    mend: str

    def __getattr__(cls, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        return stand_in(name, cls.mend)

    def __getitem__(cls, item: Any) -> Any:
        return cls

    def __or__(cls, other: Any) -> Any:
        return cls

    __ror__ = __or__


class StandIn(metaclass=StandInType):
    """What any name of a package resolves to: usable as a base class and in annotations."""

    mend = NETWORKS

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        # Rasa makes an instance of a class derived from one of Keras's only to train or run a
        # network, and one of a service's only to talk to it.
        if "is_stand_in" not in vars(type(self)) or self.mend != LENIENT:
            from rasa.shared.exceptions import RasaException

            raise RasaException(self.mend)

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        """Return what was given, as a decorator that does nothing."""
        return args[0] if args else self

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        return stand_in(name, self.mend)


def stand_in(name: str, mend: str) -> type:
    """Return a new stand-in class of this name; one that can be caught, if it names an error."""
    if name.endswith(ERRORS):
        return type(name, (Exception,), {})
    return StandInType(name, (StandIn,), {"is_stand_in": True, "mend": mend})


class StandInModule(ModuleType):
    """A module in which every name exists."""

    __path__ = []  # noqa: RUF012 (importlib wants a list)
    __version__ = "0 (stand-in)"

    def __init__(self, name: str, mend: str) -> None:
        super().__init__(name)
        self._mend = mend

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        return stand_in(name, self._mend)


class StandInFinder(MetaPathFinder, Loader):
    """Answers the import of what is left out with an empty module."""

    def __init__(self, left_out: dict[str, str]) -> None:
        self._left_out = left_out

    def _package(self, name: str) -> str | None:
        """Return the package that a module belongs to, if it is left out."""
        parts = name.split(".")
        heads = (".".join(parts[:count]) for count in range(1, len(parts) + 1))
        return next((head for head in heads if head in self._left_out), None)

    def find_spec(self, fullname: str, path: Any, target: Any = None) -> ModuleSpec | None:
        """Return a spec for the packages that are left out and all below them."""
        return ModuleSpec(fullname, self, is_package=True) if self._package(fullname) else None

    def create_module(self, spec: ModuleSpec) -> ModuleType:
        """Return the empty module."""
        package = self._package(spec.name) or spec.name
        return StandInModule(spec.name, self._left_out[package].format(package=package))

    def exec_module(self, module: ModuleType) -> None:
        """Do nothing: the module has no code."""


def fill_in() -> None:
    """Stand in for packages that are not installed."""
    sys.meta_path.append(StandInFinder(PACKAGES))


def begin_server() -> None:
    """Stand in for what this process makes no use of, though it is installed."""
    sys.meta_path.insert(0, StandInFinder(IN_A_SERVER))
