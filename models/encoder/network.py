"""MiniLM as a network that learns: its layers, its batches, and the running mean it leaves.

Shared by the scripts that train further networks, in the environment that each of them names.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any

import jax
import jax.numpy as jnp
import numpy as np
import optax
from numpy.typing import NDArray
from reference import EPSILON, HEADS, LAYERS

MAX_TOKENS = 64  # as dripdesk/encoder.py reads them
BATCH = 32
RATE = 1e-4
HEAD_RATE = 1e-3
DROPPED = 0.1
KEPT = 0.998
"""The network used is a running mean of those of the last steps: it errs less than the last one."""
LENGTHS = (8, 12, 16, 20, 24, 28, 32, 40, 48, MAX_TOKENS)

Parameters = dict[str, Any]


def states(
    weights: Parameters,
    ids: jax.Array,
    mask: jax.Array,
    key: jax.Array | None = None,
    fixed: int = 0,
) -> jax.Array:
    """Return what each token means in its sentence [batch, n, 384]; a key drops some at random.

    Nothing is learned by the embeddings and the layers below the number `fixed`, if that is set.
    """
    keys = iter(jax.random.split(key, 2 * LAYERS + 1)) if key is not None else None

    def drop(state: jax.Array) -> jax.Array:
        if keys is None:
            return state
        kept = jax.random.bernoulli(next(keys), 1 - DROPPED, state.shape)
        return jnp.where(kept, state / (1 - DROPPED), 0)

    def normalise(name: str, state: jax.Array) -> jax.Array:
        centred = state - state.mean(-1, keepdims=True)
        deviation = jnp.sqrt((centred**2).mean(-1, keepdims=True) + EPSILON)
        return centred / deviation * weights[f"{name}.weight"] + weights[f"{name}.bias"]

    def linear(name: str, state: jax.Array) -> jax.Array:
        return state @ weights[f"{name}.weight"].T + weights[f"{name}.bias"]

    def attend(layer: str, state: jax.Array) -> jax.Array:
        batch, length, width = state.shape
        query, key, value = (
            linear(f"{layer}.attention.self.{part}", state)
            .reshape(batch, length, HEADS, width // HEADS)
            .transpose(0, 2, 1, 3)
            for part in ("query", "key", "value")
        )
        scores = query @ key.transpose(0, 1, 3, 2) / np.sqrt(width // HEADS)
        scores = jnp.where(mask[:, None, None, :], scores, -1e9)
        seen = jax.nn.softmax(scores) @ value
        return seen.transpose(0, 2, 1, 3).reshape(batch, length, width)

    state = weights["embeddings.word_embeddings.weight"][ids]
    state = state + weights["embeddings.position_embeddings.weight"][: ids.shape[1]]
    state = state + weights["embeddings.token_type_embeddings.weight"][0]
    state = drop(normalise("embeddings.LayerNorm", state))
    for number in range(LAYERS):
        if fixed and number == fixed:
            state = jax.lax.stop_gradient(state)
        layer = f"encoder.layer.{number}"
        attended = drop(linear(f"{layer}.attention.output.dense", attend(layer, state)))
        state = normalise(f"{layer}.attention.output.LayerNorm", state + attended)
        inner = jax.nn.gelu(linear(f"{layer}.intermediate.dense", state))
        outer = drop(linear(f"{layer}.output.dense", inner))
        state = normalise(f"{layer}.output.LayerNorm", state + outer)
    return state


def parted(official: Parameters, fixed: int) -> tuple[Parameters, Parameters]:
    """Return the weights that learn, of the layers from the number `fixed` on, and the others."""
    layers = tuple(f"encoder.layer.{number}." for number in range(fixed, LAYERS))
    weights = {name: jnp.array(values) for name, values in official.items()}
    body = {name: weights.pop(name) for name in official if name.startswith(layers)}
    return body, weights


def pooled(state: jax.Array, mask: jax.Array) -> jax.Array:
    """Return the embeddings [batch, 384] of states [batch, n, 384], as unit vectors."""
    mean = (state * mask[..., None]).sum(1) / mask.sum(1, keepdims=True)
    return mean / jnp.linalg.norm(mean, axis=-1, keepdims=True)


def train(
    network: Parameters,
    loss: Callable[..., jax.Array],
    epochs: Sequence[Callable[[], Iterator[Any]]],
    steps: int,
    seed: int,
    rate: float = RATE,
) -> Parameters:
    """Return the running mean of a network {body, head} that learns `loss(network, *batch, key)`.

    `epochs` yield their batches when called; `steps` is how many they yield together.
    """
    key = jax.random.PRNGKey(seed)

    def schedule(peak: float) -> optax.Schedule:
        return optax.warmup_cosine_decay_schedule(0, peak, steps // 10, steps, peak / 50)

    rates = {"body": optax.adamw(schedule(rate), weight_decay=0.01)}
    rates["head"] = optax.adamw(schedule(HEAD_RATE))
    labels = {part: jax.tree_util.tree_map(lambda _, k=part: k, network[part]) for part in network}
    optimiser = optax.chain(optax.clip_by_global_norm(1.0), optax.multi_transform(rates, labels))

    @jax.jit
    def step(network: Parameters, mean: Parameters, state: Any, *batch: Any) -> Any:
        value, gradient = jax.value_and_grad(loss)(network, *batch)
        updates, state = optimiser.update(gradient, state, network)
        network = optax.apply_updates(network, updates)
        mean = jax.tree_util.tree_map(lambda a, b: KEPT * a + (1 - KEPT) * b, mean, network)
        return network, mean, state, value

    mean, state, done, total = network, optimiser.init(network), 0, 0.0
    for epoch in epochs:
        for batch in epoch():
            key, used = jax.random.split(key)
            network, mean, state, value = step(network, mean, state, *batch, used)
            done, total = done + 1, total + float(value)
            if done % 200 == 0:
                print(f"step {done} of {steps}: loss {total / 200:.3f}", flush=True)
                total = 0.0
    return mean


def batches(lengths: Sequence[int], random: np.random.Generator) -> list[NDArray[np.int64]]:
    """Return the numbers of the sentences of each batch, those of like lengths together."""
    order = random.permutation(len(lengths))
    chosen: list[Any] = []
    for start in range(0, len(order), BATCH * 40):
        chunk = sorted(order[start : start + BATCH * 40], key=lambda i: lengths[i])
        chosen += [chunk[at : at + BATCH] for at in range(0, len(chunk), BATCH)]
    random.shuffle(chosen)
    return [np.resize(numbers, BATCH) for numbers in chosen]  # the last is filled up


def padded(rows: Sequence[Sequence[int]]) -> tuple[NDArray[np.int32], NDArray[np.bool_]]:
    """Return ids and mask [rows, n]; n is one of a few lengths, each of which is compiled once."""
    longest = max(map(len, rows))
    length = next(n for n in LENGTHS if n >= longest)
    ids = np.zeros((len(rows), length), np.int32)
    mask = np.zeros((len(rows), length), bool)
    for place, row in enumerate(rows):
        ids[place, : len(row)] = row
        mask[place, : len(row)] = True
    return ids, mask
