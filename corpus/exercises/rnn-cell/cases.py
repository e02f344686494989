"""Inputs and expected values for one step of a tanh recurrent network."""

import math

import numpy as np

from coach.card import Bilingual
from coach.exercise import Case

GRADIENTS = ("grad x", "grad h", "grad w_x", "grad w_h", "grad b")


def forward(x, h, w_x, w_h, b):
    """The new state, one unit of one example after the other."""
    sums = [
        [math.fsum([*(row * w_x[:, j]), *(state * w_h[:, j]), b[j]]) for j in range(len(b))]
        for row, state in zip(x, h, strict=True)
    ]
    return np.tanh(np.array(sums).reshape(h.shape))


def step(x, h, w_x, w_h, b):
    """The same for complex numbers."""
    return np.tanh(np.einsum("ni,ij->nj", x, w_x) + np.einsum("nk,kj->nj", h, w_h) + b)


def slopes(upstream, *args):
    """Gradients by complex steps: exact to rounding, since no values are subtracted."""
    gradients = [np.zeros(arg.shape) for arg in args]
    for index, arg in enumerate(args):
        for place in np.ndindex(arg.shape):
            moved = arg.astype(complex)
            moved[place] += 1e-30j
            value = step(*args[:index], moved, *args[index + 1 :])
            gradients[index][place] = (upstream * value).sum().imag / 1e-30
    return tuple(gradients)


def cases(seed):
    rng = np.random.default_rng(seed)

    def inputs(batch, n, hidden, scale=1.0):
        x, h = scale * rng.normal(size=(batch, n)), np.tanh(rng.normal(size=(batch, hidden)))
        w_x, w_h = 0.7 * rng.normal(size=(n, hidden)), 0.7 * rng.normal(size=(hidden, hidden))
        return x, h, w_x, w_h, rng.normal(size=hidden)

    return [*forwards(inputs), *backwards(rng, inputs)]


def forwards(inputs):
    x, h, w_x, w_h, b = inputs(4, 3, 4)

    def case(name, en, zh, *args):
        return Case(name, Bilingual(en, zh), args, forward(*args), call="rnn_forward")

    return [
        case(
            "one unit",
            "Input, old state and bias are added up, and tanh is taken of the sum.",
            "输入、旧隐状态和偏置相加，再取 tanh。",
            *inputs(1, 1, 1),
        ),
        case(
            "old state",
            "Row k of w_h says what unit k of the old state adds to each unit of the new one.",
            "w_h 的第 k 行表示旧隐状态的第 k 个单元对新隐状态各单元的贡献。",
            0 * x, h, w_x, w_h, 0 * b,
        ),
        case(
            "batch",
            "Every example has its own input and state; weights and bias are shared.",
            "每个样本有自己的输入和隐状态，权重和偏置共用。",
            *inputs(5, 4, 3),
        ),
        case(
            "large sums",
            "tanh of a huge number is 1 or -1, not the quotient of two infinities.",
            "很大的数的 tanh 是 1 或 -1，而不是两个无穷大之比。",
            *inputs(3, 2, 4, scale=3000.0),
        ),
        case(
            "no examples",
            "An empty batch gives an empty state of the right shape.",
            "空批次返回形状正确的空隐状态。",
            *inputs(0, 2, 3),
        ),
        case(
            "by columns",
            "The arrays may lie in memory column by column.",
            "数组在内存中可以按列存放。",
            *map(np.asfortranarray, inputs(6, 5, 4)),
        ),
    ]  # fmt: skip


def backwards(rng, inputs):
    def case(name, en, zh, args, upstream=None):
        if upstream is None:
            upstream = rng.normal(size=args[1].shape)
        why, expected = Bilingual(en, zh), slopes(upstream, *args)
        call = {"call": "rnn_backward", "names": GRADIENTS}
        return Case(name, why, (upstream, *args), expected, **call)

    few, wide = inputs(2, 3, 2), rng.normal(size=(4, 6))
    return [
        case(
            "backward: one unit",
            "The gradient first passes the derivative of tanh at the new state.",
            "梯度首先要乘以 tanh 在新隐状态处的导数。",
            inputs(1, 1, 1),
        ),
        case(
            "backward: one example",
            "In a product, one factor's gradient is built with the other: a weight's with what it multiplied.",
            "乘积里每个因子的梯度要用另一个因子来求：权重的梯度用输入，输入的梯度用权重。",
            inputs(1, 3, 2),
        ),
        case(
            "backward: batch",
            "Gradients of weights and bias add up over the batch; they are not averaged.",
            "权重和偏置的梯度在批次上求和，不取平均。",
            inputs(4, 3, 2),
        ),
        case(
            "backward: as many inputs as units",
            "Going back, the weights are applied the other way round, also where the shapes would allow either.",
            "反向时权重要转置使用，即使形状上两种写法都行得通。",
            inputs(3, 3, 3),
        ),
        case(
            "backward: one unit counts",
            "Where upstream is zero nothing flows back.",
            "upstream 为零的地方没有梯度流回。",
            few, np.array([[0.0, 1.5], [0.0, 0.0]]),
        ),
        case(
            "backward: saturated",
            "A unit near 1 or -1 lets almost no gradient through.",
            "接近 1 或 -1 的单元几乎不让梯度通过。",
            inputs(3, 2, 3, scale=20.0),
        ),
        case(
            "backward: no examples",
            "Sums over an empty batch are zero.",
            "空批次上的和为零。",
            inputs(0, 2, 3),
        ),
        case(
            "backward: view with gaps",
            "upstream may be a view of another array.",
            "upstream 可以是另一个数组的视图。",
            inputs(4, 2, 3), wide[:, ::2],
        ),
    ]  # fmt: skip
