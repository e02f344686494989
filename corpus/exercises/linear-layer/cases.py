"""Inputs and expected values for the linear layer; gradients come from differences of the forward pass."""

import numpy as np

from coach.card import Bilingual
from coach.exercise import NUMERICAL, Case
from coach.practice.numeric import numerical_gradient


def right(x, W, b):
    return np.einsum("...i,io->...o", x, W) + b


def cases(seed):
    rng = np.random.default_rng(seed)
    return [*forwards(rng), *backwards(rng)]


def forwards(rng):
    def case(name, en, zh, x, outputs):
        W, b = rng.normal(size=(x.shape[-1], outputs)), rng.normal(size=outputs)
        return Case(name, Bilingual(en, zh), (x, W, b), right(x, W, b), call="linear")

    return [
        case(
            "one vector",
            "A single vector gives a single vector of outputs.",
            "单个向量得到单个输出向量。",
            rng.normal(size=2), 3,
        ),
        case(
            "as many outputs as inputs",
            "Rows of W belong to the inputs, columns to the outputs.",
            "W 的行对应输入，列对应输出。",
            rng.normal(size=(2, 3)), 3,
        ),
        case(
            "batch",
            "The bias is added once to every vector.",
            "偏置对每个向量加一次。",
            rng.normal(size=(4, 2)), 3,
        ),
        case(
            "sequence",
            "Leading axes are kept, however many there are.",
            "前面的轴无论有多少都保留。",
            rng.normal(size=(2, 3, 4)), 2,
        ),
        case(
            "no vectors",
            "An empty batch gives an empty result.",
            "空批次返回空结果。",
            np.empty((0, 3)), 2,
        ),
    ]  # fmt: skip


def backwards(rng):
    def case(name, en, zh, x, outputs):
        W, b = rng.normal(size=(x.shape[-1], outputs)), rng.normal(size=outputs)
        upstream = rng.normal(size=(outputs, *x.shape[:-1][::-1])).T
        return Case(
            f"backward: {name}",
            Bilingual(en, zh),
            (upstream, x, W),
            numerical_gradient(right, (x, W, b), upstream),
            call="linear_backward",
            tolerance=NUMERICAL,
        )

    return [
        case(
            "one vector",
            "Every gradient has the shape of what it belongs to.",
            "每个梯度与它所对应的量同形状。",
            rng.normal(size=2), 3,
        ),
        case(
            "as many outputs as inputs",
            "The gradient of x goes back through the transposed weights; that of W is not transposed.",
            "x 的梯度经过转置后的权重传回；W 的梯度不转置。",
            rng.normal(size=(2, 3)), 3,
        ),
        case(
            "batch",
            "W and b are shared: their gradients are sums over the vectors, not means.",
            "W 和 b 是共用的：它们的梯度是对向量求和，不是平均。",
            rng.normal(size=(5, 3)), 2,
        ),
        case(
            "sequence",
            "The sums run over all leading axes, not only over the first.",
            "求和要遍历前面所有的轴，而不只是第一个。",
            rng.normal(size=(2, 3, 4)), 2,
        ),
        case(
            "one output",
            "A single output keeps its axis.",
            "只有一个输出时，它的轴也要保留。",
            rng.normal(size=(3, 2)), 1,
        ),
        case(
            "transposed",
            "The input may lie in memory column by column.",
            "输入在内存中可以按列存放。",
            rng.normal(size=(3, 4)).T, 3,
        ),
        case(
            "no vectors",
            "Where no vector contributes, the gradients of W and b are 0.",
            "没有向量参与时，W 和 b 的梯度为 0。",
            np.empty((0, 3)), 2,
        ),
    ]  # fmt: skip
