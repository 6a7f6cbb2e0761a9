"""Every claim of the clinic's page is told, told corrected, or left out with a reason.

tests/claims.tsv gives for each the topic, and words of it that a patient of Fuse Infusion reads.
"""

from __future__ import annotations

import csv

import pytest

from dripdesk.render import Responses, choose, fill, metadata, pick, render
from dripdesk.settings import PROJECT
from tests.conftest import BookOf

with (PROJECT / "tests" / "claims.tsv").open(encoding="utf-8") as file:
    ROWS = list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))


def test_all_are_accounted_for() -> None:
    assert [row["claim"] for row in ROWS] == [f"C{number:03}" for number in range(1, 103)]
    assert {row["how"] for row in ROWS} == {"told", "corrected", "left out"}
    assert sum(row["how"] != "left out" for row in ROWS) >= 95
    assert [row["claim"] for row in ROWS if row["how"] != "told" and not row["reason"]] == []


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["claim"])
def test_its_words_are_read(row: dict[str, str], book_of: BookOf, responses: Responses) -> None:
    if row["how"] == "left out":
        assert row["words"] == ""
        return
    book = book_of("fuse")
    base = f"utter_faq_{row['topic']}"
    texts = render(responses, base, "web", book)
    names = [choose(responses, base, book)]
    if f"{base}_more" in responses and choose(responses, f"{base}_more", book) == f"{base}_more":
        texts.append(fill(pick(responses, f"{base}_more", "web"), book)[0])
        names.append(f"{base}_more")
    assert len(row["words"].split()) >= 3
    assert row["words"] in " ".join(texts)
    listed = [claim for name in names for claim in metadata(responses[name][0]).get("claims", [])]
    base_listed = metadata(responses[base][0]).get("claims", [])
    assert row["claim"] in [*listed, *base_listed]
