"""Inputs and expected values for one step of a GRU."""

import numpy as np

from coach.card import Bilingual
from coach.exercise import Case

BLOCKS = {"r": 0, "z": 1, "n": 2}


def right(x, h, w_x, w_h, b):
    hidden = h.shape[1]
    w, u, bias = w_x.reshape(-1, 3, hidden), w_h.reshape(hidden, 3, hidden), b.reshape(3, hidden)

    def sums(name, state):
        block = BLOCKS[name]
        seen = np.einsum("bd,dk->bk", x, w[:, block]) + np.einsum("bj,jk->bk", state, u[:, block])
        return seen + bias[block]

    r, z = (np.exp(-np.logaddexp(0, -sums(name, h))) for name in "rz")
    n = np.tanh(sums("n", r * h))
    return n + z * (h - n)


def inputs(rng, batch, n, hidden, scale=1.0):
    x, h = scale * rng.normal(size=(batch, n)), np.tanh(rng.normal(size=(batch, hidden)))
    w_x, w_h = rng.normal(size=(n, 3 * hidden)), rng.normal(size=(hidden, 3 * hidden))
    return x, h, w_x, w_h, rng.normal(size=3 * hidden)


def with_gates(rng, **sums):
    """Gates that only their biases set."""
    x, h, w_x, w_h, b = inputs(rng, 2, 2, 2)
    for name, value in sums.items():
        for array in (w_x, w_h):
            array.reshape(-1, 3, 2)[:, BLOCKS[name]] = 0.0
        b.reshape(3, 2)[BLOCKS[name]] = value
    return x, h, w_x, w_h, b


def case(name, en, zh, args):
    return Case(name, Bilingual(en, zh), args, right(*args))


def cases(seed):
    rng = np.random.default_rng(seed)
    x, h, w_x, w_h, b = inputs(rng, 3, 2, 3)
    return [
        case(
            "one unit",
            "The new state is a mixture of the old state and the candidate.",
            "新状态是旧状态与候选状态的混合。",
            inputs(rng, 1, 1, 1),
        ),
        case(
            "keeps",
            "z is the share of the old state: with z = 1 nothing changes.",
            "z 是旧状态所占的比例：z = 1 时状态不变。",
            with_gates(rng, z=900.0),
        ),
        case(
            "replaces",
            "With z = 0 the candidate takes the place of the old state; with r = 1 it sees all of it.",
            "z = 0 时候选状态完全取代旧状态；r = 1 时候选状态看到完整的旧状态。",
            with_gates(rng, r=900.0, z=-900.0),
        ),
        case(
            "reset",
            "With r = 0 the candidate sees the input and the bias only, not the old state.",
            "r = 0 时候选状态只看输入和偏置，不看旧状态。",
            with_gates(rng, r=-900.0, z=0.0),
        ),
        case(
            "partly reset",
            "The reset gate weighs the units of the old state before they are multiplied by the weights.",
            "重置门先给旧状态的各单元加权，再与权重相乘。",
            inputs(rng, 1, 1, 3),
        ),
        case(
            "three blocks",
            "Each block of neighbouring columns belongs to one part, in the order r, z, n.",
            "每块相邻的列属于一个部分，顺序为 r、z、n。",
            inputs(rng, 2, 2, 2),
        ),
        case(
            "through the old state",
            "Both gates see the whole old state, not the one that was reset.",
            "两个门看到的都是完整的旧状态，而不是重置之后的。",
            (0 * x, h, w_x, w_h, 0 * b),
        ),
        case(
            "large sums",
            "A gate whose sum is in the thousands is open or shut; it is never not a number.",
            "门的输入达到几千时，门就是全开或全关，绝不会是 NaN。",
            inputs(rng, 3, 2, 4, scale=3000.0),
        ),
        case(
            "no examples",
            "An empty batch gives an empty state.",
            "空批次返回空的状态。",
            inputs(rng, 0, 2, 3),
        ),
        case(
            "by columns",
            "The arrays may lie in memory column by column.",
            "数组在内存中可以按列存放。",
            tuple(map(np.asfortranarray, inputs(rng, 4, 3, 2))),
        ),
        case(
            "batch",
            "Right for every unit of every example.",
            "每个样本的每个单元都要正确。",
            inputs(rng, 20, 8, 6),
        ),
    ]  # fmt: skip
