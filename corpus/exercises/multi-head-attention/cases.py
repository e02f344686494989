"""Inputs and expected values for multi-head attention."""

import numpy as np

from coach.card import Bilingual
from coach.exercise import Case


def right(x, memory, w_q, w_k, w_v, w_o, heads):
    def per_head(w):
        return w.reshape(len(w), heads, -1)

    q, k, v = (
        np.einsum("btd,dhe->bhte", a, per_head(w))
        for a, w in ((x, w_q), (memory, w_k), (memory, w_v))
    )
    scores = np.einsum("bhqe,bhke->bhqk", q, k) / np.sqrt(w_q.shape[1] / heads)
    weights = np.exp(scores - np.logaddexp.reduce(scores, axis=-1, keepdims=True))
    w_out = w_o.reshape(heads, -1, w_o.shape[1])
    return np.einsum("bhqk,bhke,heo->bqo", weights, v, w_out, optimize=True), weights


def cases(seed):
    rng = np.random.default_rng(seed)

    def inputs(batch, queries, keys, d, heads, d_k, d_v, d_memory=None, d_out=None, scale=1.0):
        """With no keys of its own the memory is x itself."""
        x = scale * rng.normal(size=(batch, queries, d))
        memory = scale * rng.normal(size=(batch, keys, d_memory or d)) if keys else x
        w_q, w_k, w_v = (
            rng.normal(size=(a.shape[-1], heads * size)) / np.sqrt(a.shape[-1])
            for a, size in ((x, d_k), (memory, d_k), (memory, d_v))
        )
        return x, memory, w_q, w_k, w_v, rng.normal(size=(heads * d_v, d_out or d)), heads

    def case(name, en, zh, *sizes, order=None, **options):
        args = inputs(*sizes, **options)
        if order:
            args = (*(np.array(a, order=order) for a in args[:-1]), args[-1])
        return Case(name, Bilingual(en, zh), args, right(*args), names=("output", "weights"))

    return [
        case(
            "one head",
            "With one head it is scaled dot-product attention between two projections.",
            "只有一个头时，就是夹在投影之间的缩放点积注意力。",
            1, 2, 3, 2, 1, 2, 2,
        ),
        case(
            "one key",
            "With a single key every weight is 1 and every query gets that key's value.",
            "只有一个键时权重都是 1，每个查询得到的都是它的值。",
            1, 3, 1, 2, 2, 2, 1,
        ),
        case(
            "two heads",
            "At every position each head works on its own block of neighbouring columns.",
            "在每个位置上，每个头都使用自己的一块相邻列。",
            1, 2, 3, 4, 2, 2, 2,
        ),
        case(
            "scaled by one head's size",
            "Scores are divided by the root of d_k, the size of one head, not of all heads together.",
            "分数除以单个头的维数 d_k 的平方根，而不是所有头加起来的维数。",
            1, 2, 2, 3, 3, 4, 1,
        ),
        case(
            "as many positions as heads",
            "Splitting into heads must not mix positions with heads, even where the shapes allow it.",
            "拆分多头时不能把位置和头混在一起，即使形状恰好允许。",
            1, 2, 2, 4, 2, 2, 2,
        ),
        case(
            "self-attention",
            "For self-attention queries, keys and values come from the same array.",
            "自注意力的查询、键和值来自同一个数组。",
            2, 4, 0, 4, 2, 2, 2,
        ),
        case(
            "other memory",
            "Keys and values come from memory, which may have another width and length.",
            "键和值来自 memory，它的宽度和长度都可以不同。",
            2, 3, 5, 4, 2, 2, 2, d_memory=3,
        ),
        case(
            "values of another size",
            "The values of a head may be wider than its keys; w_o sets the width of the output.",
            "一个头的值可以比键更宽；输出的宽度由 w_o 决定。",
            2, 3, 4, 4, 2, 2, 3, d_out=5,
        ),
        case(
            "large scores",
            "Scores in the thousands must not overflow in the softmax.",
            "分数上千时 softmax 也不能溢出。",
            1, 3, 4, 4, 2, 4, 2, scale=60.0,
        ),
        case(
            "by columns",
            "The arrays may lie in memory column by column.",
            "数组在内存中可以按列存放。",
            2, 3, 4, 4, 2, 3, 3, order="F",
        ),
        case(
            "batch",
            "Right for every head of every example.",
            "每个样本的每个头都要正确。",
            4, 7, 9, 12, 4, 3, 3,
        ),
    ]  # fmt: skip
