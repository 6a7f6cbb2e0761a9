"""Details: the matter that a question names within its topic, and the topic that it tells."""

from __future__ import annotations

from typing import Any

import pytest

from dripdesk import live
from dripdesk.details import Details


def _response(*words: str, tells: bool = False) -> list[dict[str, Any]]:
    about = {"words": [*words], "tells_topic": tells}
    return [{"text": "...", **({"metadata": about} if words else {})}]


MADE_UP = Details(
    {
        "utter_faq_pay": _response(),
        "utter_faq_pay_more": _response(),
        "utter_faq_pay_hsa": _response("hsa", "flex card", tells=True),
        "utter_faq_pay_parts": _response("in parts"),
        "utter_faq_pay_card": [{"text": "", "metadata": {"words": ["card"], "unless": ["hsa"]}}],
        "utter_faq_pay_parts_unknown": _response(),
        "utter_faq_bill": _response(),
        "utter_faq_bill_parts": _response("in parts", tells=True),
        "utter_faq_bill_codes": _response("code"),
    }
)


@pytest.mark.parametrize(
    ("topic", "text", "response"),
    [
        ("faq_pay", "do you take HSA?", "utter_faq_pay_hsa"),
        ("faq_pay", "hsas ok", "utter_faq_pay_hsa"),
        ("faq_pay", "my Flex-card", "utter_faq_pay_hsa"),
        ("faq_pay", "in parts, or by hsa", "utter_faq_pay_parts"),
        ("faq_bill", "can it be paid in parts", "utter_faq_bill_parts"),
        ("faq_pay", "how do I pay", None),
        ("faq_pay", "nhsa", None),
        ("faq_pay", "by card?", "utter_faq_pay_card"),
        ("faq_pay", "the card of my hsa", "utter_faq_pay_hsa"),
        ("faq_bill", "hsa", None),
        ("faq_pay", "word " * 24 + "hsa", "utter_faq_pay_hsa"),
        ("faq_pay", "word " * 25 + "hsa", None),
    ],
)
def test_the_detail_that_a_question_names(topic: str, text: str, response: str | None) -> None:
    assert MADE_UP.of(topic, text) == response


def test_some_details_tell_the_topic() -> None:
    assert MADE_UP.topic("and hsa?") == "faq_pay"
    assert MADE_UP.topic("hsa, in parts?") is None
    assert MADE_UP.topic("the codes") is None
    assert MADE_UP.topic("with cash") is None
    assert MADE_UP.topic("word " * 15 + "hsa") is None


def test_every_detail_is_found_by_each_of_its_words() -> None:
    count = 0
    for name, texts in live.responses().items():
        for word in _about(texts).get("words", []):
            topics = [one for one in _topics() if name.startswith(f"utter_{one}_")]
            assert [live.details().of(topic, f"and {word}, please") for topic in topics] == [name]
            count += 1
    assert count > 100


def _topics() -> list[str]:
    texts = live.responses().items()
    return [n.removeprefix("utter_") for n, some in texts if "title" in _about(some)]


def _about(texts: list[dict[str, Any]]) -> dict[str, Any]:
    return texts[0].get("metadata") or {}
