from __future__ import annotations

import pytest

from dripdesk.language import is_question, is_spanish


@pytest.mark.parametrize(
    "text",
    [
        "¿Cuánto cuesta?",
        "cuanto cuesta la infusion",
        "hola, a que hora abren",
        "donde esta la clinica",
        "necesito ayuda por favor",
        "hablan espanol en la clinica",
        "no puedo respirar",
        "se me cierra la garganta",
        "mi nieta masticó uno de mis parches",
        "quiero morir",
    ],
)
def test_spanish(text: str) -> None:
    assert is_spanish(text)


@pytest.mark.parametrize(
    "text",
    [
        "how much does it cost",
        "do you speak Spanish? my son does",
        "is there a se habla espanol sign",
        "y do i need a drip",
        "combien ça coûte",
        "me and my son",
        "see ya",
        "Mamá only watches her telenovelas",
        "is Dr. Peña in today",
        "",
    ],
)
def test_not_spanish(text: str) -> None:
    assert not is_spanish(text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("will it hurt", True),
        ("Don\u2019t you have wifi", True),
        ("will be late to my infusion", False),
        ("Would like to talk about a bill", False),
        ("dont know the way", False),
        ("will be late, is that ok?", True),
        ("will", True),
        ("my bill", False),
    ],
)
def test_a_question_has_the_form_of_one(text: str, expected: bool) -> None:
    assert is_question(text) is expected
