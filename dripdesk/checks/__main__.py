"""`make check`: prints every problem, and what awaits sign-off; fails if there is a problem."""

from __future__ import annotations

import sys
from itertools import chain

from dripdesk.checks import sentences, structure, wording
from dripdesk.checks.project import Problem, Project
from dripdesk.lined_yaml import FileError
from dripdesk.render import metadata
from dripdesk.settings import PROJECT, SettingError, Settings
from dripdesk.texts import grade


def find_problems(project: Project) -> list[Problem]:
    """Return all problems, by file and line. Raises FileError when a file cannot be read."""
    found = chain.from_iterable(part.check(project) for part in (structure, wording, sentences))
    return sorted(set(found), key=lambda problem: (str(problem.path), problem.line))


def main() -> int:
    """Check this checkout. Returns 0 if all is well, else 1."""
    try:
        project = Project(PROJECT, Settings.from_environment())
        problems = find_problems(project)
    except (FileError, SettingError) as error:
        print(error)
        return 1
    for problem in problems:
        print(problem)
    if problems:
        print(f"{len(problems)} problem(s). Nothing was trained.")
        return 1
    texts = [text for variations in project.responses.values() for text in variations]
    web = [t["text"] for t in texts if not t.get("channel") and "language" not in metadata(t)]
    hardest = max(web, key=lambda text: grade(text, project.terms))
    waiting = project.book.awaiting_review()
    print(
        f"{len(project.topics)} topics, {len(project.book.facts)} facts: all is well. "
        f"Highest grade {grade(hardest, project.terms):.1f} "
        f"({max(map(grade, web)):.1f} with all names counted)."
    )
    if waiting:
        print(f"{len(waiting)} facts await sign-off (`make sign-off` lists them).")
    return 0


if __name__ == "__main__":
    sys.exit(main())
