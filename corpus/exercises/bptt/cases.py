"""Inputs and expected values for back-propagation through time."""

import numpy as np

from coach.card import Bilingual
from coach.exercise import Case

NAMES = ("states", "grad x", "grad h0", "grad w_x", "grad w_h", "grad b")


def states(x, h, w_x, w_h, b):
    """All states, for real or complex numbers."""
    found = []
    for inputs in x:
        h = np.tanh(inputs @ w_x + h @ w_h + b)
        found.append(h)
    return np.array(found).reshape(len(x), *np.shape(h))


def right(*args):
    """Gradients by complex steps: the forward pass only, exact to rounding."""
    *args, upstream = args
    gradients = [np.zeros(arg.shape) for arg in args]
    for index, arg in enumerate(args):
        for place in np.ndindex(arg.shape):
            moved = arg.astype(complex)
            moved[place] += 1e-30j
            value = states(*args[:index], moved, *args[index + 1 :])
            gradients[index][place] = (upstream * value).sum().imag / 1e-30
    return states(*args), *gradients


def cases(seed):
    rng = np.random.default_rng(seed)

    def case(name, en, zh, steps, batch, n, hidden, uses=None, scale=1.0, recurrent=0.6, x=None):
        x = rng.normal(size=(steps, batch, n)) if x is None else x
        w_x, w_h = 0.6 * rng.normal(size=(n, hidden)), recurrent * rng.normal(size=(hidden, hidden))
        upstream = scale * rng.normal(size=(steps, batch, hidden))
        if uses is not None:
            upstream = np.where((np.arange(steps) == uses)[:, None, None], upstream, 0.0)
        h0, b = np.tanh(rng.normal(size=(batch, hidden))), 0.3 * rng.normal(size=hidden)
        args = (x, h0, w_x, w_h, b, upstream)
        return Case(name, Bilingual(en, zh), args, right(*args), names=NAMES)

    return [
        case(
            "no steps",
            "Without steps there are no states, and the loss depends on nothing.",
            "没有时间步就没有隐状态，损失也不依赖任何量。",
            0, 2, 3, 2,
        ),
        case(
            "one step",
            "With one step it is the gradient of a single cell.",
            "只有一步时就是单个单元的梯度。",
            1, 1, 2, 2,
        ),
        case(
            "loss at the end",
            "A loss on the last state reaches the earlier steps through the states between.",
            "只作用在最后一个隐状态上的损失，经由中间的隐状态传到更早的时间步。",
            3, 1, 1, 2, uses=2,
        ),
        case(
            "loss at the start",
            "A loss on the first state alone gives the first input a gradient and later inputs none.",
            "损失只用到第一个隐状态时，第一个输入有梯度，之后的输入没有。",
            3, 1, 2, 2, uses=0,
        ),
        case(
            "loss at every step",
            "At each state what the loss takes directly and what comes from the next state are added.",
            "每个隐状态上，损失的直接梯度与从下一个隐状态传来的梯度相加。",
            3, 1, 2, 2,
        ),
        case(
            "batch",
            "Shared arrays gather their gradient over all steps and all examples, as a sum.",
            "共用的数组把所有时间步、所有样本的梯度加起来。",
            4, 3, 2, 3,
        ),
        case(
            "as many inputs as units",
            "The gradient goes back through the transposed weights.",
            "梯度通过转置的权重往回传。",
            4, 2, 3, 3,
        ),
        case(
            "large gradients",
            "Clipping is the optimiser's business: gradients come back in full size.",
            "梯度裁剪是优化器的事：这里要返回完整的梯度。",
            5, 2, 2, 2, scale=1e4,
        ),
        case(
            "batch first in memory",
            "The sequence may be a transposed view of an array that is stored batch first.",
            "序列可以是 batch 在前的数组的转置视图。",
            4, 3, 2, 2, x=rng.normal(size=(3, 4, 2)).transpose(1, 0, 2),
        ),
        case(
            "long sequence",
            "The gradient goes back all the way, however many steps there are.",
            "无论有多少步，梯度都要一直传到最前面。",
            14, 1, 2, 2, uses=13, scale=1e3, recurrent=0.9,
        ),
    ]  # fmt: skip
