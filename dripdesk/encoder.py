"""Turns a sentence into a vector that is near those of sentences with a like meaning."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from functools import lru_cache
from pathlib import Path

import numpy as np
import onnxruntime
from numpy.typing import NDArray
from tokenizers import BertWordPieceTokenizer, Encoding

MODEL = "minilm-int8.onnx"
VOCABULARY = "vocab.txt"
SUMS = "SHA256SUMS"
DIMENSIONS = 384
MAX_TOKENS = 64
"""About 50 English words, with the two tokens around them. Cost grows with length, so of a longer
message only the beginning and the end are read: that is where people ask. Of questions put behind
two paragraphs of small talk half are understood so, none by the beginning alone."""

Vectors = NDArray[np.float32]


class EncoderError(Exception):
    """A file of the encoder is missing or is not the one released; the message says what to do."""


class Encoder:
    """The quantised MiniLM in a folder. Raises EncoderError if its files are not as released.

    It may be used from several threads at a time.
    """

    def __init__(self, folder: Path) -> None:
        self._tokenizer = tokenizer(released(folder / VOCABULARY))
        self._session = session(folder / MODEL)

    def embed(self, text: str) -> Vectors:
        """Return the text's embedding, a unit vector [384]: their dot product is the cosine."""
        vector: Vectors = self._run(self._ids(text))[-1][0]
        return vector

    def reads_whole(self, text: str) -> bool:
        """Return whether a text is short enough for every word of it to count."""
        return len(self._encode(text).ids) <= MAX_TOKENS

    def embed_all(self, texts: Iterable[str]) -> Vectors:
        """Return the embeddings of n texts as rows [n, 384]."""
        # Not in batches: padding them to one length would cost more than it saves.
        with ThreadPoolExecutor(os.cpu_count()) as pool:
            vectors = list(pool.map(self.embed, texts))
        return np.stack(vectors) if vectors else np.empty((0, DIMENSIONS), dtype=np.float32)

    def _ids(self, text: str) -> tuple[int, ...]:
        """Return the tokens of a text, or of its beginning and its end if there are too many."""
        ids = self._encode(text).ids
        if len(ids) > MAX_TOKENS:
            ids = ids[: MAX_TOKENS // 2] + ids[-MAX_TOKENS // 2 :]
        return tuple(ids)

    def _encode(self, text: str, before: str | None = None) -> Encoding:
        """Return the tokens of a text, behind another if there is one."""
        # Half a surrogate pair, which JSON can carry, is refused by the tokenizer.
        text = text.encode("utf-8", "replace").decode("utf-8")
        whole = (text,) if before is None else (before, text)
        encoded: Encoding = self._tokenizer.encode(*whole)
        return encoded

    def _run(self, ids: tuple[int, ...]) -> list[Vectors]:
        """Return what the network makes of tokens; the last is their embedding [1, 384]."""
        outputs: list[Vectors] = self._session.run(None, {"input_ids": np.array([ids], np.int64)})
        return outputs


def released(path: Path) -> bytes:
    """Return the content of a file. Raises EncoderError unless SHA256SUMS beside it agrees."""
    content = _read(path)
    if hashlib.sha256(content).hexdigest() != _sums(path.parent).get(path.name):
        raise EncoderError(f"{path} does not match {SUMS} beside it. {_mend(path)}")
    return content


def _sums(folder: Path) -> dict[str, str]:
    """Return the released SHA-256 of each file by its name."""
    lines = _read(folder / SUMS).decode("utf-8", "replace").splitlines()
    pairs = (line.split(maxsplit=1) for line in lines if line.strip())
    return {name: digest for digest, name in (pair for pair in pairs if len(pair) == 2)}


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise EncoderError(f"{path} cannot be read ({error.strerror}). {_mend(path)}") from error


def _mend(path: Path) -> str:
    return f"Restore the folder as it was released: git checkout -- {path.parent}"


@lru_cache(maxsize=1)
def tokenizer(vocabulary: bytes) -> BertWordPieceTokenizer:
    """Return what splits a text into the ids of a vocabulary; networks with the same share it."""
    words = vocabulary.decode("utf-8").splitlines()
    ids = {word: number for number, word in enumerate(words)}
    return BertWordPieceTokenizer(ids, lowercase=True, strip_accents=True)


def session(path: Path) -> onnxruntime.InferenceSession:
    """Return a network, ready to run on one thread, offline. Raises EncoderError as `released`."""
    released(path)
    onnxruntime.disable_telemetry_events()
    options = onnxruntime.SessionOptions()
    # A message takes a few milliseconds on one thread; more would only wait for one another.
    options.intra_op_num_threads = 1
    options.inter_op_num_threads = 1
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")
    options.log_severity_level = 3  # errors only
    # By its path: of bytes it would keep all 22 MB beside what it makes of them.
    return onnxruntime.InferenceSession(path, options, providers=["CPUExecutionProvider"])
