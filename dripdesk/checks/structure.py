"""Every topic is whole: its intent, rule, responses, variants and test belong together."""

from __future__ import annotations

from collections.abc import Iterator

from dripdesk.checks.project import Problem, Project, questions, steps_of
from dripdesk.content import ContentFile
from dripdesk.details import is_detail
from dripdesk.facts import GROUPS, Fact, State
from dripdesk.intents import AFTER_DANGER
from dripdesk.render import UNKNOWN, VARIANTS, metadata, needed_facts
from dripdesk.texts import placeholders
from dripdesk.vocabulary import load_vocabulary

LEAST_EXAMPLES = 25
LEAST_QUESTIONS = 8
LEAST_SMS_QUESTIONS = 3
LEAST_STORIES = 8
SUFFIXES = ("", *dict.fromkeys(VARIANTS.values()), "_more")
CLINICS = ("fuse", "complete")
CHANNELS = ("web", "sms")
RUN = ("actions", "forms")
"""The parts of domain.yml that list what a rule can run."""


def check(project: Project) -> Iterator[Problem]:
    """Yield what is missing, and what nothing uses."""
    for file in project.topics:
        yield from _topic(project, file)
    yield from _intents(project)
    yield from _tests(project)
    yield from _stories(project)
    yield from _unused_facts(project)


def _topic(project: Project, file: ContentFile) -> Iterator[Problem]:
    intent, base = f"faq_{file.name}", f"utter_faq_{file.name}"
    if list(file.examples) != [intent]:
        yield Problem(file.path, file.line("nlu"), f"needs exactly one intent, {intent}.")
    steps = [[dict(step) for step in rule.get("steps") or []] for rule in file.rules]
    if steps != [[{"intent": intent}, {"action": "action_answer"}]]:
        message = f"needs one rule with two steps: intent {intent}, action action_answer."
        yield Problem(file.path, file.line("rules"), message)
    if base not in file.responses:
        yield Problem(file.path, file.line("responses"), f"needs the response {base}.")
        return
    if not metadata(file.responses[base][0]).get("title"):
        message = f"{base}: the first text needs metadata with a title, which buttons show."
        yield Problem(file.path, file.line("responses", base), message)
    counterpart = metadata(file.responses[base][0]).get("counterpart")
    if counterpart and f"utter_{counterpart}" not in project.responses:
        message = f"{base}: the counterpart {counterpart} is no topic."
        yield Problem(file.path, file.line("responses", base), message)
    bases = [base, *_reached(file), *_details(file, base)]
    for name in file.responses:
        if not any(name == start + end for start in bases for end in SUFFIXES):
            message = f"{name} is never said. Endings are: {', '.join(SUFFIXES[1:])}."
            yield Problem(file.path, file.line("responses", name), message)
    unknown = [
        fact
        for text in file.responses[base]
        for fact in metadata(text).get("needs", [])
        if fact not in project.book
    ]
    if unknown:
        message = f"{base} needs {', '.join(unknown)}, which no fact file holds."
        yield Problem(file.path, file.line("responses", base), message)
        return
    for start in bases:
        yield from _variants(project, file, start)


def _reached(file: ContentFile) -> list[str]:
    """Return the responses in a file that others name: `otherwise`, `before`, `then`, `named`."""
    abouts = [metadata(texts[0]) for texts in file.responses.values()]
    named = [about.get(key) for about in abouts for key in ("otherwise", "before", "then", "named")]
    endings = tuple(dict.fromkeys(VARIANTS.values()))
    return [name for name in named if name in file.responses and not name.endswith(endings)]


def _details(file: ContentFile, base: str) -> list[str]:
    """Return the responses of a file that are said where a question names what they are for."""
    responses = file.responses.items()
    return [name for name, texts in responses if is_detail(texts) and name.startswith(f"{base}_")]


def _variants(project: Project, file: ContentFile, base: str) -> Iterator[Problem]:
    possible = possible_variants(project, base)
    if metadata(file.responses[base][0]).get("otherwise"):
        possible.pop(UNKNOWN, None)
    for suffix, fact in possible.items():
        if base + suffix not in file.responses:
            message = f"needs {base}{suffix}, for the day when {fact} makes {base} impossible."
            yield Problem(file.path, file.line("responses", base), message)
    otherwise = [metadata(texts[0]).get("otherwise") for texts in file.responses.values()]
    for suffix in dict.fromkeys(VARIANTS.values()):
        name = base + suffix
        if name in file.responses and suffix not in possible and name not in otherwise:
            message = f"{name} is never said: no fact of {base} can ask for it."
            yield Problem(file.path, file.line("responses", name), message)


