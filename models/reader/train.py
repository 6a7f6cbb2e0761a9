"""Trains the network that reads messages: for danger, where a question begins, and what is asked.

Usage: python train.py examples.jsonl OUTDIR [START], in an environment of its own with the packages
below; an hour and a half on two cores. examples.jsonl is what dangers.py beside this prints; the
rest it learns from messages.tsv and follow_ups.tsv, and the sentences of data/. The messages of
data/conversations are kept unseen: by them the classifier learns how far to trust it.

START is the folder of a network to go on from, for half an hour: one epoch, more gently. The
network beside this went on so four times up to 1 December 2026 from an earlier one, the last time
over 123,000 messages.
"""

# /// script
# requires-python = ">=3.10,<3.11"
# dependencies = [
#     "jax==0.6.2", "jaxlib==0.6.2", "numpy==2.2.6", "onnx==1.23.2", "onnxruntime==1.23.2",
#     "optax==0.2.8", "pip", "protobuf==7.36.2", "pyyaml==6.0.3", "safetensors==0.8.0",
#     "tokenizers==0.23.3",
# ]
# ///

from __future__ import annotations

import json
import re
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
from messages import CUT, LEVELS, Example, content, dangers, questions
from network import BATCH, MAX_TOKENS, Parameters, batches, padded, parted, pooled, states, train
from reference import Reference

HEAD = "head.json"
EPOCHS = 3
RATE = 1.5e-4
GENTLE = 7e-5
"""The rate at which a trained network learns further."""
SEED = 1
BARE = 0.3
"""The share of messages that are learned from without punctuation, as many patients write."""
QUOTED = 0.3
"""The share of follow-ups that are learned from behind the question before, not its topic."""
MARKS = re.compile(r"[?.,!;]")
END = re.compile(r"[?.! ]+$")
FIXED = 1
"""So many layers of six, and what words mean by themselves, stay as they are: others of the kind
are then known too, and it takes less time."""
SMOOTHED = 0.005
"""The share of certainty that is withheld from each level of danger: some are arguable."""
TOKEN_SCORES = 1 + 2 * len(LEVELS)
"""Of each token: a cut, how much each level looks there, and what it sees."""
FAR = 0.05
"""The largest difference of a probability to the plain computation that is let pass, on average."""


class Reader:
    """Turns examples into token ids and labels."""

    def __init__(self, tokenizer: BertWordPieceTokenizer, random: np.random.Generator) -> None:
        self._tokenizer = tokenizer
        self._random = random

    def read(self, example: Example) -> tuple[list[int], list[int]]:
        """Return ids [n] and for each token 1 where a further question begins, else 0."""
        text = example.text
        if example.level is not None and not example.intents:
            text = self._ended(text)
        elif self._random.random() < BARE:
            text = CUT.join(MARKS.sub(" ", part) for part in text.split(CUT))
        parts = [" ".join(part.split()) for part in text.split(CUT)]
        places, whole = [], parts[0]
        for part in parts[1:]:
            places.append(len(whole) + 1)
            whole = f"{whole} {part}"
        encoded = self._tokenizer.encode(whole)
        if example.before:
            is_quoted = self._random.random() < QUOTED
            behind = self._tokenizer.encode(example.before[-1 if is_quoted else 0], whole)
            encoded = behind if len(behind.ids) <= MAX_TOKENS else encoded
        begin = len(encoded.ids) - sum(encoded.type_ids) if any(encoded.type_ids) else 1
        ids, starts = encoded.ids[:MAX_TOKENS], [a for a, _ in encoded.offsets[:MAX_TOKENS]]
        cuts = [0] * len(ids)
        for place in places:
            if after := [n for n in range(begin + 1, len(ids) - 1) if starts[n] >= place]:
                cuts[after[0]] = 1
        return ids, cuts

    def _ended(self, text: str) -> str:
        """Return a text as it is, or without the mark at its end, or with a full stop there.

        Whether somebody ends with a full stop tells of a habit, not of danger.
        """
        choice = self._random.integers(4)
        if choice == 0:
            return END.sub("", text) or text
        return text if choice > 1 or END.search(text) else f"{text}."


