"""Inputs and expected values for both kinds of weight decay."""

import numpy as np

from coach.card import Bilingual
from coach.exercise import Case


def sgd(w, gradient, velocity, rate, beta, decay, decoupled):
    inside, outside = (0.0, decay) if decoupled else (decay, 0.0)
    velocity = gradient + inside * w + beta * velocity
    return (1 - rate * outside) * w - rate * velocity, velocity


def adam(w, gradient, m, v, t, rate, beta1, beta2, eps, decay, decoupled):
    inside, outside = (0.0, decay) if decoupled else (decay, 0.0)
    seen = gradient + inside * w
    m, v = seen + beta1 * (m - seen), seen * seen + beta2 * (v - seen * seen)
    first, second = (-np.expm1(t * np.log(beta)) for beta in (beta1, beta2))
    return (1 - rate * outside) * w - rate / first * m / ((v / second) ** 0.5 + eps), m, v


def cases(seed):
    rng = np.random.default_rng(seed)
    return [*descents(rng), *adams(rng)]


def weights(rng, shape):
    """Weights that stand clear of zero, so that their decay shows."""
    return rng.choice([-1.0, 1.0], shape) * rng.uniform(0.5, 2, shape)


def descents(rng):
    def case(name, en, zh, shape, decay, decoupled, moving=True, beta=0.9):
        velocity = rng.normal(size=shape) if moving else np.zeros(shape)
        args = (weights(rng, shape), rng.normal(size=shape), velocity, 0.1, beta, decay, decoupled)
        return Case(name, Bilingual(en, zh), args, sgd(*args), call="sgd_step")

    return [
        case(
            "descent, L2",
            "The gradient of decay / 2 * w^2 is decay * w, added to the gradient of the loss.",
            "decay / 2 * w^2 的梯度是 decay * w，加到损失的梯度上。",
            (2,), 0.1, False, moving=False,
        ),
        case(
            "descent, decoupled",
            "Decoupled decay takes rate * decay * w off the weights and leaves the velocity alone.",
            "解耦的衰减从权重中减去 rate * decay * w，不进入速度。",
            (2,), 0.1, True, moving=False,
        ),
        case(
            "descent without decay",
            "With decay = 0 both kinds are plain descent with momentum.",
            "decay 为 0 时，两种方式都是普通的动量下降。",
            (3,), 0.0, True,
        ),
        case(
            "moving, L2",
            "The penalty's gradient enters the velocity, like the rest of the gradient.",
            "惩罚项的梯度和其余梯度一样进入速度。",
            (2, 3), 0.3, False,
        ),
        case(
            "moving, decoupled",
            "The weights before the step decay, by the rate times decay.",
            "衰减的是更新前的权重，比例为 rate 乘 decay。",
            (2, 3), 0.3, True, beta=0.5,
        ),
    ]  # fmt: skip


def adams(rng):
    def case(name, en, zh, shape, decay, decoupled, t=1, size=1.0, eps=1e-8):
        gradient, m = size * rng.normal(size=(2, *shape)) + 0.0
        v = size**2 * rng.uniform(0.2, 2, shape)
        state = (np.zeros(shape), np.zeros(shape)) if t == 1 else (m, v)
        args = (weights(rng, shape), gradient, *state, t, 0.05, 0.9, 0.99, eps, decay, decoupled)
        return Case(name, Bilingual(en, zh), args, adam(*args), call="adam_step")

    return [
        case(
            "Adam, only L2",
            "Where the loss is flat, Adam divides the penalty's gradient by its own size: decay hardly counts.",
            "损失平坦时，Adam 会把惩罚项的梯度除以它自身的大小：decay 取多大几乎不再重要。",
            (3,), 0.2, False, size=0.0,
        ),
        case(
            "Adam, only decoupled",
            "Where the loss is flat, decoupled decay still shrinks each weight in proportion.",
            "损失平坦时，解耦的衰减仍按比例缩小每个权重。",
            (3,), 0.2, True, size=0.0,
        ),
        case(
            "Adam without decay",
            "With decay = 0 both kinds are plain Adam.",
            "decay 为 0 时，两种方式都是普通的 Adam。",
            (3,), 0.0, False, t=2,
        ),
        case(
            "later step, L2",
            "With L2 the penalty's gradient is part of both moving averages.",
            "用 L2 时，惩罚项的梯度同时进入两个滑动平均。",
            (2, 2), 0.3, False, t=5,
        ),
        case(
            "later step, decoupled",
            "With decoupled decay neither moving average sees the penalty.",
            "用解耦的衰减时，两个滑动平均都不含惩罚项。",
            (2, 2), 0.3, True, t=5,
        ),
        case(
            "large gradients, decoupled",
            "How fast weights decay does not depend on the size of their gradients.",
            "权重衰减的快慢与梯度大小无关。",
            (4,), 0.5, True, t=20, size=1e3,
        ),
        case(
            "large eps",
            "eps stands outside the root and does not slow decoupled decay down.",
            "eps 在根号外面，也不减慢解耦的衰减。",
            (4,), 0.4, True, t=3, eps=0.5,
        ),
    ]  # fmt: skip
