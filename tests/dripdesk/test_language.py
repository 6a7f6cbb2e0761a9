from __future__ import annotations

import pytest

from dripdesk.language import is_spanish


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
