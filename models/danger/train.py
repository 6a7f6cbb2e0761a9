"""Trains a network that reads for danger alone: MiniLM, refined on sentences with a level.

Usage: python train.py examples.jsonl OUTDIR FIXED, in an environment of its own with the packages
below; an hour on two cores. examples.jsonl is what models/reader/dangers.py prints. FIXED is
how many layers of six stay as they are: 2 for the network beside this, which errs in other places
than models/reader. It was made on 29 November 2026, of 38,500 sentences.
"""

# /// script
# requires-python = ">=3.10,<3.11"
# dependencies = [
#     "jax==0.6.2", "jaxlib==0.6.2", "numpy==2.2.6", "onnx==1.23.2", "onnxruntime==1.23.2",
#     "optax==0.2.8", "pip", "protobuf==7.36.2", "safetensors==0.8.0", "tokenizers==0.23.3",
# ]
# ///

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import jax
import jax.numpy as jnp
import numpy as np
import onnxruntime
import optax
import safetensors.numpy
from numpy.typing import NDArray
from tokenizers import BertWordPieceTokenizer

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "encoder"))
import build
from network import BATCH, MAX_TOKENS, Parameters, batches, padded, parted, pooled, states, train
from reference import Reference

LEVELS = ("none", "emergency", "crisis", "poison", "urgent_today")
EPOCHS = 3
SMOOTHED = 0.02
"""The share of certainty that is withheld from each label: some are arguable."""
SEED = 1
MARKS = ("?", "!", ".")
FAR = 0.02
"""The largest difference of a probability to the plain computation that is let pass, on average."""
Sentence = tuple[int, list[int]]
"""A level's number, and token ids."""


def scores(
    network: Parameters, ids: jax.Array, mask: jax.Array, key: jax.Array, fixed: int
) -> jax.Array:
    """Return the raw scores [batch, levels] of token ids [batch, n], to learn by."""
    embeddings = pooled(states(network["body"], ids, mask, key, fixed), mask)
    return embeddings @ network["head"]["weights"] + network["head"]["bias"]


def learned_from(
    official: Parameters, sentences: Sequence[Sentence], marks: Sequence[int], layers: int
) -> Parameters:
    """Return a network that has learned from the sentences, but for the first layers and words.

    `marks` are the ids of MARKS.
    """
    body, fixed = parted(official, layers)
    head = jnp.array(np.random.default_rng(0).normal(0, 0.2, (384, len(LEVELS))), jnp.float32)
    network = {"body": body, "head": {"weights": head, "bias": jnp.zeros(len(LEVELS))}}
    random = np.random.default_rng(SEED)
    counts = np.bincount([level for level, _ in sentences], minlength=len(LEVELS))
    weight_of = jnp.array(np.sqrt(counts.mean() / counts), jnp.float32)

    def loss(network: Parameters, *batch: Any) -> jax.Array:
        ids, mask, levels, fixed, key = batch
        network = {**network, "body": {**network["body"], **fixed}}
        wanted = optax.smooth_labels(jax.nn.one_hot(levels, len(LEVELS)), SMOOTHED)
        each = optax.softmax_cross_entropy(scores(network, ids, mask, key, layers), wanted)
        weights = weight_of[levels]
        return (each * weights).sum() / weights.sum()

    def epoch() -> Iterator[Any]:
        for numbers in batches([len(ids) for _, ids in sentences], random):
            rows = [form(sentences[i][1], marks, random) for i in numbers]
            yield *padded(rows), np.array([sentences[i][0] for i in numbers]), fixed

    steps = EPOCHS * -(-len(sentences) // BATCH)
    trained = train(network, loss, [epoch] * EPOCHS, steps, SEED)
    return {**trained, "body": {**trained["body"], **fixed}}


def form(ids: Sequence[int], marks: Sequence[int], random: np.random.Generator) -> list[int]:
    """Return token ids as they are, or without the mark at the end, or with a full stop there.

    Whether somebody ends with a full stop tells of a habit, not of danger.
    """
    *words, end = ids
    choice = random.integers(4)
    if choice == 0:
        while len(words) > 2 and words[-1] in marks:
            words.pop()
    elif choice == 1 and words[-1] not in marks and len(ids) < MAX_TOKENS:
        words.append(marks[-1])
    return [*words, end]


def check(model: bytes, head: dict[str, Any], read: Sequence[list[int]], plain: Reference) -> None:
    """Print how far the model is from the plain computation. Raises BuildError if it is far."""
    session = onnxruntime.InferenceSession(model, providers=["CPUExecutionProvider"])

    def chances(embedding: NDArray[Any]) -> NDArray[Any]:
        powers = np.exp(embedding @ head["weights"] + head["bias"])
        return np.asarray(powers / powers.sum())

    differences = []
    for ids in read:
        (embedding,) = session.run(None, {"input_ids": np.array([ids], dtype=np.int64)})
        differences.append(np.abs(chances(embedding[0]) - chances(plain.embed(ids))).max())
    print(f"Largest differences: mean {np.mean(differences):.4f}, most {max(differences):.4f}")
    if np.mean(differences) > FAR:
        raise build.BuildError(f"Too far from the plain computation: {FAR} at most on average.")


def main(examples: Path, folder: Path, layers: int) -> None:
    """Fill the folder with the network, its vocabulary, head, licence, notice and hashes."""
    official = build.fetch()
    words = official["vocab.txt"].decode("utf-8").splitlines()
    tokenizer = BertWordPieceTokenizer(
        {word: id for id, word in enumerate(words)}, lowercase=True, strip_accents=True
    )

    def read(text: str) -> list[int]:
        ids = tokenizer.encode(text).ids
        return ids if len(ids) <= MAX_TOKENS else ids[: MAX_TOKENS // 2] + ids[-MAX_TOKENS // 2 :]

    lines = [json.loads(line) for line in examples.read_text("utf-8").splitlines()]
    seen = [
        (LEVELS.index(label) if label in LEVELS else 0, read(text))
        for label, text, is_unseen, *_ in lines
        if not is_unseen
    ]
    weights = safetensors.numpy.load(official["model.safetensors"])
    start = {name: values for name, values in weights.items() if values.dtype == np.float32}
    marks = [words.index(mark) for mark in MARKS]
    network = learned_from(start, seen, marks, layers)

    learned = {name: np.asarray(values) for name, values in network["body"].items()}
    reference = Reference(learned)
    for _, ids in seen[:: len(seen) // 400]:
        reference.embed(ids)
    model = build.quantise(build.graph(learned, reference))
    head = {name: np.asarray(values).round(6) for name, values in network["head"].items()}
    check(model, head, [ids for _, ids in seen[:: len(seen) // 100]], reference)
    told = {name: values.tolist() for name, values in head.items()}
    files = {build.MODEL: model, build.VOCABULARY: official["vocab.txt"]}
    files["head.json"] = (json.dumps(told) + "\n").encode()
    build.release(folder, files, build.TRAINED_NOTICE)


if __name__ == "__main__":
    if len(sys.argv) != 4 or sys.argv[3] not in [*"0123456"]:
        sys.exit("Usage: python train.py examples.jsonl OUTDIR FIXED")
    try:
        main(Path(sys.argv[1]), Path(sys.argv[2]), int(sys.argv[3]))
    except build.BuildError as error:
        sys.exit(str(error))