def scores(
    network: Parameters, ids: jax.Array, mask: jax.Array, key: jax.Array | None = None
) -> tuple[jax.Array, jax.Array, jax.Array]:
    """Return the raw scores of a cut at each token [batch, n], of intents, and of levels."""
    head, state = network["head"], states(network["body"], ids, mask, key, FIXED)
    cuts, looks, signs = jnp.split(state @ head["tokens"], [1, 1 + len(LEVELS)], axis=-1)
    intents = pooled(state, mask) @ head["intents"] + head["intent_bias"]
    # A few words of danger would drown in the mean of all: each level looks for its own.
    looks = jax.nn.softmax(jnp.where(mask[..., None], looks, -1e9), axis=1)
    levels = (looks * signs).sum(1) + head["level_bias"]
    return cuts[..., 0] + head["cut_bias"], intents, levels


def loss(network: Parameters, *batch: Any) -> jax.Array:
    """Return how far the scores of a batch are from its cuts, intents and levels, where known."""
    ids, mask, cuts, has_cuts, intents, levels, weights, fixed, key = batch
    whole = {**network, "body": {**network["body"], **fixed}}
    of_cuts, of_intents, of_levels = scores(whole, ids, mask, key)
    each = optax.sigmoid_binary_cross_entropy(of_cuts, cuts) * mask
    by_cuts = (each.sum(1) * has_cuts).sum() / jnp.maximum(has_cuts.sum(), 1)
    chances = (jax.nn.softmax(of_intents) * intents).sum(1)
    is_known = intents.sum(1) > 0
    by_intent = -(jnp.log(jnp.maximum(chances, 1e-9)) * is_known).sum()
    wanted = optax.smooth_labels(jax.nn.one_hot(levels, len(LEVELS)), SMOOTHED)
    by_level = (optax.softmax_cross_entropy(of_levels, wanted) * weights).sum()
    return (
        by_cuts
        + by_intent / jnp.maximum(is_known.sum(), 1)
        + by_level / jnp.maximum(weights.sum(), 1e-6)
    )


