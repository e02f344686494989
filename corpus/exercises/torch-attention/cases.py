"""Inputs and expected values for scaled dot-product attention, computed in NumPy."""

import numpy as np

from coach.card import Bilingual
from coach.exercise import FLOAT32, FLOAT64, Case, Tensor
from coach.practice.numeric import gradient


def right(q, k, v, causal):
    q, k, v = (a.astype(np.float64) for a in (q, k, v))
    scores = np.einsum("bqd,bkd->bqk", q, k) / np.sqrt(q.shape[-1])
    if causal:
        scores[:, np.arange(q.shape[1])[:, None] < np.arange(k.shape[1])] = -np.inf
    weights = np.exp(scores - np.logaddexp.reduce(scores, axis=-1, keepdims=True))
    return np.einsum("bqk,bkv->bqv", weights, v)


def cases(seed):
    rng = np.random.default_rng(seed)

    def case(
        name, en, zh, batch, queries, keys, d, values, causal=False, scale=1.0, dtype="float64"
    ):
        q = (scale * rng.normal(size=(batch, queries, d))).astype(dtype)
        k = (scale * rng.normal(size=(batch, keys, d))).astype(dtype)
        v = rng.normal(size=(batch, keys, values)).astype(dtype)
        args = (Tensor(q), Tensor(k), Tensor(v), causal)
        tolerance = FLOAT64 if dtype == "float64" else FLOAT32
        wanted = right(q, k, v, causal)
        return Case(name, Bilingual(en, zh), args, wanted, tolerance=tolerance, dtype=dtype)

    def slopes(name, en, zh, batch, queries, keys, d, values, causal=False):
        q, k = rng.normal(size=(batch, queries, d)), rng.normal(size=(batch, keys, d))
        v = rng.normal(size=(batch, keys, values))
        asked = gradient(
            lambda q, k, v: right(q, k, v, causal),
            (q, k, v),
            rng.normal(size=(batch, queries, values)),
        )
        args = (Tensor(q), Tensor(k), Tensor(v), causal)
        return Case(name, Bilingual(en, zh), args, right(q, k, v, causal), gradient=asked)

    return [
        case(
            "one key",
            "With a single key its value is the result.",
            "只有一个键时，结果就是它的值。",
            1, 2, 1, 3, 2,
        ),
        case(
            "scaled",
            "Scores are divided by the square root of d before the softmax.",
            "分数在 softmax 之前要除以 d 的平方根。",
            1, 2, 3, 4, 2,
        ),
        case(
            "over the keys",
            "Each query's weights over the keys add up to one.",
            "每个查询在各键上的权重之和为 1。",
            2, 3, 5, 4, 2,
        ),
        case(
            "causal",
            "Query i sees itself and what comes before, nothing later.",
            "查询 i 只看到自己和之前的位置，看不到之后的。",
            1, 4, 4, 2, 3, causal=True,
        ),
        slopes(
            "gradients",
            "Gradients flow back to queries, keys and values.",
            "梯度要能传回查询、键和值。",
            1, 2, 3, 2, 2,
        ),
        slopes(
            "causal gradients",
            "What a query does not see gets no gradient from it, and no gradient is nan.",
            "查询看不到的位置不会从它得到梯度，任何梯度都不能是 nan。",
            1, 3, 3, 2, 2, causal=True,
        ),
        case(
            "causal in a batch",
            "The same mask holds for every example, and visible weights add up to one.",
            "每个样本用同样的掩码，可见位置的权重之和为 1。",
            3, 6, 6, 4, 5, causal=True,
        ),
        case(
            "large scores",
            "Scores in the thousands must not overflow.",
            "分数上千也不能溢出。",
            2, 4, 4, 16, 3, scale=60.0,
        ),
        case(
            "float32",
            "The dtype of the inputs is kept.",
            "保持输入的 dtype。",
            2, 5, 5, 8, 4, causal=True, dtype="float32",
        ),
    ]  # fmt: skip
