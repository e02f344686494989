"""Inputs and expected values for gradient descent with backtracking."""

import numpy as np

from coach.card import Bilingual
from coach.exercise import FLOAT64, Case
from coach.practice.compare import compare


def quadratic(matrix, vector):
    return (
        lambda x: np.einsum("i,ij,j", x, matrix, x) / 2 - vector @ x,
        lambda x: matrix @ x - vector,
    )


def logarithms(weights):
    def f(x):
        return (weights * (x - np.log(x))).sum() if x.min() > 0 else np.inf

    return f, lambda x: weights * (1 - 1 / x)


def right(f, grad, start, rate, tolerance, max_steps):
    """What is to be returned, and all points of the descent."""
    path, lengths = [start], rate * 0.5 ** np.arange(60)
    while (size := np.sqrt((grad(path[-1]) ** 2).sum())) > tolerance and len(path) <= max_steps:
        x, g = path[-1], grad(path[-1])
        path.append(next(x - t * g for t in lengths if f(x - t * g) <= f(x) - t * size**2 / 4))
    return (path[-1], len(path) - 1, size <= tolerance), path


def fault_in(expected, value):
    """The first point where two descents part, or else what differs in the result."""
    if not isinstance(value, (list, tuple)) or len(value) != 2:
        return compare(expected, value, FLOAT64)
    result, path = expected
    return path_fault(path, value[1]) or result_fault(result, value[0])


def path_fault(path, points):
    points = points if isinstance(points, (list, tuple)) else []
    for number, (wanted, got) in enumerate(zip(path, points, strict=False)):
        fault = compare(wanted, got, FLOAT64)
        if fault is not None:
            en, zh = (
                f"Point {number} of the descent (0 is the start): ",
                f"下降路径的第 {number} 个点（起点为 0）：",
            )
            return Bilingual(en + fault.en, zh + fault.zh)
    if len(points) == len(path):
        return None
    return Bilingual(
        f"grad was called {len(points)} times; the descent has {len(path)} points.",
        f"grad 被调用了 {len(points)} 次；下降路径共有 {len(path)} 个点。",
    )


def result_fault(result, got):
    if not isinstance(got, (list, tuple)) or len(got) != len(result):
        return compare(result, got, FLOAT64)
    converged = bool(result[2])
    fault = compare(result[:2], got[:2], FLOAT64)
    if fault is None and compare(converged, got[2], FLOAT64) is not None:
        return Bilingual(f"converged should be {converged}.", f"converged 应为 {converged}。")
    return fault


def cases(seed):
    rng = np.random.default_rng(seed)

    def bowl(d, low=0.5, high=3.0):
        basis = np.linalg.qr(rng.normal(size=(d, d)))[0]
        matrix = basis * rng.uniform(low, high, size=d) @ basis.T
        return (matrix, rng.normal(size=d))

    def case(name, en, zh, problem, start, rate, tolerance, max_steps):
        kind, make = ("logarithms", logarithms) if len(problem) == 1 else ("quadratic", quadratic)
        expected = right(*make(*problem), start, rate, tolerance, max_steps)
        return Case(
            name,
            Bilingual(en, zh),
            (*problem, start, rate, tolerance, max_steps),
            call=f"descend_on_{kind}",
            check=lambda value: fault_in(expected, value),
        )

    def away(problem):
        """A start at some distance from the minimum."""
        return np.linalg.solve(*problem) + rng.choice([-1.0, 1.0], len(problem[1])) * rng.uniform(
            1, 2
        )

    one, two, three, four, many = bowl(1, 1.0, 1.2), bowl(2), bowl(3), bowl(4), bowl(6, 0.05, 20)
    steep = (np.array([[rng.uniform(1.6, 1.9)]]), rng.normal(size=1))
    level = np.array([3e-3, 4e-3]) * rng.uniform(0.75, 0.95)
    return [
        case(
            "start at the minimum",
            "Where the gradient vanishes at the start, no step is made and the descent has converged.",
            "起点处梯度为零时一步也不走，并且已经收敛。",
            (2 * np.eye(2), np.array([2.0, -4.0])), np.array([1.0, -2.0]), 0.3, 0.0, 20,
        ),
        case(
            "no steps",
            "With max_steps = 0 only the start is looked at, and the descent has not converged.",
            "max_steps 为 0 时只看起点，并且没有收敛。",
            two, away(two), 0.1, 1e-3, 0,
        ),
        case(
            "one step",
            "A step leads against the gradient, by the length t = rate if f falls enough.",
            "一步沿梯度的反方向走；若 f 下降得足够多，步长就是 t = rate。",
            one, away(one), 0.5, 1e-3, 1,
        ),
        case(
            "norm of the gradient",
            "Convergence is told by the Euclidean norm of the whole gradient, not by its single elements.",
            "是否收敛看整个梯度的欧几里得范数，而不是单个分量。",
            (np.eye(2), np.zeros(2)), level, 0.3, 1.5 * level[0], 40,
        ),
        case(
            "not yet converged",
            "After max_steps steps the descent ends, and says so if the gradient is still too large.",
            "走满 max_steps 步就结束；若梯度仍然太大，应说明没有收敛。",
            two, away(two), 0.1, 1e-3, 3,
        ),
        case(
            "until converged",
            "The descent ends at the first point where the norm of the gradient is at most the tolerance.",
            "梯度范数首次不大于 tolerance 时结束。",
            four, away(four), 0.2, 1e-2, 500,
        ),
        case(
            "lower, but not by enough",
            "It does not suffice that f falls: it has to fall by a share of what the slope promises.",
            "f 只是下降还不够：下降量要达到按斜率预计的一定比例。",
            steep, away(steep), 1.0, 1e-3, 50,
        ),
        case(
            "rate far too large",
            "The step is halved until the trial point is good enough.",
            "步长不断减半，直到试探点够好为止。",
            three, away(three), 64.0, 1e-3, 200,
        ),
        case(
            "undefined at the trial point",
            "A trial point where f is nan is no good: halve on.",
            "试探点处 f 为 nan 就不行，要继续减半。",
            (rng.uniform(1, 2, size=2),), rng.uniform(4, 8, size=2), 16.0, 1e-3, 100,
        ),
        case(
            "every step anew",
            "Each step tries the full rate first, even if the one before had to be shortened.",
            "每一步都先试完整的 rate，即使上一步缩短过。",
            (rng.uniform(1, 2, size=3),), np.array([0.05, 0.5, 3.0]) * rng.uniform(0.8, 1.2, 3), 1.0, 1e-3, 60,
        ),
        case(
            "long valley",
            "Right over many steps of different lengths.",
            "许多长短不一的步子都要正确。",
            many, away(many), 2.0, 1e-1, 60,
        ),
    ]  # fmt: skip
