"""What the table of `make benchmark` makes of figures: not how fast anything is."""

from __future__ import annotations

import os
from itertools import islice
from pathlib import Path

import pytest

from benchmarks.speed.processes import Process, StartError, free_port, resident, running
from benchmarks.speed.rows import Own, Row, Runs, Wanted
from benchmarks.speed.sides import ENVIRONMENT, PYTHON
from benchmarks.speed.sizes import needed
from benchmarks.speed.talk import FOLLOW_UPS, TURNS, endless, garbled, some

HALF = Wanted(1 / 2, 1 / 4)


def test_steady_runs_give_a_ratio_of_medians() -> None:
    row = Row("turn", "ms", Runs([100, 110, 120]), Runs([20, 22, 21]), HALF)
    assert row.cells == ("turn", "110 ms", "21 ms", "0.191", "0.500 (0.250)", "goal met")
    assert row.is_met


def test_where_runs_scatter_the_worse_end_counts() -> None:
    row = Row("turn", "ms", Runs([100, 100, 100]), Runs([20, 30, 60]), HALF)
    assert row.cells[2:] == ("20 to 60 ms", "0.200 to 0.600", "0.500 (0.250)", "missed")
    assert not row.is_met
    slow = Row("turn", "ms", Runs([50, 100, 100]), Runs([20, 20, 20]), HALF)
    assert slow.cells[1:4] == ("50 to 100 ms", "20 ms", "0.200 to 0.400")
    assert slow.cells[-1] == "met"


def test_of_what_should_be_high_the_ratio_is_turned_round() -> None:
    row = Row("rate", "/s", Runs([40]), Runs([160]), Wanted(1 / 5, 1 / 8), more_is_better=True)
    assert row.cells[3:] == ("0.250", "0.200 (0.125)", "missed")


def test_what_was_stopped_is_only_a_lower_bound() -> None:
    row = Row("turn 5000", "ms", Runs([800]), Runs([4]), stopped=True)
    assert row.cells == ("turn 5000", "> 800 ms", "4 ms", "< 0.005", "", "")
    training = Row("training", "s", Runs([100]), Runs([60]), HALF, stopped=True)
    assert training.cells[3:] == ("< 0.600", "0.500 (0.250)", "open")
    assert Row("training", "s", Runs([100]), Runs([40]), HALF, stopped=True).cells[-1] == "met"


@pytest.mark.parametrize(("values", "verdict"), [([50, 50, 55], "met"), ([50, 50, 80], "missed")])
def test_figures_of_our_own(values: list[float], verdict: str) -> None:
    assert Own("delay", "ms", Runs(values), 60).cells[-1] == verdict


def test_talks_are_the_same_each_time() -> None:
    talks = some(20)
    assert talks == some(20)
    assert [len(talk) for talk in talks] == [TURNS] * 20
    assert all(sum(text in FOLLOW_UPS for text in talk) == 3 for talk in talks)
    assert list(islice(endless(), 200)) == [text for talk in talks for text in talk]


def test_a_garbled_message_is_as_long_as_asked_for() -> None:
    assert len(garbled(2000)) == 2000
    assert len(set(garbled(2000).split())) > 200


def test_a_package_brings_what_it_requires() -> None:
    assert {"rasa", "sanic", "sanic-routing"} <= set(needed(["rasa"]))
    assert "pytest" not in needed(["rasa"])


def test_a_server_is_started_weighed_and_stopped(tmp_path: Path) -> None:
    port = free_port()
    echo = Process([PYTHON, "-m", "benchmarks.speed.echo", str(port)], f"http://127.0.0.1:{port}/")
    core = min(os.sched_getaffinity(0))
    with running([echo], ENVIRONMENT, core, tmp_path / "log") as (pids, seconds):
        assert seconds > 0
        assert resident(pids) > 1
        assert os.sched_getaffinity(pids[0]) == {core}
    assert not Path(f"/proc/{pids[0]}").exists()


def test_a_server_that_does_not_start_says_why(tmp_path: Path) -> None:
    broken = Process([PYTHON, "-c", "raise SystemExit('no port')"], "http://127.0.0.1:9/")
    with (
        pytest.raises(StartError, match="no port"),
        running([broken], ENVIRONMENT, min(os.sched_getaffinity(0)), tmp_path / "log"),
    ):
        pass
