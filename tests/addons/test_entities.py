from __future__ import annotations

import pytest

from addons.nlu.entities import VocabularyEntities

FINDER = VocabularyEntities()


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("do you give Remicade", [("drug", "infliximab")]),
        ("DO YOU GIVE INFLIXIMAB?", [("drug", "infliximab")]),
        ("simponi aria or benlysta?", [("drug", "golimumab"), ("drug", "belimumab")]),
        ("is simponi another one", [("drug", "golimumab sc")]),
        ("ocrevus zunovo", [("drug", "ocrelizumab sc")]),
        ("ocrevus", [("drug", "ocrelizumab")]),
        ("xgeva every month", [("drug", "denosumab 120 mg")]),
        ("is remicaid or entivio given", [("drug", "infliximab"), ("drug", "vedolizumab")]),
        ("Gamunex-C please", [("drug", "immune globulin")]),
        ("B12 shots", [("drug", "cyanocobalamin"), ("treatment", "injection")]),
        ("is it IV or subq", [("route", "intravenous"), ("route", "subcutaneous")]),
        ("an IM shot", [("route", "intramuscular")]),
        ("an im shot", [("route", "intramuscular")]),
        ("IM SO TIRED, DO I NEED MY ID", []),
        ("does the drip go into a vein", [("treatment", "infusion"), ("route", "intravenous")]),
        ("do u take bcbs or aetna", [("insurer", "Blue Cross Blue Shield"), ("insurer", "Aetna")]),
        ("Medicare Advantage, not medicaid", [("insurer", "Medicare Advantage"),
                                              ("insurer", "Medicaid")]),
        ("united health care", [("insurer", "UnitedHealthcare")]),
        ("cheaper than the hospital", [("setting", "hospital")]),
        ("can a nurse come to my home", [("setting", "patient's home")]),
        ("who drives me home", []),
        ("my doctor’s office said", [("setting", "doctor's office")]),
        ("I have Crohn’s and RA", [("condition", "Crohn's disease"),
                                        ("condition", "rheumatoid arthritis")]),
        ("for multipel sclerosis", [("condition", "multiple sclerosis")]),
        ("two hours for $300", [("duration", "PT2H"), ("money", "300")]),
        ("how long does it take", []),
        ("", []),
    ],
)  # fmt: skip
def test_find(text: str, found: list[tuple[str, str]]) -> None:
    assert [(e["entity"], e["value"]) for e in FINDER.find(text)] == found


def test_the_place_in_the_text_is_given() -> None:
    (entity,) = FINDER.find("is venofer given here")
    assert (entity["start"], entity["end"]) == (3, 10)
    assert entity["extractor"] == "VocabularyEntities"


@pytest.mark.parametrize("text", ["\U0001f600" * 500, "\ud83d", "x" * 2000, "\x00 \n\t", "$½"])
def test_odd_messages_name_nothing(text: str) -> None:
    assert FINDER.find(text) == []


def test_no_word_that_somebody_types_is_kept() -> None:
    before = len(FINDER._vocab.strings)
    FINDER.find("my name is Zora Quillfeather and my number is 718-555-0186, is remicade given")
    assert len(FINDER._vocab.strings) == before
