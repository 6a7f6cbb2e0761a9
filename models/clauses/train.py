"""Trains the network that sees where in a message a further question begins, and what it asks.

Usage: python train.py OUTDIR, in an environment of its own with the packages below; half an hour on
two cores. It learns from messages.tsv beside this, from the sentences of data/, and from every
second follow-up of data/conversations. The other follow-ups, and all other messages there, are kept
unseen: by them the classifier learns how far to trust it.
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

import csv
import json
import re
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import jax
import jax.numpy as jnp
import numpy as np
import onnxruntime
import optax
import safetensors.numpy
import yaml
from numpy.typing import NDArray
from tokenizers import BertWordPieceTokenizer

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "encoder"))
import build
from network import BATCH, MAX_TOKENS, Parameters, batches, padded, parted, pooled, states, train
from reference import Reference

HERE = Path(__file__).resolve().parent
DATA = HERE.parent.parent / "data"
EPOCHS = 3
RATE = 1.5e-4
SEED = 1
UNSEEN = 10
"""Every so manieth sentence of each intent is kept unseen."""
AFTER, TOGETHER = 15, 5000
"""How many sentences of each intent are also learned from after another topic, and how many pairs
of them as messages with two questions."""
SHORT = 14  # words of a question that is put together with another
JOINTS = (" and ", " n ", " also ", ". ", "? ", ", ", " ", ". Also ", " & ", " plus ", "? And ")
BARE = 0.3
"""The share of messages that are learned from without punctuation, as many patients write."""
QUOTED = 0.3
"""The share of follow-ups that are learned from behind the question before, not its topic."""
MARKS = re.compile(r"[?.,!;]")
CUT = " || "
PLACED = 0.3
"""The share of other messages that are learned from behind the title of some topic."""
FIXED = 2
"""So many layers of six, and what words mean by themselves, stay as they are: others of the kind
are then known too, and it takes less time."""
FAR = 0.05
"""The largest difference of a probability to the plain computation that is let pass, on average."""


@dataclass(frozen=True)
class Example:
    """A message to learn from."""

    text: str
    """With CUT where a further question begins."""
    before: tuple[str, ...] = ()
    """What may stand before it, if anything: one of these."""
    intents: tuple[int, ...] = ()
    """The numbers of the intents that are right; none if it asks several things."""
    has_cuts: bool = True
    """Whether it tells where questions begin: a follow-up may be anything."""


def rows(path: Path) -> list[dict[str, str]]:
    """Return the rows of a table."""
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))


def content() -> tuple[dict[str, list[str]], dict[str, str]]:
    """Return the sentences of each intent in data/, and the titles of topics."""
    sentences, titles = {}, {}
    for path in sorted(
        p for kind in ("topics", "habits", "forms") for p in DATA.glob(f"{kind}/*.yml")
    ):
        file = yaml.safe_load(path.read_text("utf-8"))
        for entry in file.get("nlu") or []:
            lines = (line.removeprefix("- ").strip() for line in entry["examples"].splitlines())
            sentences[entry["intent"]] = [line for line in lines if line]
        for name, texts in (file.get("responses") or {}).items():
            if title := (texts[0].get("metadata") or {}).get("title"):
                titles[name.removeprefix("utter_")] = title
    return sentences, titles


def examples(
    sentences: dict[str, list[str]], titles: dict[str, str], random: np.random.Generator
) -> Iterator[Example]:
    """Yield all there is to learn from."""
    numbers = {intent: number for number, intent in enumerate(sorted(sentences))}
    anything = [*titles.values()]
    for row in rows(HERE / "messages.tsv"):
        topics, parts = row["topics"].split(","), row["text"].split(CUT)
        is_one = len(parts) == 1 and topics[0] in numbers
        placed = (str(random.choice(anything)),) if random.random() < PLACED else ()
        yield Example(row["text"], placed, (numbers[topics[0]],) if is_one else ())
        for place in range(1, len(parts)):
            title, right = titles.get(topics[place - 1]), numbers.get(topics[place])
            if title and right is not None:
                yield Example(parts[place], (title, parts[place - 1]), (right,))
    for row in rows(DATA / "conversations" / "follow_ups.tsv")[::2]:
        right = tuple(numbers[t] for t in row["expected"].split("|") if t in numbers)
        title = titles.get(row["topic"])
        if right and title:
            yield from [Example(row["follow_up"], (title, row["before"]), right, False)] * 2
    for intent, texts in sentences.items():
        seen = [text for place, text in enumerate(texts) if place % UNSEEN]
        for text in seen:
            yield Example(text, (), (numbers[intent],))
        for text in random.permutation(seen)[:AFTER]:
            yield Example(str(text), (str(random.choice(anything)),), (numbers[intent],))
    topics = [intent for intent in sentences if intent.startswith("faq_")]
    for _ in range(TOGETHER):
        chosen = random.choice(topics, 2, replace=False)
        pair = [str(random.choice(_short(sentences[str(intent)]))) for intent in chosen]
        joint = str(random.choice(JOINTS))
        mark = joint[: len(joint) - len(joint.lstrip("?.,"))]
        rest = f"{joint[len(mark) :].strip()} {pair[1]}".strip()
        yield Example(f"{pair[0].rstrip('?.! ')}{mark}{CUT}{rest}")


def _short(texts: Sequence[str]) -> list[str]:
    """Return the sentences that are seen and short."""
    return [t for n, t in enumerate(texts) if n % UNSEEN and len(t.split()) <= SHORT]


class Reader:
    """Turns examples into token ids and labels."""

    def __init__(self, tokenizer: BertWordPieceTokenizer, random: np.random.Generator) -> None:
        self._tokenizer = tokenizer
        self._random = random

    def read(self, example: Example) -> tuple[list[int], list[int]]:
        """Return ids [n] and for each token 1 where a further question begins, else 0."""
        text = example.text
        if self._random.random() < BARE:
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


def scores(
    network: Parameters, ids: jax.Array, mask: jax.Array, key: jax.Array | None = None
) -> tuple[jax.Array, jax.Array]:
    """Return the raw scores of a cut at each token [batch, n], and of intents [batch, intents]."""
    head, state = network["head"], states(network["body"], ids, mask, key, FIXED)
    cuts = (state @ head["cuts"])[..., 0] + head["cut_bias"]
    return cuts, pooled(state, mask) @ head["intents"] + head["intent_bias"]


def loss(network: Parameters, *batch: Any) -> jax.Array:
    """Return how far the scores of a batch are from its cuts, where known, and its intents."""
    ids, mask, cuts, has_cuts, intents, fixed, key = batch
    whole = {**network, "body": {**network["body"], **fixed}}
    of_cuts, of_intents = scores(whole, ids, mask, key)
    each = optax.sigmoid_binary_cross_entropy(of_cuts, cuts) * mask
    by_cuts = (each.sum(1) * has_cuts).sum() / jnp.maximum(has_cuts.sum(), 1)
    chances = (jax.nn.softmax(of_intents) * intents).sum(1)
    is_known = intents.sum(1) > 0
    by_intent = -(jnp.log(jnp.maximum(chances, 1e-9)) * is_known).sum()
    return by_cuts + by_intent / jnp.maximum(is_known.sum(), 1)


def learned(
    official: Parameters, tokenizer: BertWordPieceTokenizer, found: Sequence[Example], count: int
) -> Parameters:
    """Return the trained network for so many intents."""
    random = np.random.default_rng(SEED)
    reader = Reader(tokenizer, random)
    lengths = [len(reader.read(example)[0]) for example in found]

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
            yield ids, mask, cuts.astype(np.float32), has_cuts, intents, fixed

    body, fixed = parted(official, FIXED)
    network = {
        "body": body,
        "head": {
            "cuts": jnp.array(random.normal(0, 0.05, (384, 1)), jnp.float32),
            "cut_bias": jnp.array(-3.0),
            "intents": jnp.array(random.normal(0, 0.2, (384, count)), jnp.float32),
            "intent_bias": jnp.zeros(count),
        },
    }
    steps = EPOCHS * -(-len(found) // BATCH)
    trained = train(network, loss, [epoch] * EPOCHS, steps, SEED, RATE)
    return {**trained, "body": {**trained["body"], **fixed}}


def check(model: bytes, head: dict[str, Any], read: Sequence[list[int]], plain: Reference) -> None:
    """Print how far the model is from the plain computation. Raises BuildError if it is far."""
    session = onnxruntime.InferenceSession(model, providers=["CPUExecutionProvider"])
    differences = []
    for ids in read:
        of_cuts, embedding = session.run(
            ["scores", "embedding"], {"input_ids": np.array([ids], dtype=np.int64)}
        )
        state = plain.states(ids)
        mean = state.mean(0) / np.linalg.norm(state.mean(0))
        cuts = [_sigmoid(part + head["cut_bias"]) for part in (of_cuts[0], state @ head["cuts"])]
        intents = [
            _softmax(part @ head["intents"] + head["intent_bias"]) for part in (embedding[0], mean)
        ]
        for found, wanted in (cuts, intents):
            differences.append(float(np.abs(found - wanted).max()))
    print(f"Largest differences: mean {np.mean(differences):.4f}, most {max(differences):.4f}")
    if np.mean(differences) > FAR:
        raise build.BuildError(f"Too far from the plain computation: {FAR} at most on average.")


def _sigmoid(values: NDArray[Any]) -> NDArray[Any]:
    return np.asarray(1 / (1 + np.exp(-values)))


def _softmax(values: NDArray[Any]) -> NDArray[Any]:
    powers = np.exp(values - values.max())
    return np.asarray(powers / powers.sum())


def main(folder: Path) -> None:
    """Fill the folder with the network, its vocabulary, head, licence, notice and hashes."""
    official = build.fetch()
    words = official["vocab.txt"].decode("utf-8").splitlines()
    ids = {word: id for id, word in enumerate(words)}
    tokenizer = BertWordPieceTokenizer(ids, lowercase=True, strip_accents=True)
    weights = safetensors.numpy.load(official["model.safetensors"])
    start = {name: values for name, values in weights.items() if values.dtype == np.float32}
    sentences, titles = content()
    found = list(examples(sentences, titles, np.random.default_rng(SEED)))
    print(f"{len(found)} examples, {len(sentences)} intents", flush=True)
    network = learned(start, tokenizer, found, len(sentences))

    body = {name: np.asarray(values) for name, values in network["body"].items()}
    head = {name: np.asarray(values) for name, values in network["head"].items()}
    reader = Reader(tokenizer, np.random.default_rng(SEED))
    read = [reader.read(example)[0] for example in found]
    reference = Reference(body)
    for row in read[:: len(read) // 400]:
        reference.embed(row)
    model = build.quantise(build.graph(body, reference, head["cuts"]))
    check(model, head, read[:: len(read) // 60], reference)
    files = {build.MODEL: model, build.VOCABULARY: official["vocab.txt"]}
    told = {
        "bias": float(head["cut_bias"]),
        "intents": sorted(sentences),
        "weights": head["intents"].round(5).tolist(),
        "biases": head["intent_bias"].round(5).tolist(),
    }
    files["head.json"] = (json.dumps(told) + "\n").encode()
    sums = "".join(f"{build.sha256(data)}  {name}\n" for name, data in files.items())
    notice = build.NOTICE.replace("by build.py", "by train.py, after further training")
    files |= {build.SUMS: sums.encode(), "LICENSE": build.LICENSE.read_bytes()}
    files["NOTICE"] = notice.encode()
    folder.mkdir(parents=True, exist_ok=True)
    for name, data in files.items():
        (folder / name).write_bytes(data)
    print(sums, end="")


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit("Usage: python train.py OUTDIR")
    try:
        main(Path(sys.argv[1]))
    except build.BuildError as error:
        sys.exit(str(error))
