"""Each rule of the validator, by breaking a copy of the content in one place."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from dripdesk.checks.__main__ import find_problems
from dripdesk.checks.project import Project
from dripdesk.settings import PROJECT, Settings

Break = Callable[[str, str, str], list[str]]


@pytest.fixture
def broken(tmp_path: Path) -> Break:
    """Return a function that replaces text in one file of a copy, and lists what is then wrong."""
    tests = (f"tests/{name}" for name in ("topics", "habits", "forms", "stories", "clinics"))
    for name in ("data", *tests):
        shutil.copytree(PROJECT / name, tmp_path / name)
    shutil.copy(PROJECT / "domain.yml", tmp_path)
    settings = Settings(data=tmp_path / "data", clinic_facts=tmp_path / "data" / "clinic")

    def replace(file: str, old: str, new: str) -> list[str]:
        path = tmp_path / file
        text = path.read_text()
        assert old in text, f"{old!r} is not in {file}"
        path.write_text(text.replace(old, new, 1))
        found = find_problems(Project(tmp_path, settings))
        return [f"{problem.path.name}:{problem.line}: {problem.message}" for problem in found]

    return replace


def test_the_content_is_whole(broken: Break) -> None:
    assert broken("domain.yml", "version", "version") == []


HOURS = "data/topics/hours.yml"
PRICE = "data/topics/price.yml"
AMENITIES = "data/topics/amenities.yml"
ESTIMATE = "data/forms/estimate_cost.yml"


@pytest.mark.parametrize(
    ("file", "old", "new", "problem"),
    [
        ("domain.yml", "  - faq_hours\n", "", "domain.yml:4: lacks the intent faq_hours"),
        ("domain.yml", "  - faq_hours\n", "  - faq_hours\n  - faq_pets\n", "lists faq_pets"),
        (HOURS, "intent: faq_hours\n    examples", "intent: faq_open\n    examples", "one intent"),
        (HOURS, "- action: action_answer", "- action: utter_faq_hours", "one rule with two steps"),
        (HOURS, "title: Opening hours, ", "", "needs metadata with a title"),
        (HOURS, "utter_faq_hours_unknown:", "utter_faq_hours_unkown:", "is never said"),
        (HOURS, "utter_faq_hours_unknown:", "utter_faq_hours_more:", "needs utter_faq_hours_unkn"),
        (HOURS, "utter_faq_hours_expired:", "utter_faq_hours_more:", "needs utter_faq_hours_exp"),
        (HOURS, "utter_faq_hours_expired:", "utter_faq_hours_no:", "no fact of utter_faq_hours"),
        (HOURS, "{hours}", "{ours}", "{ours} is neither a fact nor a slot"),
        (HOURS, "call 911.", "call 912.", "number of its own"),
        (HOURS, "Our hours are", "Our ambulatory institutional availability is", "reads at grade"),
        (HOURS, "Our hours:", "Our hours’ list:", "makes an SMS twice as long"),
        (HOURS, "Our hours:", "Our hours: " + "x" * 300, "takes 3 SMS segments"),
        (HOURS, "- channel: sms", "- channel: web", "needs a text for all channels and one"),
        (HOURS, "to be sure.", "to be sure. Shall I tell you more?", "ends in a question if, and"),
        (PRICE, "offer: estimate", "offer: discount", "offer must be one of"),
        (PRICE, "source: S78", "source: S00", "source S00 is not in"),
        (PRICE, 'as_of: "2026-11-22"', "as_of: 2026-11-22", "put dates in quotes"),
        (AMENITIES, "utter_faq_amenities_partly:", "utter_faq_amenities_no:", "amenities_partly"),
        (PRICE, "{title: What it costs", "{only: web, title: Costs", "only forms may leave"),
        (PRICE, "{title: What it costs", "{figures: [x], title: Costs", "only forms may have"),
        (ESTIMATE, "{only: web}", "{only: sms}", "only forms may leave SMS out, with 'only: web'"),
        (ESTIMATE, "{only: web}", "{}", "needs a text for all channels and one"),
        (ESTIMATE, "{only: web}", "{only: web}\n    - channel: sms\n      text: Yes.", "is only"),
        (ESTIMATE, 'examples: ["20%", "$40"]', 'examples: ["20%"]', "number of its own"),
        (ESTIMATE, 'examples: ["20%", "$40"]', 'examples: ["20%", "$45"]', "the example $45 does"),
        (ESTIMATE, 'such as \\"20%\\"', "such as 20%", "the example 20% does not stand"),
        (ESTIMATE, "figures: [missing]", "figures: []", "{missing} is neither a fact nor a slot"),
        (ESTIMATE, "figures: [missing]", "figures: [missing, sum]", "sum under figures is a fact"),
        (ESTIMATE, "figures: [missing]", "figures: [missing, phone]", "phone under figures is a"),
        ("data/catalogue.yml", "{type: yes_no, group: amenity, label: WiFi}",
         "{type: yes_no, group: amenity, label: WiFi}\npool: {type: yes_no, group: amenity}",
         "pool is told in no response"),
        ("data/stories/costs.yml", "action_estimate_cost", "action_estimate", "neither a response"),
        ("tests/topics/hours.yml", "  sms:\n", "  sms2:\n", "3 of them sms"),
        ("tests/topics/hours.yml", "  complete:", "  copmlete:", "full web text of clinic compl"),
    ],
)  # fmt: skip
def test_a_broken_place_is_named(
    broken: Break, file: str, old: str, new: str, problem: str
) -> None:
    problems = broken(file, old, new)
    assert any(problem in line for line in problems), problems


def test_a_sentence_may_not_stand_under_two_topics(broken: Break) -> None:
    problems = broken(HOURS, "    examples: |\n", "    examples: |\n      - Price for a drip?\n")
    assert any("is trained for faq_hours and for faq_price" in line for line in problems)


def test_nor_one_that_says_the_same_in_other_order(broken: Break) -> None:
    problems = broken(HOURS, "    examples: |\n", "    examples: |\n      - drip price for me\n")
    assert any("is nearly" in line for line in problems)


def test_a_held_out_question_may_not_be_trained(broken: Break) -> None:
    question = "r u open on sundays or nah"
    problems = broken(HOURS, "    examples: |\n", f"    examples: |\n      - {question}\n")
    assert any(f"{question!r} is trained too" in line for line in problems)


def test_a_condition_needs_an_sms_text_of_its_own(broken: Break) -> None:
    conditional = (
        "  utter_faq_hours:\n"
        '    - text: "We are here."\n'
        "      condition: [{type: slot, name: treatment, value: infusion}]\n"
    )
    problems = broken(HOURS, "  utter_faq_hours:\n", conditional)
    assert any("on SMS the plain sms text hides it" in line for line in problems)


def test_a_missing_test_file_is_named(broken: Break, tmp_path: Path) -> None:
    (tmp_path / "tests" / "topics" / "hours.yml").unlink()
    problems = broken("domain.yml", "version", "version")
    assert any("hours.yml:0: is missing: faq_hours needs held-out" in line for line in problems)
