"""Inputs and expected values for the parts of logistic regression."""

import numpy as np

from coach.card import Bilingual
from coach.exercise import Case, Tolerance

LONG = Tolerance(rtol=1e-6, atol=1e-8)


def share(z):
    return np.exp(-np.logaddexp(0.0, -z))


def mean_cost(w, X, y):
    return np.logaddexp(0.0, np.where(y == 1, -1.0, 1.0) * (X @ w)).mean()


def slope(w, X, y):
    return ((share(X @ w) - y)[:, None] * X).mean(axis=0)


def descent(X, y, rate, tolerance, max_steps):
    w, costs = np.zeros(X.shape[1]), [np.log(2.0)]
    while len(costs) <= max_steps:
        w = w - rate * slope(w, X, y)
        costs.append(mean_cost(w, X, y))
        if abs(costs[-1] - costs[-2]) < tolerance:
            break
    return w, len(costs) - 1


def problem(rng, n, d, noise=1.0):
    X = np.column_stack([np.ones(n), rng.normal(size=(n, d))])
    y = (X @ rng.normal(size=d + 1) + noise * rng.logistic(size=n) > 0).astype(float)
    y[:2] = 0.0, 1.0
    return X, y


def cases(seed):
    rng = np.random.default_rng(seed)
    return [*scaling(rng), *curve(rng), *costs(rng), *descents(rng), *predictions(rng)]


def scaling(rng):
    X = rng.uniform(-50, 50, size=(6, 3))
    yield Case(
        "normalize",
        Bilingual(
            "Each column's smallest value becomes 0 and its largest 1.",
            "每一列的最小值变成 0，最大值变成 1。",
        ),
        (X,),
        (X - X.min(axis=0)) / (X.max(axis=0) - X.min(axis=0)),
        call="normalize",
    )
    X = X.copy()
    X[:, 1] = X[0, 1]
    scaled = (X - X.min(axis=0)) / np.where(np.arange(3) == 1, 1.0, np.ptp(X, axis=0))
    yield Case(
        "normalize a constant column",
        Bilingual(
            "A constant column has no range to divide by; it becomes 0.",
            "常数列没有可以相除的极差，应变成 0。",
        ),
        (X,),
        scaled,
        call="normalize",
    )


def curve(rng):
    why = Bilingual(
        "The logistic function gives probabilities and reaches 0 and 1 without overflow.",
        "logistic 函数给出概率，趋于 0 和 1 时不能溢出。",
    )
    for name, z in [
        ("logistic", np.array([-1.0, 0.0, rng.normal()])),
        ("logistic far out", np.array([-1000.0, -30.0, 30.0, 1000.0])),
        ("logistic of a matrix", rng.normal(size=(3, 4))),
    ]:
        yield Case(name, why, (z,), share(z), call="logistic")


def costs(rng):
    X, y = problem(rng, 7, 2)
    w = rng.normal(size=3)
    mean = Bilingual(
        "Cost and gradient are means over the examples.", "代价和梯度都是对样本的平均。"
    )
    far = Bilingual(
        "Where an example lies far on the wrong side the cost is large but finite: log(0) must not occur.",
        "样本远在错误一侧时代价很大但有限：不能出现 log(0)。",
    )
    yield Case("cost", mean, (w, X, y), mean_cost(w, X, y), call="cost")
    yield Case("gradient", mean, (w, X, y), slope(w, X, y), call="gradient")
    yield Case("cost far out", far, (2000 * w, X, y), mean_cost(2000 * w, X, y), call="cost")
    yield Case("gradient far out", far, (2000 * w, X, y), slope(2000 * w, X, y), call="gradient")


def descents(rng):
    X, y = problem(rng, 30, 2)
    args = (X, y, 0.5, 1e-3, 500)
    yield Case(
        "descend until the cost settles",
        Bilingual(
            "Descent stops at the first step whose change of the cost is below the tolerance.",
            "代价的变化首次小于容差时停止下降。",
        ),
        args,
        descent(*args),
        call="descend",
        tolerance=LONG,
    )
    args = (X, y, 0.1, 0.0, 7)
    yield Case(
        "descend for a number of steps",
        Bilingual("Descent ends after max_steps steps.", "走满 max_steps 步就结束。"),
        args,
        descent(*args),
        call="descend",
        tolerance=LONG,
    )
    X = np.column_stack([np.ones(20), rng.normal(size=(20, 2))])
    y = (rng.permutation(20) < 9).astype(float)
    args = (X, y, 200.0, 1e-3, 4)
    yield Case(
        "descend with too large a rate",
        Bilingual(
            "A cost that rises has not converged: the size of its change counts, not its sign.",
            "代价上升不算收敛：看的是变化的大小，而不是符号。",
        ),
        args,
        descent(*args),
        call="descend",
        tolerance=LONG,
    )


def predictions(rng):
    X, _ = problem(rng, 8, 2)
    w = rng.normal(size=3)
    rule = Bilingual(
        "Class 1 where the probability is at least one half, the boundary included.",
        "概率不小于一半时为类别 1，边界也算在内。",
    )
    yield Case("predict", rule, (w, X), (X @ w >= 0).astype(int), call="predict")
    X = np.array([[1.0, 2.0], [1.0, 4.0], [1.0, 1.0]]) * rng.integers(1, 9)
    w = np.array([-2.0, 1.0])
    yield Case("predict on the boundary", rule, (w, X), np.array([1, 1, 0]), call="predict")
