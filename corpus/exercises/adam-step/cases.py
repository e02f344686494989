"""Inputs and expected values for a step of Adam."""

import numpy as np

from coach.card import Bilingual
from coach.exercise import Case


def right(w, g, m, v, t, rate, beta1, beta2, eps):
    m = m + (1 - beta1) * (g - m)
    v = v + (1 - beta2) * (g * g - v)
    direction = (m / -np.expm1(t * np.log(beta1))) / (
        eps + (v / -np.expm1(t * np.log(beta2))) ** 0.5
    )
    return w - rate * direction, m, v


def cases(seed):
    rng = np.random.default_rng(seed)

    def case(name, en, zh, shape, t, scale=1.0, eps=1e-8, start=False, silent=0):
        w, g, m = rng.normal(size=(3, *shape))
        g[:silent] = 0
        m, v = (0 * m, 0 * m) if start else (m, rng.uniform(0.1, 2, size=shape))
        args = (w, scale * g, scale * m, scale**2 * v, t, 0.1, 0.9, 0.99, eps)
        return Case(name, Bilingual(en, zh), args, right(*args))

    return [
        case(
            "first step",
            "At the first step the correction undoes the start at zero: each weight moves by the rate.",
            "第一步的修正抵消了从零开始的影响：每个权重移动 rate。",
            (3,), 1, start=True,
        ),
        case(
            "weight without a gradient",
            "A weight whose gradient has always been 0 stays where it is: eps keeps 0 / 0 away.",
            "梯度一直为 0 的权重保持不动：eps 避免了 0 / 0。",
            (4,), 1, start=True, silent=2,
        ),
        case(
            "fifth step",
            "The correction depends on the number of the step, for both averages.",
            "两个滑动平均的修正都取决于步数。",
            (4,), 5,
        ),
        case(
            "large eps",
            "eps is added to the root of the second average.",
            "eps 加在第二个平均的平方根上。",
            (4,), 3, eps=0.5,
        ),
        case(
            "tiny gradients",
            "The step does not shrink with the scale of the gradient.",
            "步长不随梯度的尺度缩小。",
            (2, 3), 2, scale=1e-3,
        ),
        case(
            "late step",
            "Late in training the correction is nearly 1.",
            "训练后期修正系数接近 1。",
            (5, 4), 400,
        ),
    ]  # fmt: skip
