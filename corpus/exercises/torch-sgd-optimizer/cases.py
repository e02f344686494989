"""Inputs and expected paths for SGD: momentum as a sum over all gradients so far, not by a recursion."""

import numpy as np

from coach.card import Bilingual
from coach.exercise import Case


def right(start, gradients, missing, rates, momentum, weight_decay):
    """The path of each parameter by itself, from the list of the gradients it has seen."""
    path = np.empty((len(rates) + 1, *start.shape))
    path[0] = start
    for i in range(len(start)):
        seen = []
        for t, rate in enumerate(rates):
            path[t + 1, i] = path[t, i]
            if missing[t, i]:
                continue
            seen.append(gradients[t, i] + weight_decay * path[t, i])
            powers = momentum ** np.arange(len(seen))[::-1]
            path[t + 1, i] -= rate * np.tensordot(powers, seen, axes=1)
    return path


def downhill(start, curvature, lr, momentum, weight_decay, steps):
    path, velocity = [start], 0
    for _ in range(steps):
        velocity = momentum * velocity + (curvature + weight_decay) * path[-1]
        path.append(path[-1] - lr * velocity)
    return np.array(path)


def names(path):
    return tuple(f"parameters[step {step}]" for step in range(len(path)))


def cases(seed):
    rng = np.random.default_rng(seed)
    return [*steps(rng), *loops(rng)]


def steps(rng):
    def case(name, en, zh, shape, rates=0.1, momentum=0.0, weight_decay=0.0, missing=()):
        """`missing` lists pairs (step, parameter) without a gradient."""
        gradients, absent = rng.normal(size=shape), np.zeros(shape[:2], dtype=bool)
        for place in missing:
            absent[place] = True
        start = rng.choice([-1, 1], shape[1:]) * rng.uniform(1, 3, shape[1:])
        args = (start, gradients, absent, np.full(shape[0], rates), momentum, weight_decay)
        path = right(*args)
        return Case(name, Bilingual(en, zh), args, list(path), call="trajectory", names=names(path))

    return [
        case(
            "one step",
            "The parameter itself moves, by the learning rate against the gradient.",
            "被移动的是参数本身：沿梯度反方向走学习率那么远。",
            (1, 1, 2),
        ),
        case(
            "several steps",
            "Every step moves every parameter, also those that came from a generator.",
            "每一步都要移动每个参数，即使参数来自生成器。",
            (3, 2, 2),
        ),
        case(
            "momentum",
            "The velocity keeps a share of momentum and takes up the whole gradient.",
            "速度保留 momentum 这一份，再加上完整的梯度。",
            (3, 1, 2), momentum=0.8,
        ),
        case(
            "momentum of several parameters",
            "Each parameter has its own velocity.",
            "每个参数有自己的速度。",
            (3, 3, 2), momentum=0.9,
        ),
        case(
            "weight decay",
            "The decay is added to the gradient, and so pulls the parameter towards zero.",
            "衰减项加到梯度上，把参数拉向零。",
            (2, 1, 2), weight_decay=0.5,
        ),
        case(
            "weight decay and momentum",
            "The decay goes through the velocity like the gradient.",
            "衰减项和梯度一样要经过速度。",
            (4, 2, 2), momentum=0.7, weight_decay=0.3,
        ),
        case(
            "missing gradients",
            "A parameter without gradient stays where it is, without decay, and keeps its velocity for later.",
            "没有梯度的参数原地不动，也不衰减，速度留到以后用。",
            (4, 3, 2), momentum=0.6, weight_decay=0.2, missing=[(0, 0), (1, 1), (2, 1), (2, 2)],
        ),
        case(
            "changing learning rate",
            "A new learning rate counts for the whole velocity from the next step on.",
            "新的学习率从下一步起对整个速度生效。",
            (3, 2, 2), rates=[0.5, 0.1, 0.02], momentum=0.9,
        ),
    ]  # fmt: skip


def loops(rng):
    start, curvature = rng.normal(size=(2, 3)), rng.uniform(0.5, 2, (2, 3))
    found = (start, curvature, 0.1, 0.5, 0.1, 5)
    path, gradient = downhill(*found), rng.normal(size=(2, 3))
    return [
        Case(
            "a training loop",
            Bilingual(
                "With autograd: each step uses the gradient of its own backward pass alone.",
                "与 autograd 配合：每一步只用这一次反向传播的梯度。",
            ),
            found, list(path), call="minimise", names=names(path),
        ),
        Case(
            "gradients are left alone",
            Bilingual(
                "step() reads p.grad; it neither changes that tensor nor keeps it as its own.",
                "step() 只读取 p.grad：不修改这个张量，也不把它留作自己的状态。",
            ),
            (start, gradient, 0.1, 0.9, 0.3, 3), gradient, call="gradients_after",
        ),
        Case(
            "zero_grad",
            Bilingual(
                "zero_grad sets every grad to None, however often it is called.",
                "zero_grad 把每个 grad 设为 None，无论调用多少次。",
            ),
            (start,), [None, None], call="cleared", names=("parameters[0].grad", "parameters[1].grad"),
        ),
    ]  # fmt: skip
