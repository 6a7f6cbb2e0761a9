from __future__ import annotations

import shutil
from pathlib import Path

import numpy as np
import pytest

from dripdesk.encoder import DIMENSIONS, MODEL, SUMS, VOCABULARY, Encoder, EncoderError
from dripdesk.settings import PROJECT

FOLDER = PROJECT / "models" / "encoder"
ODD = [
    pytest.param("", id="empty"),
    pytest.param(" \n\t", id="blank"),
    pytest.param("👍🏽😀❤️", id="emoji"),
    pytest.param("пожалуйста помогите", id="cyrillic"),
    pytest.param("请问几点开门", id="chinese"),
    pytest.param("كم التكلفة", id="arabic"),
    pytest.param("\x00\x07\ufffd", id="control characters"),
    pytest.param("half a pair \ud83d", id="surrogate"),
    pytest.param("[CLS] [SEP] [MASK]", id="special tokens"),
]


@pytest.fixture(scope="module")
def encoder() -> Encoder:
    return Encoder(FOLDER)


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    return Path(shutil.copytree(FOLDER, tmp_path / "encoder"))


def test_an_embedding_is_a_unit_vector(encoder: Encoder) -> None:
    vector = encoder.embed("do you have wifi")
    assert vector.shape == (DIMENSIONS,)
    assert vector.dtype == np.float32
    assert np.linalg.norm(vector) == pytest.approx(1, abs=1e-5)


def test_like_meanings_are_near(encoder: Encoder) -> None:
    wifi, internet, cost = encoder.embed_all(
        ["do you have wifi", "is there internet", "how much does it cost"]
    )
    assert wifi @ internet > wifi @ cost + 0.2


def test_case_and_accents_do_not_count(encoder: Encoder) -> None:
    assert np.array_equal(encoder.embed("¿CUÁNTO CUESTA?"), encoder.embed("¿cuanto cuesta?"))


def test_embed_all_gives_rows(encoder: Encoder) -> None:
    texts = ["hello", "where do I park when I come for my infusion"]
    assert np.array_equal(encoder.embed_all(texts), [encoder.embed(text) for text in texts])
    assert encoder.embed_all([]).shape == (0, DIMENSIONS)


@pytest.mark.parametrize("text", ODD)
def test_any_text_has_an_embedding(encoder: Encoder, text: str) -> None:
    assert np.linalg.norm(encoder.embed(text)) == pytest.approx(1, abs=1e-5)


def test_of_a_long_message_the_beginning_and_the_end_are_read(encoder: Encoder) -> None:
    question = "when can I come in for my infusion? "
    talk = "we had a lovely day at the lake. " * 20
    vector = encoder.embed(question + talk + question)
    assert np.linalg.norm(vector) == pytest.approx(1, abs=1e-5)
    assert np.array_equal(vector, encoder.embed(question + talk * 3 + question))
    asked = encoder.embed(question)
    assert asked @ encoder.embed(talk + question) > asked @ encoder.embed(talk) + 0.2
    assert asked @ encoder.embed(question + talk) > asked @ encoder.embed(talk) + 0.2


def test_it_is_deterministic(encoder: Encoder) -> None:
    text = "can my daughter come with me"
    assert np.array_equal(encoder.embed(text), encoder.embed(text))
    assert np.array_equal(encoder.embed(text), Encoder(FOLDER).embed(text))


@pytest.mark.parametrize("name", [MODEL, VOCABULARY])
def test_a_changed_file_is_refused(copy: Path, name: str) -> None:
    content = bytearray((copy / name).read_bytes())
    content[len(content) // 2] ^= 1
    (copy / name).write_bytes(content)
    with pytest.raises(EncoderError, match=f"{name} does not match.*git checkout"):
        Encoder(copy)


@pytest.mark.parametrize("name", [MODEL, VOCABULARY, SUMS])
def test_a_missing_file_is_named(copy: Path, name: str) -> None:
    (copy / name).unlink()
    with pytest.raises(EncoderError, match=f"{name} cannot be read.*git checkout"):
        Encoder(copy)


@pytest.mark.parametrize("sums", ["", "nothing\n", "00  vocab.txt\n\n00  minilm-int8.onnx\n"])
def test_wrong_sums_are_refused(copy: Path, sums: str) -> None:
    (copy / SUMS).write_text(sums, encoding="utf-8")
    with pytest.raises(EncoderError, match=f"{VOCABULARY} does not match"):
        Encoder(copy)
