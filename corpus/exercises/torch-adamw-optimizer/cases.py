"""Inputs and expected paths for AdamW: means as weighted sums over all gradients so far, not by a recursion."""

import numpy as np

from coach.card import Bilingual
from coach.exercise import Case


def mean_so_far(values, beta):
    """The corrected moving mean: a weighted mean whose weights add up to one."""
    weights = beta ** np.arange(len(values))[::-1]
    return np.tensordot(weights / weights.sum(), values, axes=1)


def right(start, gradients, missing, rates, betas, eps, weight_decay):
    path = np.empty((len(rates) + 1, *start.shape))
    path[0] = start
    for i in range(len(start)):
        seen = []
        for t, rate in enumerate(rates):
            path[t + 1, i] = path[t, i]
            if missing[t, i]:
                continue
            seen.append(gradients[t, i])
            root = np.sqrt(mean_so_far(np.square(seen), betas[1]))
            move = mean_so_far(seen, betas[0]) / (root + eps) + weight_decay * path[t, i]
            path[t + 1, i] -= rate * move
    return path


def downhill(start, curvature, lr, betas, eps, weight_decay, steps):
    path, seen = [start], []
    for _ in range(steps):
        seen.append(curvature * path[-1])
        root = np.sqrt(mean_so_far(np.square(seen), betas[1]))
        move = mean_so_far(seen, betas[0]) / (root + eps) + weight_decay * path[-1]
        path.append(path[-1] - lr * move)
    return np.array(path)


def names(path):
    return tuple(f"parameters[step {step}]" for step in range(len(path)))


def cases(seed):
    rng = np.random.default_rng(seed)
    return [*steps(rng), *loops(rng)]


def steps(rng):
    def case(
        name, en, zh, shape, rates=0.1, betas=(0.9, 0.99), eps=1e-8, decay=0.0, missing=(), scale=1.0
    ):  # fmt: skip
        """`missing` lists pairs (step, parameter) without a gradient."""
        gradients = scale * rng.choice([-1, 1], shape) * rng.uniform(0.2, 2, shape)
        absent = np.zeros(shape[:2], dtype=bool)
        for place in missing:
            absent[place] = True
        start = rng.choice([-1, 1], shape[1:]) * rng.uniform(1, 3, shape[1:])
        args = (start, gradients, absent, np.full(shape[0], rates), betas, eps, decay)
        path = right(*args)
        return Case(name, Bilingual(en, zh), args, list(path), call="trajectory", names=names(path))

    return [
        case(
            "one step",
            "Corrected for their start at zero, the first step is about the learning rate in every direction.",
            "修正了从零开始的偏差，第一步在每个方向上约为学习率大小。",
            (1, 1, 2),
        ),
        case(
            "several steps",
            "The correction fades with the number of steps: it uses beta to the power t.",
            "偏差修正随步数减弱：用的是 beta 的 t 次方。",
            (4, 1, 2),
        ),
        case(
            "several parameters",
            "Each parameter has its own m, v and t.",
            "每个参数有自己的 m、v 和 t。",
            (3, 3, 2),
        ),
        case(
            "other betas",
            "beta1 belongs to the mean of the gradients, beta2 to that of their squares.",
            "beta1 对应梯度的均值，beta2 对应梯度平方的均值。",
            (3, 2, 2), betas=(0.5, 0.8),
        ),
        case(
            "large eps",
            "eps is added to the root of the corrected v, not under it.",
            "eps 加在修正后的 v 的平方根之外，不在根号里面。",
            (3, 1, 2), eps=0.3,
        ),
        case(
            "tiny gradients",
            "Steps do not shrink with the gradients as long as those are larger than eps.",
            "只要梯度大于 eps，步长就不随梯度变小。",
            (2, 1, 2), scale=1e-6,
        ),
        case(
            "decay",
            "The decay takes lr * weight_decay of the parameter before the step, past m and v.",
            "衰减在更新之前从参数中减去 lr * weight_decay 这一份，不经过 m 和 v。",
            (2, 2, 2), decay=0.4,
        ),
        case(
            "missing gradients",
            "A parameter without gradient is left alone, without decay, and its t does not count on.",
            "没有梯度的参数保持不变，不衰减，它的 t 也不增加。",
            (4, 3, 2), decay=0.2, missing=[(0, 0), (1, 1), (2, 1), (2, 2)],
        ),
        case(
            "changing learning rate",
            "A new learning rate counts from the next step on, for the decay too.",
            "新的学习率从下一步起生效，衰减也用新值。",
            (3, 2, 2), rates=[0.3, 0.1, 0.02], decay=0.3,
        ),
    ]  # fmt: skip


def loops(rng):
    start, curvature = rng.normal(size=(2, 3)), rng.uniform(0.5, 2, (2, 3))
    found = (start, curvature, 0.1, (0.8, 0.9), 1e-8, 0.1, 5)
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
            (start, gradient, 0.1, (0.9, 0.99), 1e-8, 0.3, 3), gradient, call="gradients_after",
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
