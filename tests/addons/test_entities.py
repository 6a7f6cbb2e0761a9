from __future__ import annotations

import pytest

from addons.nlu.entities import VocabularyEntities

FINDER = VocabularyEntities(["drug"])


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("do you give Remicade", [("drug", "infliximab")]),
        ("DO YOU GIVE INFLIXIMAB?", [("drug", "infliximab")]),
        ("simponi aria or benlysta?", [("drug", "golimumab"), ("drug", "belimumab")]),
        ("ocrevus zunovo", [("drug", "ocrelizumab sc")]),
        ("ocrevus", [("drug", "ocrelizumab")]),
        ("is remicaid or entivio given", [("drug", "infliximab"), ("drug", "vedolizumab")]),
        ("how long does it take", []),
        ("", []),
    ],
)  # fmt: skip
def test_find(text: str, found: list[tuple[str, str]]) -> None:
    assert [(e["entity"], e["value"]) for e in FINDER.find(text)] == found


def test_the_place_in_the_text_is_given() -> None:
    (entity,) = FINDER.find("is venofer given here")
    assert (entity["start"], entity["end"]) == (3, 10)
