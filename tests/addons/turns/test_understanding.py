"""What a message asks, in the light of what was talked about."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, cast

import pytest
from rasa.core.processor import MessageProcessor

from addons.threads import Threads
from addons.turns.safety import still_in_danger
from addons.turns.understanding import (
    IDLE,
    REPLIES,
    Context,
    Parsed,
    Understanding,
    is_idle,
    says_nothing,
    with_detail,
    with_one_form,
    with_treatment,
)
from dripdesk import live
from dripdesk.intents import FALLBACK


def parsed(
    text: str, intent: str, named: Mapping[str, str] = MappingProxyType({}), leans: bool = False
) -> Parsed:
    """Return what is understood of a text in which these names stand as they are."""
    entities: list[dict[str, Any]] = [
        {"entity": name, "value": value, "start": text.index(value), "end": len(value)}
        for name, value in named.items()
    ]
    for one in entities:
        one["end"] += one["start"]
    ranking = [{"name": intent, "confidence": 0.6}]
    return {
        "text": text,
        "intent": ranking[0],
        "intent_ranking": ranking,
        "entities": entities,
        "leans": leans,
    }


@pytest.mark.parametrize(
    ("topic", "text", "named", "expected"),
    [
        ("faq_infusion_duration", "and for injection?", {"treatment": "injection"},
         "faq_injection_duration"),
        ("faq_injection_duration", "what about an infusion", {"treatment": "infusion"},
         "faq_infusion_duration"),
        ("faq_infusion_duration", "an infusion, ok", {"treatment": "infusion"},
         "faq_infusion_duration"),
        ("faq_price", "and for injection?", {"treatment": "injection"}, "faq_price"),
        ("faq_specific_drug", "what about infliximab", {"drug": "infliximab"},
         "faq_specific_drug"),
        ("faq_parking", "what about infliximab", {"drug": "infliximab"}, "faq_specific_drug"),
        ("faq_parking", "and for injection?", {"treatment": "injection"}, "faq_parking"),
        ("faq_price", "is infliximab safe?", {"drug": "infliximab"}, "faq_wifi"),
        ("faq_price", "what about parking", {}, "faq_wifi"),
        ("faq_price", "whats an infusion", {"treatment": "infusion"}, "faq_wifi"),
        (None, "infliximab?", {"drug": "infliximab"}, "faq_wifi"),
    ],
)  # fmt: skip
def test_what_only_names_another_thing_asks_the_same_of_it(
    topic: str | None, text: str, named: dict[str, str], expected: str
) -> None:
    found = Context(topic).bare(parsed(text, "faq_wifi", named))
    assert found["intent"]["name"] == expected


@pytest.mark.parametrize(
    ("topic", "text", "understood", "expected"),
    [
        ("faq_price", "they allow 2400", "faq_price", "estimate_cost"),
        ("faq_insurance", "they allow 1800", "nlu_fallback", "estimate_cost"),
        ("faq_medicare_medicaid", "allowed is 2400", "faq_billing", "estimate_cost"),
        ("faq_price", "my copay is $40", "faq_copay_deductible", "estimate_cost"),
        ("faq_price", "is 2400 allowed a lot?", "faq_price", "faq_price"),
        ("faq_price", "still too much", "faq_price", "faq_price"),
        ("faq_price", "the hospital charged me 9000", "faq_cost_vs_hospital",
         "faq_cost_vs_hospital"),
        ("faq_price", "my copay is $40, may i leave early", "affirm", "affirm"),
        ("faq_price", "no, my copay is $40 already", "faq_price", "faq_price"),
        ("faq_price", "last time i was charged 900", "faq_price", "faq_price"),
        ("faq_price", "mi copay es de $40", "faq_price", "faq_price"),
        ("faq_price", "my copay is $40", "faq_parking", "faq_parking"),
        ("faq_parking", "they allow 2400", "nlu_fallback", "nlu_fallback"),
        (None, "they allow 2400", "faq_price", "faq_price"),
    ],
)  # fmt: skip
def test_a_figure_of_a_plan_after_talk_of_money_begins_an_estimate(
    topic: str | None, text: str, understood: str, expected: str
) -> None:
    found = Context(topic).accepted(parsed(text, understood))
    assert found["intent"]["name"] == expected


def about(found: Parsed) -> dict[str, str]:
    return {one["entity"]: one["value"] for one in found["entities"]}


def test_what_leans_is_about_what_was_talked_about() -> None:
    context = Context("faq_specific_drug", "infliximab", "infusion")
    found = context.carried(parsed("how much is it", "faq_price", leans=True))
    assert about(found) == {"drug": "infliximab", "treatment": "infusion"}
    assert "leans" not in found


def test_what_does_not_lean_or_names_its_own_is_not() -> None:
    context = Context("faq_specific_drug", "infliximab", "infusion")
    assert about(context.carried(parsed("is there wifi", "faq_wifi"))) == {}
    other = parsed("how much is vedolizumab", "faq_price", {"drug": "vedolizumab"}, leans=True)
    assert about(context.carried(other)) == {"drug": "vedolizumab"}


def test_the_context_after_a_question() -> None:
    before = Context("faq_hours", "infliximab", "infusion")
    asked = parsed("how much is vedolizumab", "faq_price", {"drug": "vedolizumab"})
    assert before.after(asked) == Context("faq_price", "vedolizumab", None)
    assert before.after(parsed("thanks", "thanks")) == before


@pytest.mark.parametrize(
    ("text", "named", "expected"),
    [
        ("will the intravenous one sting", {"route": "intravenous"}, "infusion"),
        ("the subcutaneous kind", {"route": "subcutaneous"}, "injection"),
        ("is an injection intramuscular", {"treatment": "injection", "route": "intramuscular"},
         "injection"),
        ("how about wifi", {}, None),
    ],
)  # fmt: skip
def test_a_route_tells_the_treatment(
    text: str, named: dict[str, str], expected: str | None
) -> None:
    found = with_treatment(parsed(text, "faq_wifi", named))
    assert about(found).get("treatment") == expected


def test_two_routes_tell_nothing() -> None:
    found = parsed("intravenous it was", "faq_wifi", {"route": "intravenous"})
    found["entities"] = found["entities"] * 2
    assert "treatment" not in about(with_treatment(found))


def test_only_a_route_asks_the_same_of_the_other_treatment() -> None:
    asked = with_treatment(parsed("and for intravenous?", "faq_wifi", {"route": "intravenous"}))
    found = Context("faq_injection_duration").bare(asked)
    assert found["intent"]["name"] == "faq_infusion_duration"


@pytest.mark.parametrize(
    ("text", "intent", "expected"),
    [
        ("thanks a lot.", "thanks", True),
        ("ok and", "affirm", True),
        ("yes please", "affirm", False),  # there may be an offer
        ("where are you", "faq_location", False),
    ],
)
def test_a_part_that_asks_for_nothing(text: str, intent: str, expected: bool) -> None:
    assert is_idle(parsed(text, intent)) is expected


@pytest.mark.parametrize(
    ("text", "intent", "expected"),
    [
        ("im on entyvio", "nlu_fallback", True),
        ("what of the blorg?", "nlu_fallback", False),  # it is told that it is not understood
        ("i go to school", "faq_hours", False),
    ],
)
def test_a_part_that_says_nothing(text: str, intent: str, expected: bool) -> None:
    assert says_nothing(parsed(text, intent)) is expected


def test_yes_means_something_only_where_something_was_offered() -> None:
    part = parsed("yes", "affirm")
    assert not is_idle(part)
    assert is_idle(part, IDLE | REPLIES)


def test_a_wish_for_a_form_is_no_yes_besides() -> None:
    yes, call, cost = (
        parsed("text", intent, {}) for intent in ("affirm", "request_callback", "estimate_cost")
    )
    assert with_one_form([yes, call]) == [call]
    assert with_one_form([call, cost]) == [call]
    assert with_one_form([yes, cost]) == [cost]
    assert with_one_form([yes]) == [yes]


def test_a_medicine_named_before_a_question_is_what_it_is_about() -> None:
    named = parsed("im on vedolizumab", "nlu_fallback", {"drug": "vedolizumab"})
    context = Context("faq_parking", "infliximab").after(named)
    assert context == Context("faq_parking", "vedolizumab")
    assert context.after(parsed("hm", "clinical_advice")) == context
    assert context.after(parsed("and wifi", "faq_wifi")) == Context("faq_wifi")


@pytest.mark.parametrize(
    ("text", "looks", "chance", "meant"),
    [
        ("walkins welcome?", "faq_accessibility", 0.4, "faq_book_appointment"),
        ("walkins welcome?", "faq_accessibility", 0.95, "faq_accessibility"),
        ("i lost my husband in may", "nlu_fallback", 1.0, "nlu_fallback"),
        ("i left my glasses there", "nlu_fallback", 1.0, "faq_talk_to_person"),
        ("i left my glasses there", "out_of_scope", 0.5, "faq_talk_to_person"),
        ("how long to smoke a pork butt", "out_of_scope", 0.99, "out_of_scope"),
        ("is wine ok", "faq_snacks", 0.4, "faq_snacks"),
        ("thanks, i left my card at home", "thanks", 0.5, "thanks"),
    ],
)
def test_what_is_not_sure_is_about_the_detail_that_is_named(
    text: str, looks: str, chance: float, meant: str
) -> None:
    one = parsed(text, looks)
    one["intent"]["confidence"] = chance
    assert with_detail(one)["intent"]["name"] == meant


def test_who_reaches_nobody_in_danger_is_told_of_the_danger_again() -> None:
    one = with_detail(parsed("no one answers", "nlu_fallback"))
    assert one["intent"]["name"] == "faq_talk_to_person"
    (first,) = still_in_danger([one], "emergency", is_over=False)
    assert first["intent"]["name"] == "emergency"


def test_what_seems_to_be_about_the_topic_before_is_about_the_detail_that_is_named() -> None:
    one = parsed("what if i have a bad reaction", "faq_pain_needle_fear")
    one["intent"]["confidence"] = 0.9
    assert with_detail(one, "faq_price")["intent"]["name"] == "faq_pain_needle_fear"
    assert with_detail(one, "faq_pain_needle_fear")["intent"]["name"] == "faq_side_effects"


@pytest.mark.parametrize(
    ("text", "context", "expected"),
    [
        ("It has been a long year for us. Is there parking?", Context(), "Is there parking?"),
        ("It has been a long year for us. Is there parking?", None, None),
        ("It has been a long year for us. Am I a robot?", Context(), None),
        ("Is it? Is there parking?", Context(), None),
    ],
)
def test_the_one_question_of_a_text_is_read_by_itself_outside_of_a_form(
    text: str, context: Context | None, expected: str | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def parse(
        _: Understanding, _processor: object, part: str, *_context: object
    ) -> tuple[Parsed, list[str]]:
        found = parsed(part, "faq_parking" if part == "Is there parking?" else FALLBACK)
        found["intent"]["confidence"] = 0.9
        return found, [part]

    monkeypatch.setattr(Understanding, "_parse", parse)
    monkeypatch.setattr(live, "has_read", lambda _: True)
    understanding = Understanding(cast(Threads, None))
    (found,) = asyncio.run(understanding.read(cast(MessageProcessor, None), text, context))
    assert found["text"] == (expected or text)
    assert found["intent"]["name"] == ("faq_parking" if expected else FALLBACK)
