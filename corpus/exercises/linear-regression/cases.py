"""Inputs and expected values for least squares with an intercept."""

import numpy as np

from coach.card import Bilingual
from coach.exercise import Case, Tolerance

NEAR = Tolerance(rtol=1e-6, atol=1e-8)


def right(x, y):
    """Least squares on centred data; lstsq returns the solution of least norm."""
    centred = x - x.mean(axis=0)
    weights = np.linalg.lstsq(centred, y - y.mean(), rcond=1e-10)[0]
    return weights, y.mean() - x.mean(axis=0) @ weights


def problem(rng, n, d, noise=0.5):
    """Examples off the origin, and targets near a plane that does not pass through it."""
    x = rng.normal(size=(n, d)) + 3 * rng.normal(size=d)
    return x, x @ rng.normal(size=d) + 5 + rng.uniform(1, 2) + noise * rng.normal(size=n)


def case(name, en, zh, x, y):
    return Case(name, Bilingual(en, zh), (x, y), right(x, y), call="fit", tolerance=NEAR)


def cases(seed):
    rng = np.random.default_rng(seed)
    return [*full_rank(rng), *predictions(rng), *deficient(rng), *hard(rng)]


def full_rank(rng):
    line, values = problem(rng, 3, 1, noise=0.0)
    x, y = problem(rng, 8, 3)
    return [
        case(
            "points on a line",
            "Points on a line give its slope and its intercept.",
            "点在一条直线上时，得到它的斜率和截距。",
            line, values,
        ),
        case(
            "noise around a plane",
            "The squared errors are least where the errors have mean 0 and no correlation with any feature.",
            "残差均值为 0 且与任何特征都不相关时，平方误差最小。",
            x, y,
        ),
        case(
            "same targets",
            "Where all targets are equal the weights are 0 and the intercept is that value.",
            "目标全部相同时，权重为 0，截距就是这个值。",
            x, np.full(8, 7.5),
        ),
    ]  # fmt: skip


def predictions(rng):
    x, _ = problem(rng, 4, 3)
    weights, intercept = rng.normal(size=3), float(rng.uniform(1, 3))
    wanted = np.array([np.dot(row, weights) + intercept for row in x])
    why = Bilingual(
        "A prediction is the weighted sum plus the intercept.", "预测值是加权和加上截距。"
    )
    yield Case("predict", why, (x, weights, intercept), wanted, call="predict")
    yield Case(
        "predict one row", why, (x[:1].copy(), weights, intercept), wanted[:1], call="predict"
    )


def deficient(rng):
    x, y = problem(rng, 8, 3)
    constant, twice = x.copy(), x[:, [0, 1, 1, 2]]
    constant[:, 1] = 2.0
    combined = np.column_stack([x, x @ rng.normal(size=3)])
    return [
        case(
            "one example",
            "One example says nothing about the weights: the least norm is 0, the intercept explains it all.",
            "只有一个样本时权重无从确定：范数最小的是 0，全部由截距解释。",
            x[:1].copy(), y[:1].copy(),
        ),
        case(
            "constant feature",
            "A constant feature does what the intercept does; its weight is 0, as that has the least norm.",
            "常数特征与截距作用相同；其权重取 0，这样范数最小。",
            constant, y,
        ),
        case(
            "same feature twice",
            "Of all best weights those with the smallest sum of squares share evenly between equal features.",
            "所有最优权重里平方和最小的那组，在相同的特征之间平分。",
            twice, y,
        ),
        case(
            "combined feature",
            "A feature that is a combination of others leaves many best weights; the least norm picks one.",
            "某个特征是其他特征的线性组合时最优权重有无穷多组；取范数最小的。",
            combined, y,
        ),
        case(
            "fewer examples than features",
            "Among all planes through the examples the one with the least weights is wanted; "
            "the intercept is no part of that norm.",
            "在所有通过样本点的平面里取权重范数最小的；截距不计入范数。",
            *problem(rng, 4, 7),
        ),
    ]  # fmt: skip


def hard(rng):
    x, _ = problem(rng, 20, 2)
    near = np.column_stack([x, x.sum(axis=1) + 3e-6 * rng.normal(size=20)])
    exact = near @ rng.normal(size=3)
    large, targets = problem(rng, 60, 8)
    return [
        case(
            "nearly dependent features",
            "Forming x^T x squares the condition number and loses half of the digits.",
            "计算 x^T x 会把条件数平方，丢掉一半有效数字。",
            near, exact - exact.mean(),
        ),
        case(
            "many examples",
            "Examples far from the origin in a Fortran-ordered matrix give exact weights and intercept too.",
            "样本离原点远、矩阵按列存放时，权重和截距同样要准确。",
            np.asfortranarray(large + 100), targets,
        ),
    ]  # fmt: skip
