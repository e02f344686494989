"""Inputs and expected values for batch normalisation backwards: the forward pass differentiated in steps
along the imaginary axis, which needs no formula of the backward pass."""

import numpy as np

from coach.card import Bilingual
from coach.exercise import FLOAT64, NUMERICAL, Case


def forward(x, gamma, beta, eps):
    centred = x - x.sum(axis=0) / len(x)
    return gamma * centred / ((centred**2).sum(axis=0) / len(x) + eps) ** 0.5 + beta


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


def right(upstream, x, gamma, eps):
    args = x, gamma, np.zeros(gamma.shape)
    return complex_step(lambda x, gamma, beta: forward(x, gamma, beta, eps), args, upstream)


def cases(seed):
    rng = np.random.default_rng(seed)

    def case(name, en, zh, x, upstream=None, eps=1e-5, tolerance=FLOAT64):
        gamma = rng.uniform(0.5, 2, size=x.shape[1]) * rng.choice([-1, 1], size=x.shape[1])
        upstream = rng.normal(size=x.shape) if upstream is None else upstream
        args = (upstream, x, gamma, eps)
        return Case(name, Bilingual(en, zh), args, right(*args), tolerance=tolerance)

    constant = rng.normal(size=(4, 2))
    constant[:, 0] = constant[0, 0]
    stretched = rng.normal(size=(5, 2))
    return [
        case(
            "one example",
            "A batch of one is always normalised to 0: x and gamma get no gradient, beta gets all of it.",
            "批次只有一个样本时，归一化结果恒为 0：x 和 gamma 没有梯度，梯度全部给 beta。",
            rng.normal(size=(1, 2)),
        ),
        case(
            "small batch",
            "Gradients of gamma and beta collect over the examples; that of x flows through mean and variance too.",
            "gamma 和 beta 的梯度要汇总所有样本；x 的梯度还要经过均值和方差。",
            3 + 2 * rng.normal(size=(3, 2)),
        ),
        case(
            "constant upstream",
            "Shifting a whole feature changes no output, so an upstream gradient alike for all examples gives x none.",
            "整列平移不改变输出，所以所有样本的上游梯度相同时，x 的梯度为 0。",
            rng.normal(size=(4, 2)), np.ones((4, 1)) * rng.normal(size=2),
        ),
        case(
            "upstream along x",
            "With eps = 0 stretching a feature around its mean changes no output: that direction has no gradient.",
            "eps = 0 时，围绕均值拉伸一个特征不改变输出：这个方向上的梯度为 0。",
            stretched, stretched - stretched.mean(axis=0), eps=0.0,
        ),
        case(
            "large eps",
            "eps stands under the root, with the variance, in the backward pass as well.",
            "反向传播时 eps 同样与方差一起在根号里。",
            rng.normal(size=(6, 2)), eps=0.5,
        ),
        case(
            "constant feature",
            "A feature without variance is divided by sqrt(eps) and still has a finite gradient.",
            "方差为零的特征除以 sqrt(eps)，梯度仍是有限数。",
            constant, eps=1e-3,
        ),
        case(
            "far from zero",
            "The mean is subtracted before anything is squared, or the variance drowns in rounding.",
            "要先减均值再平方，否则方差会被舍入误差淹没。",
            1e7 + rng.normal(size=(6, 2)), tolerance=NUMERICAL,
        ),
        case(
            "square and transposed",
            "Statistics run over the examples (the first axis), also where there are as many features.",
            "统计量沿样本（第一个轴）计算，特征数与样本数相同时也是如此。",
            rng.normal(size=(4, 4)).T, rng.normal(size=(4, 4)).T,
        ),
        case(
            "larger batch",
            "Right for every feature of a larger batch.",
            "较大的批次中每个特征都要正确。",
            10 * rng.normal(size=(30, 4)),
        ),
    ]  # fmt: skip
