"""The trained reader finds danger that no sign names, and may be missing."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from dripdesk import live
from dripdesk.danger import LEVELS
from dripdesk.encoder import EncoderError
from dripdesk.network import HEAD, Network
from dripdesk.reader import Reader
from dripdesk.settings import PROJECT

UNNAMED = [
    ("My son fell off the chair and his whole body went stiff and shook.", "emergency"),
    ("I don't see a reason to go on", "crisis"),
    ("She drank from the bottle under the sink.", "poison"),
]
ORDINARY = [
    "what time do you open",
    "does the needle stay in the whole time?",
    "is there wifi",
    "how much is an infusion without insurance",
    "thanks, see you tuesday",
]


@pytest.fixture(scope="module")
def reader() -> Reader:
    return Reader(live.network())


@pytest.mark.parametrize(("text", "level"), UNNAMED)
def test_danger_that_no_sign_names_is_found(text: str, level: str) -> None:
    assert live.screen().find(text) is None
    found = live.danger(text)
    assert found
    assert LEVELS.index(found.level) <= LEVELS.index(level)


@pytest.mark.parametrize("text", ORDINARY)
def test_an_ordinary_question_is_none(text: str) -> None:
    assert live.danger(text) is None


@pytest.mark.parametrize(
    ("text", "level"),
    [
        ("my chest feels like a truck parked on it but anyway whats ur fax", "emergency"),
        ("Which bus stops near you? By the way I sorted my pills for the week.", None),
        ("I had a lovely time. Is there wifi?", None),
    ],
)
def test_danger_beside_a_question_is_found_and_the_answer_follows(
    text: str, level: str | None
) -> None:
    found = live.danger(text)
    assert (found.level if found else None) == level
    assert not found or not found.sure


def test_chances_are_probabilities(reader: Reader) -> None:
    chances = reader.chances("my throat is closing")
    assert chances.shape == (len(LEVELS),)
    assert np.all(chances >= 0)
    assert 0 < chances.sum() <= 1


@pytest.mark.parametrize("end", [".", "and then"], ids=["sentences", "without an end"])
def test_danger_between_two_long_stories_is_found(reader: Reader, end: str) -> None:
    story = f"we drove home and had soup and watched the game with the neighbors {end} " * 8
    cry = "my mouth hangs down on one side and i cannot lift my cup"
    assert reader.read(f"{story} {cry} {end} {story}").danger
    assert reader.read(f"{story} {story}").danger is None


@pytest.mark.parametrize(
    ("chance", "topic", "is_danger"),
    [(0.9, 0.9, True), (0.75, 0.1, True), (0.75, 0.9, False), (0.6, 0.1, False)],
)
def test_what_is_not_likely_counts_where_no_topic_is_asked_about(
    reader: Reader, monkeypatch: pytest.MonkeyPatch, chance: float, topic: float, is_danger: bool
) -> None:
    monkeypatch.setattr(reader, "chances", lambda mended: np.array([chance, 0, 0, 0]))
    monkeypatch.setattr(reader, "_asks", lambda mended: topic)
    assert bool(reader.read(f"so {chance} {topic}").danger) is is_danger


@pytest.mark.parametrize("text", ["212.736.5000 ext 44", "(914) 681-0600", "212.736.5", "12/4"])
def test_a_number_is_no_danger(reader: Reader, text: str) -> None:
    found = reader.read(live.screen().mend(text))
    assert found.danger is None
    assert not found.is_harmless  # "911" is for the screen
    assert live.danger(f"{text} my throat is closing")


@pytest.mark.parametrize(
    "text",
    ["oxygen is 78 - 82", "fever 103.5 (104.1)", "my bp is 60 - 40", "i took 30-40 of them"],
)
def test_other_figures_are_read(reader: Reader, text: str) -> None:
    assert reader.read(live.screen().mend(text)).danger


@pytest.mark.parametrize(
    "text",
    [
        "911",
        "we need an ambulance",
        "my mom needs an ambulance",
        "send 911",
        "kitchens on fire",
        "the drapes and couch caught fire",
    ],
)
def test_who_calls_for_help_is_heard_whatever_the_reader_thinks(text: str) -> None:
    found = live.danger(text)
    assert found
    assert found.level == "emergency"


def test_what_is_not_read_whole_is_never_harmless(reader: Reader) -> None:
    assert reader.read("wifi?").is_harmless
    assert not reader.read(" ".join(["инфузионныйцентр"] * 20)).is_harmless


def test_a_text_is_read_once(monkeypatch: pytest.MonkeyPatch) -> None:
    reader, read = Reader(live.network()), list[str]()

    def dangers(text: str) -> NDArray[np.float64]:
        read.append(text)
        return np.zeros(5)

    monkeypatch.setattr(reader._other, "dangers", dangers)
    for _ in range(2):
        reader.read("my throat is closing")
    assert len(read) == 1


def test_a_sign_that_is_only_talked_about_is_none() -> None:
    text = "the EMT drill is a man who is not breathing, will the street be closed on Sunday"
    assert live.screen().find("a man who is not breathing")
    assert live.danger(text) is None


def test_without_the_reader_the_screen_works_alone(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def lost() -> None:
        raise EncoderError("models/reader/head.json cannot be read.")

    live.reader.cache_clear()
    monkeypatch.setattr(live, "network", lost)
    try:
        assert live.reader() is None
        found = live.danger("my throat is closing")
        talk = live.danger("I want to kill myself, i am so worried about my family")
    finally:
        live.reader.cache_clear()
    assert talk  # nobody can tell that it is only talk ...
    assert (talk.level, talk.sure) == ("crisis", False)  # ... or that it is not
    assert found
    assert found.sure
    assert found.level == "emergency"
    assert "Danger signs are found by the screen alone" in caplog.text


def test_a_reader_that_fails_takes_nothing_from_the_screen(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def fail(mended: str) -> None:
        raise RuntimeError

    monkeypatch.setattr(live.reader(), "read", fail)
    found = live.danger("my throat is closing")
    assert found
    assert found.level == "emergency"


def test_what_a_part_may_tell_is_not_ruled_out_by_the_whole(
    reader: Reader, monkeypatch: pytest.MonkeyPatch
) -> None:
    story = "we had soup . " * 20

    def chances(mended: str) -> NDArray[np.float64]:
        is_whole = len(mended.split()) > 60
        return np.array([0.001 if is_whole or "throat" not in mended else 0.5, 0, 0, 0])

    monkeypatch.setattr(reader, "chances", chances)
    opinion = reader.read(f"{story} my throat is closing . {story}")
    assert opinion.danger is None
    assert not opinion.is_harmless
    assert reader.read(f"{story} {story}").is_harmless


@pytest.mark.parametrize("damage", [None, "", "{}"])
@pytest.mark.parametrize("name", ["reader", "danger"])
def test_a_damaged_head_is_refused(tmp_path: Path, name: str, damage: str | None) -> None:
    for one in ("reader", "danger"):
        shutil.copytree(PROJECT / "models" / one, tmp_path / one)
    head = tmp_path / name / HEAD
    head.unlink()
    if damage is not None:
        head.write_text(damage)
    with pytest.raises(EncoderError, match="git checkout"):
        Reader(Network(tmp_path / "reader"), tmp_path / "danger")


@pytest.mark.parametrize(
    ("first", "other", "together"),
    [
        (0.5, 0.5, 0.5),
        (0.1, 0.9, 0.325),  # by odds: the third root of 1/9 times 1/9 times 9, to 1
        (0.9, 0.9, 0.9),
        (0.01, 0.99, 0.01),  # so unlikely that the other is not asked
    ],
)
def test_both_networks_are_heard(
    reader: Reader, monkeypatch: pytest.MonkeyPatch, first: float, other: float, together: float
) -> None:
    def says(chance: float) -> Callable[[str], NDArray[np.float64]]:
        return lambda text: np.log([1 - chance, chance, 1e-12, 1e-12, 1e-12])

    monkeypatch.setattr(reader._network, "dangers", says(first))
    monkeypatch.setattr(reader._other, "dangers", says(other))
    assert reader.chances("my throat is closing").sum() == pytest.approx(together, abs=1e-3)