def possible_variants(project: Project, base: str) -> dict[str, str]:
    """Return the variants that the facts of a response make possible, each with such a fact."""
    found: dict[str, str] = {}
    for name in needed_facts(project.responses, base, project.book):
        for state in _possible_states(project, project.book.facts[name]):
            found.setdefault(VARIANTS[state], name)
    return found


def _possible_states(project: Project, fact: Fact) -> Iterator[State]:
    group = GROUPS[fact.field.group]
    members = [project.book.facts[name] for name in fact.field.of]
    if fact.field.of_clinic or group.needs_review:
        yield State.UNKNOWN
    if group.when_expired is State.EXPIRED:
        yield State.EXPIRED
    if fact.field.type == "yes_no":
        yield State.NO
    if members and fact.field.type == "list":
        yield from (State.PARTLY, State.NO)


def _intents(project: Project) -> Iterator[Problem]:
    path = project.root / "domain.yml"
    listed = set(project.domain.get("intents") or [])
    trained = {intent for file in project.files for intent in file.examples}
    line = project.domain.lines.get("intents", 1)
    for intent in sorted(trained - listed):
        yield Problem(path, line, f"lacks the intent {intent}. Add the line '  - {intent}'.")
    for intent in sorted(listed - trained - {AFTER_DANGER}):  # which is no matter of sentences
        yield Problem(path, line, f"lists {intent}, which has no training sentences in data/.")
    for file in project.files:
        for intent, examples in file.examples.items():
            if len(examples) < LEAST_EXAMPLES and not file.sounds_dangerous:
                message = f"{intent} has {len(examples)} sentences and needs {LEAST_EXAMPLES}."
                yield Problem(file.path, file.line("nlu"), message)
        known = set(project.responses).union(*(project.domain.get(k) or [] for k in RUN))
        for action in steps_of([*file.rules, *file.stories], "action"):
            if action not in known:
                message = f"{action} is neither a response nor an action in domain.yml."
                yield Problem(file.path, 1, message)


def _tests(project: Project) -> Iterator[Problem]:
    intents = {intent for file in project.files for intent in file.examples}
    for intent in sorted(intents - set(project.tests)):
        folder = "topics" if intent.startswith("faq_") else "habits"
        path = project.root / "tests" / folder / f"{intent.removeprefix('faq_')}.yml"
        yield Problem(path, 0, f"is missing: {intent} needs held-out questions.")
    for intent, test in project.tests.items():
        if intent not in intents:
            yield Problem(test.path, 1, f"tests {intent}, which is not trained in data/.")
            continue
        styles = [style for style, _ in questions(test)]
        if len(styles) < LEAST_QUESTIONS or styles.count("sms") < LEAST_SMS_QUESTIONS:
            message = f"needs {LEAST_QUESTIONS} questions, {LEAST_SMS_QUESTIONS} of them sms."
            yield Problem(test.path, test.line("questions"), message)
        answers = test.content.get("answers") or {}
        for clinic in CLINICS if intent.startswith("faq_") else ():
            for channel in CHANNELS:
                if not (answers.get(clinic) or {}).get(channel):
                    message = f"needs the full {channel} text of clinic {clinic} under answers."
                    yield Problem(test.path, test.line("answers"), message)


def _stories(project: Project) -> Iterator[Problem]:
    for file in project.files:
        if file.path.parent.name != "stories":
            continue
        if len(file.stories) < LEAST_STORIES:
            message = f"has {len(file.stories)} stories and needs {LEAST_STORIES}."
            yield Problem(file.path, file.line("stories"), message)
        test = project.root / "tests" / "stories" / file.path.name
        if not test.exists():
            yield Problem(test, 0, f"is missing: the stories of {file.path.name} need a test.")


def _unused_facts(project: Project) -> Iterator[Problem]:
    used: set[str] = set()
    for texts in project.responses.values():
        for text in texts:
            used.update(placeholders(text.get("text", "")), metadata(text).get("needs", []))
    pending = list(used)
    while pending:
        name = pending.pop()
        members = project.book.facts[name].field.of if name in project.book else ()
        pending += [member for member in members if member not in used]
        used.update(members)
    for drug in load_vocabulary(project.root / "data" / "vocabulary.yml")["drug"]:
        ending = {name.removeprefix("drug") for name in used if name.startswith("drug_")}
        used.update(drug.replace(" ", "_") + end for end in ending)
    for name, fact in project.book.facts.items():
        if name not in used:
            message = f"{name} is told in no response. Name it in one, or take it out."
            yield Problem(fact.field.file, fact.field.line, message)
