"""Inputs and expected values for ridge regression."""

import numpy as np

from coach.card import Bilingual
from coach.exercise import Case


def right(x, y, alpha):
    """Least squares with one more row for each weight: sqrt(alpha) * weight should be 0."""
    d = x.shape[1]
    examples = np.column_stack([x, np.ones(len(x))])
    penalties = np.column_stack([np.sqrt(alpha) * np.eye(d), np.zeros(d)])
    rows, targets = np.concatenate([examples, penalties]), np.concatenate([y, np.zeros(d)])
    *weights, intercept = np.linalg.lstsq(rows, targets, rcond=None)[0]
    return np.array(weights), intercept


def problem(rng, n, d):
    """Examples off the origin, and targets near a plane that does not pass through it."""
    x = rng.normal(size=(n, d)) + 2 * rng.normal(size=d)
    return x, x @ rng.normal(size=d) + 4 + rng.uniform(1, 2) + 0.5 * rng.normal(size=n)


def case(name, en, zh, x, y, alpha):
    return Case(name, Bilingual(en, zh), (x, y, alpha), right(x, y, alpha))


def cases(seed):
    rng = np.random.default_rng(seed)
    return [*usual(rng), *special(rng)]


def usual(rng):
    x, y = problem(rng, 7, 3)
    line, values = problem(rng, 4, 1)
    return [
        case(
            "one feature",
            "alpha is added to the sum of squares of the centred feature, which makes the slope smaller.",
            "alpha 加在中心化特征的平方和上，使斜率变小。",
            line, values, 2.0,
        ),
        case(
            "several features",
            "alpha is added once for each weight; the squared errors are summed, not averaged.",
            "每个权重各加一次 alpha；平方误差是求和，不是平均。",
            x, y, 1.5,
        ),
        case(
            "targets far from 0",
            "Adding a number to all targets moves the intercept by it and leaves the weights alone.",
            "所有目标值同加一个数时，截距随之平移，权重不变。",
            x, y + 500, 1.5,
        ),
        case(
            "examples far from 0",
            "Moving the features changes the intercept only: features and targets are centred first.",
            "平移特征只改变截距：特征和目标值都要先中心化。",
            x + 100, y, 0.3,
        ),
    ]  # fmt: skip


def special(rng):
    x, y = problem(rng, 7, 3)
    large, targets = problem(rng, 80, 10)
    return [
        case(
            "one example",
            "With one example the weights are 0 and the intercept is its target.",
            "只有一个样本时，权重为 0，截距就是它的目标值。",
            x[:1].copy(), y[:1].copy(), 0.7,
        ),
        case(
            "same feature twice",
            "Equal features share their weight evenly; the penalty makes the solution unique.",
            "相同的特征平分权重；惩罚项使解唯一。",
            x[:, [0, 1, 1]], y, 0.5,
        ),
        case(
            "fewer examples than features",
            "With fewer examples than features the penalised system still has one solution.",
            "样本少于特征时，加了惩罚的方程组仍有唯一解。",
            *problem(rng, 4, 9), 0.2,
        ),
        case(
            "huge penalty",
            "A huge penalty drives the weights to 0, and the intercept to the mean target.",
            "惩罚极大时权重趋于 0，截距趋于目标值的均值。",
            x, y, 1e7,
        ),
        case(
            "slight penalty",
            "A slight penalty gives nearly the weights of least squares.",
            "惩罚很小时，权重接近最小二乘解。",
            x, y, 1e-3,
        ),
        case(
            "many examples",
            "The input may lie in memory column by column.",
            "输入在内存中可以按列存放。",
            np.asfortranarray(large), targets, 4.0,
        ),
    ]  # fmt: skip
