"""Inputs and expected values for the gradients of one step of an LSTM."""

import numpy as np

from coach.card import Bilingual
from coach.exercise import Case

GATES = {"i": 0, "f": 1, "g": 2, "o": 3}

NAMES = ("grad x", "grad h", "grad c", "grad w_x", "grad w_h", "grad b")


def step(x, h, c, w_x, w_h, b):
    """The step on real or complex numbers."""
    sums = x @ w_x + h @ w_h + b
    i, f, g, o = (sums[:, k * h.shape[1] : (k + 1) * h.shape[1]] for k in range(4))
    i, f, o = ((1 + np.tanh(s / 2)) / 2 for s in (i, f, o))
    c_next = f * c + i * np.tanh(g)
    return o * np.tanh(c_next), c_next


def right(upstream_h, upstream_c, *args):
    """Gradients by complex steps: the forward pass only, exact to rounding."""
    gradients = [np.zeros(arg.shape) for arg in args]
    for index, arg in enumerate(args):
        for place in np.ndindex(arg.shape):
            moved = arg.astype(complex)
            moved[place] += 1e-30j
            h_next, c_next = step(*args[:index], moved, *args[index + 1 :])
            loss = (upstream_h * h_next + upstream_c * c_next).sum()
            gradients[index][place] = loss.imag / 1e-30
    return tuple(gradients)


def inputs(rng, batch, n, hidden, scale=1.0):
    x, h = scale * rng.normal(size=(batch, n)), np.tanh(rng.normal(size=(batch, hidden)))
    w_x, w_h = 0.7 * rng.normal(size=(n, 4 * hidden)), 0.7 * rng.normal(size=(hidden, 4 * hidden))
    return x, h, rng.normal(size=(batch, hidden)), w_x, w_h, 0.5 * rng.normal(size=4 * hidden)


def with_gates(rng, **sums):
    """No weights, so that the biases alone set the gates; what is not named is drawn."""
    x, h, c, w_x, w_h, b = inputs(rng, 1, 2, 2)
    for name, value in sums.items():
        b.reshape(4, 2)[GATES[name]] = value
    return x, h, c, 0 * w_x, 0 * w_h, b


def cases(seed):
    rng = np.random.default_rng(seed)

    def case(name, en, zh, args, by_h=True, by_c=True):
        upstream = rng.normal(size=(2, *args[1].shape))
        wanted = np.array([by_h, by_c])[:, None, None]
        upstream_h, upstream_c = np.where(wanted, upstream, 0.0)
        why, expected = Bilingual(en, zh), right(upstream_h, upstream_c, *args)
        return Case(name, why, (upstream_h, upstream_c, *args), expected, names=NAMES)

    return [
        case(
            "from the cell state",
            "What later steps ask of c_next goes back to c, and to the three gates that made it.",
            "后续时间步对 c_next 的梯度传回 c，以及生成它的 i、f、g。",
            inputs(rng, 1, 1, 1), by_h=False,
        ),
        case(
            "from the hidden state",
            "h_next passes its gradient on to the output gate and, through tanh, to c_next.",
            "h_next 的梯度传给输出门，并经 tanh 传给 c_next。",
            inputs(rng, 1, 1, 1), by_c=False,
        ),
        case(
            "from both",
            "c_next gets a gradient from later steps and one through h_next; they add up.",
            "c_next 的梯度来自后续时间步和 h_next 两处，要相加。",
            inputs(rng, 1, 2, 2),
        ),
        case(
            "remembers",
            "Forget gate open, input gate shut: the gradient of the cell state comes back undiminished.",
            "遗忘门打开、输入门关闭时，细胞状态的梯度原样传回，不会衰减。",
            with_gates(rng, i=-900.0, f=900.0), by_h=False,
        ),
        case(
            "forgets",
            "What the forget gate has thrown away gets no gradient.",
            "被遗忘门丢弃的内容没有梯度。",
            with_gates(rng, i=900.0, f=-900.0),
        ),
        case(
            "output shut",
            "Through a shut output gate nothing of upstream_h reaches the cell state.",
            "输出门关闭时，upstream_h 传不到细胞状态。",
            with_gates(rng, o=-900.0), by_c=False,
        ),
        case(
            "batch",
            "Gradients of weights and bias are summed over the batch, not averaged.",
            "权重和偏置的梯度在批次上求和，不取平均。",
            inputs(rng, 4, 2, 3),
        ),
        case(
            "large sums",
            "Gates that are wide open or shut have slope zero; nothing may become infinite or not a number.",
            "全开或全关的门斜率为零，结果里不能出现无穷大或 NaN。",
            inputs(rng, 2, 2, 2, scale=3000.0),
        ),
        case(
            "no examples",
            "Sums over an empty batch are zero.",
            "空批次上的和为零。",
            inputs(rng, 0, 2, 2),
        ),
        case(
            "by columns",
            "The arrays may lie in memory column by column.",
            "数组在内存中可以按列存放。",
            tuple(map(np.asfortranarray, inputs(rng, 3, 2, 2))),
        ),
    ]  # fmt: skip
