from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from rasa_sdk import Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions.answer import ActionAnswer
from dripdesk.estimate.slots import FIELDS
from dripdesk.fact_types import Notice
from dripdesk.facts import FactBook
from dripdesk.render import Responses
from tests.conftest import TODAY, BookOf


def tracker(intent: str, entities: list[dict[str, Any]] | None = None, **slots: Any) -> Tracker:
    message = {"intent": {"name": intent}, "entities": entities or []}
    return Tracker("me", slots, message, [], False, None, {}, "action_listen")


def run(action: ActionAnswer, tracker: Tracker) -> tuple[list[str], dict[str, Any]]:
    """Return the responses named, and the slots set."""
    dispatcher = CollectingDispatcher()
    events = action.run(dispatcher, tracker, {})
    said = [message["response"] for message in dispatcher.messages]
    return said, {event["name"]: event["value"] for event in events}


@pytest.mark.parametrize(
    ("intent", "clinic", "said", "offer"),
    [
        ("faq_hours", "fuse", "utter_faq_hours_unknown", "none"),
        ("faq_hours", "complete", "utter_faq_hours", "none"),
        ("faq_price", "fuse", "utter_faq_price_unknown", "estimate"),
        ("faq_price", "complete", "utter_faq_price", "estimate"),
        ("faq_infusion_duration", "fuse", "utter_faq_infusion_duration_any", "more"),
        ("faq_therapies_offered", "fuse", "utter_faq_therapies_offered_partly", "callback"),
        ("faq_therapies_offered", "complete", "utter_faq_therapies_offered", "callback"),
        ("faq_phone", "fuse", "utter_faq_phone", "none"),
    ],
)
def test_the_facts_choose_the_response(
    intent: str, clinic: str, said: str, offer: str, book_of: BookOf, responses: Responses
) -> None:
    action = ActionAnswer(lambda: book_of(clinic), lambda: responses)
    named, slots = run(action, tracker(intent))
    assert named == [said]
    assert slots["topic"] == intent
    assert slots["offer"] == offer


@pytest.mark.parametrize(
    ("clinic", "insurers", "said"),
    [
        ("complete", ["Aetna"], "utter_faq_insurance_company"),
        ("complete", ["UnitedHealthcare"], "utter_faq_insurance_company"),  # "United Healthcare"
        ("complete", ["Humana"], "utter_faq_insurance_company_no"),
        ("complete", ["Aetna", "Humana"], "utter_faq_insurance"),
        ("complete", ["Medicare"], "utter_faq_insurance"),  # no company has a list of it
        ("fuse", ["Aetna"], "utter_faq_insurance_unknown"),
    ],
)
def test_whether_a_company_is_on_the_list(
    clinic: str, insurers: list[str], said: str, book_of: BookOf, responses: Responses
) -> None:
    action = ActionAnswer(lambda: book_of(clinic), lambda: responses)
    entities = [{"entity": "insurer", "value": insurer} for insurer in insurers]
    assert run(action, tracker("faq_insurance", entities))[0] == [said]


def test_a_detail_is_told_in_place_of_the_topic(responses: Responses, book_of: BookOf) -> None:
    action = ActionAnswer(lambda: book_of("complete"), lambda: responses)
    asked = tracker("faq_payment_methods")
    asked.latest_message["text"] = "do you take my HSA"
    assert run(action, asked)[0] == ["utter_faq_payment_methods_hsa"]
    again = tracker("faq_insurance", topic="faq_insurance", offer="more")
    again.latest_message["text"] = "and out of network?"
    assert run(action, again)[0] == ["utter_faq_insurance_out_of_network"]


@pytest.mark.parametrize(
    ("intent", "drug", "said"),
    [
        ("faq_how_often", "vedolizumab", "utter_faq_how_often"),
        ("faq_how_often", "rituximab", "utter_faq_how_often_any"),  # we know no plan of it
        ("faq_infusion_duration", "tocilizumab", "utter_faq_infusion_duration"),
        ("faq_infusion_duration", "eculizumab", "utter_faq_infusion_duration_any"),
    ],
)
def test_of_a_medicine_what_we_know_of_it_is_told(
    intent: str, drug: str, said: str, book_of: BookOf, responses: Responses
) -> None:
    action = ActionAnswer(lambda: book_of("fuse"), lambda: responses)
    named, slots = run(action, tracker(intent, [{"entity": "drug", "value": drug}]))
    assert named == [said]
    assert slots["offer"] == "more"


@pytest.mark.parametrize(
    ("topic", "drug", "offer", "said"),
    [
        ("faq_how_often", None, "more", "utter_faq_how_often_more"),
        ("faq_how_often", None, "none", "utter_faq_how_often_any"),  # it was told already
        ("faq_how_often", "infliximab", "more", "utter_faq_how_often_any"),
        ("faq_parking", None, "more", "utter_faq_how_often_any"),
    ],
)
def test_what_was_answered_just_now_is_not_said_again(
    topic: str, drug: str | None, offer: str, said: str, book_of: BookOf, responses: Responses
) -> None:
    action = ActionAnswer(lambda: book_of("fuse"), lambda: responses)
    before = tracker("faq_how_often", topic=topic, drug=drug, treatment="infusion", offer=offer)
    assert run(action, before)[0] == [said]


def test_the_treatment_talked_about_is_remembered(book_of: BookOf, responses: Responses) -> None:
    action = ActionAnswer(lambda: book_of("fuse"), lambda: responses)
    assert run(action, tracker("faq_injection_types"))[1]["treatment"] == "injection"
    assert run(action, tracker("faq_wifi"))[1]["treatment"] is None


