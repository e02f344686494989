"""Inputs and expected values for layer normalisation. What the backward pass must give is the forward pass
differentiated in steps along the imaginary axis, which needs no formula of the backward pass."""

import numpy as np

from coach.card import Bilingual
from coach.exercise import FLOAT64, NUMERICAL, Case


def forward(x, gamma, beta, eps):
    d = x.shape[-1]
    centred = x - (x.sum(axis=-1) / d)[..., None]
    return centred / (((centred**2).sum(axis=-1) / d + eps) ** 0.5)[..., None] * gamma + beta


def complex_step(function, args, cotangent, step=1e-30):
    """Gradient of `(cotangent * function(*args)).sum()` by every argument, exact up to rounding."""
    gradients = []
    for index, arg in enumerate(args):
        gradient = np.zeros(arg.shape)
        for place in np.ndindex(arg.shape):
            moved = arg.astype(complex)
            moved[place] += 1j * step
            value = function(*args[:index], moved, *args[index + 1 :])
            gradient[place] = (cotangent * value).sum().imag / step
        gradients.append(gradient)
    return tuple(gradients)


def backward(upstream, x, gamma, eps):
    args = x, gamma, np.zeros(gamma.shape)
    return complex_step(lambda x, gamma, beta: forward(x, gamma, beta, eps), args, upstream)


def cases(seed):
    rng = np.random.default_rng(seed)
    return [*forwards(rng), *backwards(rng)]


def forwards(rng):
    def case(name, en, zh, x, eps=1e-5, tolerance=FLOAT64):
        args = x, *rng.normal(size=(2, x.shape[-1])), eps
        why = Bilingual(en, zh)
        return Case(name, why, args, forward(*args), call="layer_norm", tolerance=tolerance)

    constant = rng.normal(size=(3, 4))
    constant[1] = constant[1, 0]
    return [
        case(
            "one vector",
            "A single vector of features is normalised over its features.",
            "单个特征向量在它的各特征上归一化。",
            2 + 3 * rng.normal(size=3),
        ),
        case(
            "each row by itself",
            "What is normalised is each vector, whatever the others of the batch are.",
            "每个向量各自归一化，与批次中的其他向量无关。",
            rng.normal(size=(3, 3)) * [[1], [5], [20]],
        ),
        case(
            "three axes",
            "Statistics run over the last axis only, however many there are before it.",
            "无论前面有几个轴，统计量只沿最后一个轴计算。",
            rng.normal(size=(2, 3, 4)),
        ),
        case(
            "large eps",
            "eps is added to the variance, under the root.",
            "eps 加在方差上，在根号里面。",
            rng.normal(size=(2, 4)), eps=0.5,
        ),
        case(
            "constant vector",
            "eps keeps a vector without variance from dividing by zero.",
            "eps 防止方差为零的向量除以零。",
            constant,
        ),
        case(
            "far from zero",
            "The mean is subtracted before anything is squared, or the variance drowns in rounding.",
            "要先减均值再平方，否则方差会被舍入误差淹没。",
            1e7 + rng.normal(size=(2, 5)), tolerance=NUMERICAL,
        ),
        case(
            "no vectors",
            "An empty batch gives an empty result of the same shape.",
            "空批次返回同样形状的空结果。",
            np.empty((0, 3)),
        ),
    ]  # fmt: skip


def backwards(rng):
    def case(name, en, zh, x, upstream=None, eps=1e-5):
        gamma = rng.uniform(0.5, 2, size=x.shape[-1]) * np.where(np.arange(x.shape[-1]) % 2, -1, 1)
        upstream = rng.normal(size=x.shape) if upstream is None else upstream
        args = (upstream, x, gamma, eps)
        name = f"backward: {name}"
        return Case(name, Bilingual(en, zh), args, backward(*args), call="layer_norm_backward")

    constant = rng.normal(size=(3, 4))
    constant[1] = constant[1, 0]
    return [
        case(
            "one feature",
            "With one feature the normalised value is always 0: x gets no gradient.",
            "只有一个特征时归一化结果恒为 0：x 没有梯度。",
            rng.normal(size=(3, 1)),
        ),
        case(
            "one vector",
            "The gradient of x flows through mean and variance too, weighed by each feature's gamma before that.",
            "x 的梯度还要经过均值和方差，而在此之前已按各特征的 gamma 加权。",
            2 + 3 * rng.normal(size=3),
        ),
        case(
            "rows",
            "gamma and beta are shared by all vectors: their gradients collect what each contributes.",
            "gamma 和 beta 由所有向量共用：它们的梯度要汇总每个向量的贡献。",
            rng.normal(size=(3, 3)),
        ),
        case(
            "three axes",
            "Every axis but the last is summed over for gamma and beta.",
            "对 gamma 和 beta，除最后一轴外的所有轴都要求和。",
            rng.normal(size=(2, 3, 4)),
        ),
        case(
            "large eps",
            "eps stands under the root, with the variance, in the backward pass as well.",
            "反向传播时 eps 同样与方差一起在根号里。",
            rng.normal(size=(2, 4)), eps=0.5,
        ),
        case(
            "constant vector",
            "A vector without variance is divided by sqrt(eps) and still has a finite gradient.",
            "方差为零的向量除以 sqrt(eps)，梯度仍是有限数。",
            constant, eps=1e-3,
        ),
        case(
            "transposed",
            "The arrays may lie in memory column by column.",
            "数组在内存中可以按列存放。",
            rng.normal(size=(5, 4)).T, rng.normal(size=(5, 4)).T,
        ),
        case(
            "no vectors",
            "Where no vector contributes, gamma and beta get gradients of 0.",
            "没有向量参与时，gamma 和 beta 的梯度为 0。",
            np.empty((0, 3)),
        ),
    ]  # fmt: skip
