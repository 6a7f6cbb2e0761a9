"""No sentence teaches two things, and none that is tested is also taught."""

from __future__ import annotations

from collections.abc import Iterator

from dripdesk.checks.project import Problem, Project, normalised, questions

EMPTY_WORDS = frozenset(
    "a an the is are do does did i me my you your u ur it to of for in on".split()
)


def check(project: Project) -> Iterator[Problem]:
    """Yield held-out questions that are trained, and sentences that stand under two intents."""
    taught: dict[str, str] = {}
    cores: dict[str, tuple[str, str]] = {}
    for file in project.files:
        for intent, examples in file.examples.items():
            for example in examples:
                key = normalised(example) or example
                first = taught.setdefault(key, intent)
                if first != intent:
                    message = f"{example!r} is trained for {first} and for {intent}."
                    yield Problem(file.path, file.line("nlu"), f"{message} Keep one.")
                    continue
                core = _core(key)
                other, similar = cores.setdefault(core, (intent, example))
                if " " in core and other != intent:
                    message = f"{example!r} is nearly {similar!r} of {other}. Reword one."
                    yield Problem(file.path, file.line("nlu"), message)
    for test in project.tests.values():
        for _, question in questions(test):
            core = _core(normalised(question))
            if normalised(question) in taught or (" " in core and core in cores):
                similar = cores.get(core, ("", question))[1]
                message = f"{question!r} is trained too, as {similar!r}. Take that one out."
                yield Problem(test.path, test.line("questions"), message)


def _core(key: str) -> str:
    """Return the words that carry a sentence, in no order."""
    return " ".join(sorted(set(key.split()) - EMPTY_WORDS))