def learned(
    start: Parameters,
    head: Parameters | None,
    tokenizer: BertWordPieceTokenizer,
    found: Sequence[Example],
    count: int,
) -> Parameters:
    """Return the trained network for so many intents, from these weights, and a head if any."""
    random = np.random.default_rng(SEED)
    reader = Reader(tokenizer, random)
    lengths = [len(reader.read(example)[0]) for example in found]
    counts = np.bincount([e.level for e in found if e.level is not None], minlength=len(LEVELS))
    weight_of = np.sqrt(counts.mean() / counts)  # of a level: some have few sentences

    def epoch() -> Iterator[Any]:
        for numbers in batches(lengths, random):
            chosen = [found[i] for i in numbers]
            read = [reader.read(example) for example in chosen]
            ids, mask = padded([one[0] for one in read])
            cuts, _ = padded([one[1] for one in read])
            intents = np.zeros((BATCH, count), np.float32)
            for row, example in enumerate(chosen):
                intents[row, list(example.intents)] = 1
            has_cuts = np.array([example.has_cuts for example in chosen], np.float32)
            levels = np.array([example.level or 0 for example in chosen])
            weights = [0 if e.level is None else weight_of[e.level] for e in chosen]
            known = np.array(weights, np.float32)
            yield ids, mask, cuts.astype(np.float32), has_cuts, intents, levels, known, fixed

    body, fixed = parted(start, FIXED)
    network = {
        "body": body,
        "head": head
        or {
            "tokens": jnp.array(random.normal(0, 0.05, (384, TOKEN_SCORES)), jnp.float32),
            "cut_bias": jnp.array(-3.0),
            "intents": jnp.array(random.normal(0, 0.2, (384, count)), jnp.float32),
            "intent_bias": jnp.zeros(count),
            "level_bias": jnp.zeros(len(LEVELS)),
        },
    }
    epochs, rate = (1, GENTLE) if head else (EPOCHS, RATE)
    steps = epochs * -(-len(found) // BATCH)
    trained = train(network, loss, [epoch] * epochs, steps, SEED, rate)
    return {**trained, "body": {**trained["body"], **fixed}}


def taken_up(folder: Path, official: Parameters, intents: list[str]) -> tuple[Parameters, ...]:
    """Return the weights and the head of the network in a folder. Raises BuildError."""
    model, told = (folder / build.MODEL).read_bytes(), json.loads((folder / HEAD).read_text())
    if told["intents"] != intents:
        raise build.BuildError(f"{folder} knows other intents: train from the beginning.")
    head = {
        "tokens": build.constants(model)["head"],
        "cut_bias": told["cut_bias"],
        "intents": told["intent_weights"],
        "intent_bias": told["intent_bias"],
        "level_bias": told["level_bias"],
    }
    weights = build.dequantised(model, official, FIXED)
    return weights, {name: jnp.array(values, jnp.float32) for name, values in head.items()}


def check(model: bytes, head: dict[str, Any], read: Sequence[list[int]], plain: Reference) -> None:
    """Print how far the model is from the plain computation. Raises BuildError if it is far."""
    session = onnxruntime.InferenceSession(model, providers=["CPUExecutionProvider"])
    differences = []
    for ids in read:
        of_tokens, embedding = session.run(
            ["scores", "embedding"], {"input_ids": np.array([ids], dtype=np.int64)}
        )
        state = plain.states(ids)
        mean = state.mean(0) / np.linalg.norm(state.mean(0))
        found, wanted = (
            _chances(head, *one)
            for one in ((of_tokens[0], embedding[0]), (state @ head["tokens"], mean))
        )
        differences += [float(np.abs(a - b).max()) for a, b in zip(found, wanted, strict=True)]
    print(f"Largest differences: mean {np.mean(differences):.4f}, most {max(differences):.4f}")
    if np.mean(differences) > FAR:
        raise build.BuildError(f"Too far from the plain computation: {FAR} at most on average.")


def _chances(
    head: dict[str, Any], of_tokens: NDArray[Any], embedding: NDArray[Any]
) -> tuple[NDArray[Any], NDArray[Any], NDArray[Any]]:
    """Return the probabilities of cuts [n], intents, and levels."""
    cuts, looks, signs = np.split(of_tokens, [1, 1 + len(LEVELS)], axis=1)
    return (
        _sigmoid(cuts[:, 0] + head["cut_bias"]),
        _softmax(embedding @ head["intents"] + head["intent_bias"]),
        _softmax((_softmax(looks) * signs).sum(0) + head["level_bias"]),
    )


def _sigmoid(values: NDArray[Any]) -> NDArray[Any]:
    return np.asarray(1 / (1 + np.exp(-values)))


def _softmax(values: NDArray[Any]) -> NDArray[Any]:
    powers = np.exp(values - values.max(axis=0))
    return np.asarray(powers / powers.sum(axis=0))


def main(examples: Path, folder: Path, before: Path | None) -> None:
    """Fill the folder with the network, its vocabulary, head, licence, notice and hashes."""
    official = build.fetch()
    words = official["vocab.txt"].decode("utf-8").splitlines()
    ids = {word: id for id, word in enumerate(words)}
    tokenizer = BertWordPieceTokenizer(ids, lowercase=True, strip_accents=True)
    weights = safetensors.numpy.load(official["model.safetensors"])
    start = {name: values for name, values in weights.items() if values.dtype == np.float32}
    sentences, titles = content()
    random = np.random.default_rng(SEED)
    found = [*questions(sentences, titles, random), *dangers(examples, sentences, random)]
    print(f"{len(found)} examples, {len(sentences)} intents", flush=True)
    known = None
    if before:
        start, known = taken_up(before, start, sorted(sentences))
    network = learned(start, known, tokenizer, found, len(sentences))

    body = {name: np.asarray(values) for name, values in network["body"].items()}
    head = {name: np.asarray(values) for name, values in network["head"].items()}
    reader = Reader(tokenizer, np.random.default_rng(SEED))
    read = [reader.read(example)[0] for example in found]
    reference = Reference(body)
    for row in read[:: len(read) // 400]:
        reference.embed(row)
    model = build.quantise(build.graph(body, reference, head["tokens"]))
    check(model, head, read[:: len(read) // 60], reference)
    files = {build.MODEL: model, build.VOCABULARY: official["vocab.txt"]}
    told = {
        "cut_bias": float(head["cut_bias"]),
        "intents": sorted(sentences),
        "intent_weights": head["intents"].round(5).tolist(),
        "intent_bias": head["intent_bias"].round(5).tolist(),
        "level_bias": head["level_bias"].round(5).tolist(),
    }
    files[HEAD] = (json.dumps(told) + "\n").encode()
    build.release(folder, files, build.TRAINED_NOTICE)


if __name__ == "__main__":
    if len(sys.argv) not in (3, 4):
        sys.exit("Usage: python train.py examples.jsonl OUTDIR [START]")
    try:
        main(Path(sys.argv[1]), Path(sys.argv[2]), Path(sys.argv[3]) if sys.argv[3:] else None)
    except build.BuildError as error:
        sys.exit(str(error))
