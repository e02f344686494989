"""Inputs and expected values for momentum, from the recurrence of points without a velocity."""

import numpy as np

from coach.card import Bilingual
from coach.exercise import FLOAT64, Case
from coach.practice.compare import compare


def right(call, matrix, vector, start, rate, beta, steps):
    """Point and velocity at the end, and the points where the gradient is taken."""
    path, asked = [start, start], []
    for _ in range(steps):
        ahead = path[-1] + beta * (path[-1] - path[-2])
        asked.append(ahead if call == "descend_with_nesterov" else path[-1])
        path.append(ahead - rate * (matrix @ asked[-1] - vector))
    return (path[-1], path[-1] - path[-2]), asked


def fault_in(expected, value):
    """The first difference, with the name of what differs."""
    if not isinstance(value, (list, tuple)) or len(value) != 2:
        return compare(expected, value, FLOAT64)
    (end, velocity), asked = expected
    result, points = value
    if isinstance(points, (list, tuple)) and isinstance(result, (list, tuple)):
        if len(points) != len(asked):
            return Bilingual(
                f"grad was called {len(points)} times in {len(asked)} steps.",
                f"{len(asked)} 步中 grad 被调用了 {len(points)} 次。",
            )
        for step, (wanted, got) in enumerate(zip(asked, points, strict=True), 1):
            fault = compare(wanted, got, FLOAT64)
            if fault is not None:
                return named(
                    f"Gradient of step {step}, asked for at: ", f"第 {step} 步求梯度的点：", fault
                )
    return compare((end, velocity), result, FLOAT64)


def named(en, zh, fault):
    return Bilingual(en + fault.en, zh + fault.zh)


def cases(seed):
    rng = np.random.default_rng(seed)

    def both(name, en, zh, shape, steps, beta=0.9, rate=0.1):
        basis = np.linalg.qr(rng.normal(size=(shape[0], shape[0])))[0]
        matrix = basis * rng.uniform(0.5, 4, size=shape[0]) @ basis.T
        args = (matrix, rng.normal(size=shape), 2 + rng.normal(size=shape), rate, beta, steps)
        for kind in ("momentum", "nesterov"):
            expected = right(f"descend_with_{kind}", *args)
            yield Case(
                f"{kind}: {name}",
                Bilingual(en, zh),
                args,
                call=f"descend_with_{kind}",
                check=lambda value, expected=expected: fault_in(expected, value),
            )

    return [
        *both(
            "first step",
            "The velocity starts at zero: the first step is one of plain descent.",
            "速度从零开始：第一步就是普通的梯度下降。",
            (2,), 1,
        ),
        *both(
            "second step",
            "From the second step on a share beta of the velocity goes on; only Nesterov asks for the gradient ahead.",
            "从第二步起，速度按 beta 的比例保留下来；只有 Nesterov 在前方的点求梯度。",
            (2,), 2,
        ),
        *both(
            "beta = 0",
            "Without momentum both are plain descent.",
            "没有动量时两者都是普通的梯度下降。",
            (3,), 4, beta=0.0,
        ),
        *both(
            "no steps",
            "With 0 steps the start and a velocity of zero come back, and grad is not called.",
            "steps 为 0 时返回起点和零速度，并且不调用 grad。",
            (3,), 0,
        ),
        *both(
            "several steps",
            "Each step's gradient counts in full; beta weighs only the velocity before it.",
            "每一步的梯度全额计入；beta 只乘在之前的速度上。",
            (3,), 6, beta=0.6, rate=0.2,
        ),
        *both(
            "a matrix of weights",
            "Weights may have any shape.",
            "权重可以是任意形状。",
            (3, 2), 4, beta=0.8,
        ),
        *both(
            "long run",
            "Velocity is carried on through all the steps.",
            "速度要一直带到最后一步。",
            (5,), 60,
        ),
    ]  # fmt: skip
