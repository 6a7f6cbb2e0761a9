"""The network sees a text where it stands, and does not look twice."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from dripdesk.encoder import DIMENSIONS, MAX_TOKENS
from dripdesk.network import Network
from dripdesk.settings import PROJECT


@pytest.fixture(scope="module")
def network() -> Network:
    return Network(PROJECT / "models" / "reader")


class Counted:
    """Counts how often a network runs."""

    def __init__(self, session: Any) -> None:
        self.session, self.runs = session, 0

    def run(self, *args: Any) -> Any:
        """Run it."""
        self.runs += 1
        return self.session.run(*args)


@pytest.mark.parametrize("title", [None, "Parking"])
def test_each_token_has_its_place_in_the_text(network: Network, title: str | None) -> None:
    text = "is there wifi and where do i park"
    seen = network.read(text, title)
    assert len(seen.starts) == len(seen.cuts)
    words = [text.index(word) for word in ("there", "wifi", "and", "where", "park")]
    assert set(words) <= set(seen.starts)
    assert seen.embedding.shape == (DIMENSIONS,)
    assert np.linalg.norm(seen.embedding) == pytest.approx(1, abs=1e-5)


def test_what_stands_before_a_text_counts(network: Network) -> None:
    alone, behind = (network.read("and on saturday?", title) for title in (None, "Opening hours"))
    assert alone.embedding @ behind.embedding < 0.99


def test_a_title_is_left_out_where_there_is_no_room(network: Network) -> None:
    text = "where do i park " * 14
    assert network.reads_whole(text)
    assert np.array_equal(network.read(text, "Parking " * 9).embedding, network.embed(text))


def test_of_a_long_text_the_ends_are_embedded_and_the_beginning_is_read(network: Network) -> None:
    long = "we drove home and had soup " * 20
    assert not network.reads_whole(long)
    assert len(network.read(long).starts) == MAX_TOKENS
    other = f"{long} where do i park"
    assert np.array_equal(network.read(long).embedding, network.read(other).embedding)
    assert not np.array_equal(network.embed(long), network.embed(other))


def test_a_text_is_looked_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    network = Network(PROJECT / "models" / "reader")
    counted = Counted(network._session)
    monkeypatch.setattr(network, "_session", counted)
    for _ in range(2):
        network.embed("where do i park")
        network.read("Where do I park")
    assert counted.runs == 1
    network.read("where do i park", "Parking")
    assert counted.runs == 2


def test_half_a_surrogate_pair_is_read(network: Network) -> None:
    assert len(network.read("half a pair \ud83d", "Parking").starts)
