"""What gateways say when the assistant cannot: 911, and the clinic's number."""

from __future__ import annotations

import json
import re
import sys
from dataclasses import replace
from pathlib import Path
from xml.dom import minidom

import pytest

from dripdesk import gateway_config
from dripdesk.fact_files import load_facts
from dripdesk.settings import PROJECT, Settings
from dripdesk.texts import sms_segments

WEB = (
    "I am sorry, I cannot answer right now. In an emergency, call 911. "
    "For anything else, please call 914-460-4891."
)
SMS = (
    "Sorry, I cannot answer right now. Emergency? CALL 911. "
    "Anything else? Please call 914-460-4891."
)


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(sys, "argv", ["gateway_config", str(tmp_path / "out")])
    assert gateway_config.main() == 0
    return tmp_path / "out"


def test_nginx_has_a_page_and_json(folder: Path) -> None:
    page = (folder / "nginx-error.html").read_text("utf-8")
    assert f"<p>{WEB}</p>" in page
    assert "<script" not in page
    error = json.loads((folder / "nginx-error.json").read_text("utf-8"))
    assert error == {"error": {"code": "failed", "text": WEB}}


def test_twilio_has_a_fallback(folder: Path) -> None:
    message = minidom.parse(str(folder / "twiml-fallback.xml")).getElementsByTagName("Message")[0]  # noqa: S318 (we wrote it)
    assert message.firstChild.data == SMS  # type: ignore[union-attr]
    assert sms_segments(SMS) == 1


def test_kannel_has_a_line_for_each_failure(folder: Path) -> None:
    *lines, last = (folder / "kannel-replies.conf").read_text("utf-8").splitlines()
    assert [re.fullmatch(r'(reply-[a-z]+) = "(.*)"', line)[2] for line in lines] == [SMS] * 3  # type: ignore[index]
    assert last == 'reply-emptymessage = ""'  # silence is silence


def test_it_says_for_whom_the_texts_speak(capsys: pytest.CaptureFixture[str], folder: Path) -> None:
    said = capsys.readouterr().out.splitlines()[-1]
    assert "914-460-4891" in said
    assert str(PROJECT / "data" / "clinic") in said


def test_a_clinic_name_cannot_break_the_page(tmp_path: Path) -> None:
    clinic = tmp_path / "clinic.yml"
    clinic.write_text(
        "clinic_name: {value: 'A <b>&amp; B', source: 'clinic:desk', as_of: '2026-11-22'}\n"
    )
    files = gateway_config.files(load_facts(replace(Settings(), clinic_facts=clinic)))
    assert "<title>A &lt;b&gt;&amp;amp; B</title>" in files["nginx-error.html"]


def test_facts_that_cannot_be_read_are_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("CLINIC_FACTS", str(tmp_path / "none"))
    monkeypatch.setattr(sys, "argv", ["gateway_config", str(tmp_path / "out")])
    assert gateway_config.main() == 1
    assert "Check CLINIC_FACTS" in capsys.readouterr().err
    assert not (tmp_path / "out").exists()
