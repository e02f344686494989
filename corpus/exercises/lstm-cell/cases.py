"""Inputs and expected values for one step of an LSTM."""

import numpy as np

from coach.card import Bilingual
from coach.exercise import Case

GATES = {"i": 0, "f": 1, "g": 2, "o": 3}


def right(x, h, c, w_x, w_h, b):
    hidden = h.shape[1]
    by_block = (w.reshape(-1, 4, hidden) for w in (w_x, w_h))
    sums = sum(np.einsum("nd,dbk->bnk", a, w) for a, w in zip((x, h), by_block, strict=True))
    sums = sums + b.reshape(4, 1, hidden)
    i, f, o = (np.exp(-np.logaddexp(0, -sums[GATES[name]])) for name in "ifo")
    c_next = f * c + i * np.tanh(sums[GATES["g"]])
    return o * np.tanh(c_next), c_next


def inputs(rng, batch, n, hidden, scale=1.0):
    x, h = scale * rng.normal(size=(batch, n)), np.tanh(rng.normal(size=(batch, hidden)))
    w_x, w_h = rng.normal(size=(n, 4 * hidden)), rng.normal(size=(hidden, 4 * hidden))
    return x, h, 1.5 * rng.normal(size=(batch, hidden)), w_x, w_h, rng.normal(size=4 * hidden)


def with_gates(rng, **sums):
    """No weights, so that the biases alone set the gates; what is not named is drawn."""
    x, h, c, w_x, w_h, b = inputs(rng, 2, 2, 2)
    for name, value in sums.items():
        b.reshape(4, 2)[GATES[name]] = value
    return x, h, c, 0 * w_x, 0 * w_h, b


def case(name, en, zh, args):
    return Case(name, Bilingual(en, zh), args, right(*args), names=("h_next", "c_next"))


def cases(seed):
    rng = np.random.default_rng(seed)
    x, h, c, w_x, w_h, b = inputs(rng, 4, 3, 3)
    return [
        case(
            "one unit",
            "New cell state: what the forget gate keeps plus what the input gate lets in.",
            "新的细胞状态 = 遗忘门保留的部分 + 输入门放进来的部分。",
            inputs(rng, 1, 1, 1),
        ),
        case(
            "remembers",
            "Input gate shut and forget gate open: the cell state stays exactly as it was.",
            "输入门关闭、遗忘门打开时，细胞状态保持不变。",
            with_gates(rng, i=-900.0, f=900.0),
        ),
        case(
            "overwrites",
            "Forget gate shut and input gate open: the candidate, between -1 and 1, replaces the cell state.",
            "遗忘门关闭、输入门打开时，细胞状态被 -1 与 1 之间的候选值取代。",
            with_gates(rng, i=900.0, f=-900.0),
        ),
        case(
            "output shut",
            "A shut output gate hides the cell state from h but does not change it.",
            "输出门关闭时 h 看不到细胞状态，但细胞状态本身不变。",
            with_gates(rng, o=-900.0),
        ),
        case(
            "output open",
            "With an open output gate h is tanh of the new cell state.",
            "输出门打开时，h 是新细胞状态的 tanh。",
            with_gates(rng, o=900.0),
        ),
        case(
            "four blocks",
            "Each block of neighbouring columns belongs to one gate, in the order i, f, g, o.",
            "每块相邻的列属于一个门，顺序为 i、f、g、o。",
            inputs(rng, 1, 2, 3),
        ),
        case(
            "through the old state",
            "The gates see the old hidden state through w_h, and never the cell state.",
            "各个门通过 w_h 看到旧的隐状态，看不到细胞状态。",
            (0 * x, h, c, w_x, w_h, 0 * b),
        ),
        case(
            "large sums",
            "A gate whose sum is in the thousands is open or shut; it is never not a number.",
            "门的输入达到几千时，门就是全开或全关，绝不会是 NaN。",
            inputs(rng, 3, 2, 4, scale=3000.0),
        ),
        case(
            "no examples",
            "An empty batch gives two empty states.",
            "空批次返回两个空的状态。",
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