def with_notice(book: FactBook) -> FactBook:
    notices = (Notice("We are closed today.", TODAY, TODAY),)
    notice = replace(book.facts["notice"], value=notices, source="clinic:manager", as_of=TODAY)
    return replace(book, facts={**book.facts, "notice": notice})


def test_a_notice_is_told_first_where_it_matters(book_of: BookOf, responses: Responses) -> None:
    action = ActionAnswer(lambda: with_notice(book_of("complete")), lambda: responses)
    assert run(action, tracker("faq_hours"))[0] == ["utter_notice", "utter_faq_hours"]
    assert run(action, tracker("faq_injection_types"))[0] == ["utter_faq_injection_types"]


def test_a_notice_is_told_once_for_a_message(book_of: BookOf, responses: Responses) -> None:
    action = ActionAnswer(lambda: with_notice(book_of("complete")), lambda: responses)
    again = tracker("faq_hours")
    notice = {"event": "bot", "metadata": {"utter_action": "utter_notice"}}
    again.events = [
        {"event": "user", "message_id": "1"},
        notice,
        {"event": "user", "message_id": "1"},
    ]
    assert run(action, again)[0] == ["utter_faq_hours"]
    again.events = [*again.events, {"event": "user", "message_id": "2"}]
    assert run(action, again)[0] == ["utter_notice", "utter_faq_hours"]


def heard(*turns: list[str]) -> list[dict[str, Any]]:
    """Return the events of a talk in which these responses were said, and of one message more."""
    events: list[dict[str, Any]] = []
    for number, said in enumerate(turns):
        events.append({"event": "user", "message_id": str(number), "text": f"asked {number}"})
        events += [{"event": "bot", "metadata": {"utter_action": name}} for name in said]
    return [*events, {"event": "user", "message_id": "now", "text": "asked now"}]


SNACKS = "utter_faq_snacks"


@pytest.mark.parametrize(
    ("events", "said"),
    [
        (heard([SNACKS]), ["utter_same_answer", SNACKS]),
        (heard([SNACKS], ["utter_same_answer", SNACKS]), ["utter_no_more"]),
        (heard(["utter_same_answer", SNACKS], ["utter_no_more"]), [SNACKS]),
        (heard([SNACKS], ["utter_greet"]), [SNACKS]),
        (heard(["utter_faq_parking", SNACKS]), ["utter_same_answer", SNACKS]),
        ([*heard([SNACKS])[:-1], {"event": "session_started"}, *heard()], [SNACKS]),
    ],
)
def test_no_answer_is_said_twice_in_a_row(
    events: list[dict[str, Any]], said: list[str], book_of: BookOf, responses: Responses
) -> None:
    action = ActionAnswer(lambda: book_of("complete"), lambda: responses)
    asked = tracker("faq_snacks", topic="faq_snacks", drug=None, treatment=None, offer="none")
    asked.events = events
    assert run(action, asked)[0] == said


def test_who_asks_again_word_for_word_may_not_have_had_the_answer(
    book_of: BookOf, responses: Responses
) -> None:
    action = ActionAnswer(lambda: book_of("complete"), lambda: responses)
    asked = tracker("faq_snacks", topic="faq_snacks", offer="none")
    asked.events = heard([SNACKS])
    asked.events[-1]["text"] = asked.events[0]["text"].upper()
    assert run(action, asked)[0] == [SNACKS]


@pytest.mark.parametrize("intent", ["faq_price", "faq_missed_dose"])
def test_an_offer_or_911_is_said_again_all_the_same(
    intent: str, book_of: BookOf, responses: Responses
) -> None:
    action = ActionAnswer(lambda: book_of("complete"), lambda: responses)
    asked = tracker(intent, topic=intent, drug=None, treatment=None, offer="estimate")
    told = ["utter_same_answer", f"utter_{intent}"]
    asked.events = heard(told)
    assert run(action, asked)[0] == told


def test_what_is_declined_is_declined_again(book_of: BookOf, responses: Responses) -> None:
    action = ActionAnswer(lambda: book_of("complete"), lambda: responses)
    asked = tracker("clinical_advice", topic="clinical_advice", offer="none")
    asked.events = heard(["utter_clinical_advice"])
    assert run(action, asked)[0] == ["utter_clinical_advice"]


def test_the_same_text_about_another_medicine_is_another_answer(
    book_of: BookOf, responses: Responses
) -> None:
    action = ActionAnswer(lambda: book_of("fuse"), lambda: responses)
    entities = [{"entity": "drug", "value": "infliximab"}]
    asked = tracker("faq_how_often", entities, topic="faq_how_often", drug="vedolizumab")
    asked.events = heard(["utter_faq_how_often"])
    assert run(action, asked)[0] == ["utter_faq_how_often"]


def test_figures_of_an_estimate_go_with_the_next_topic_and_only_then(
    book_of: BookOf, responses: Responses
) -> None:
    action = ActionAnswer(lambda: book_of("fuse"), lambda: responses)
    figures = ("private", "1200", "300", "20%", "4000")
    made: dict[str, Any] = dict(zip(FIELDS, figures, strict=True))
    _, slots = run(action, tracker("faq_hours", **made))
    assert {name: slots.get(name, "") for name in FIELDS} == dict.fromkeys(FIELDS)
    _, slots = run(action, tracker("faq_hours"))
    assert not slots.keys() & {*FIELDS}  # each would be one more event to store
