"""Inputs and expected values for scaled features, worked out exactly with fractions."""

from fractions import Fraction

import numpy as np

from coach.card import Bilingual
from coach.exercise import FLOAT64, Case, Tolerance

NEAR = Tolerance(rtol=1e-7, atol=1e-7)


def scaled(train, test, fit):
    """Both matrices, with offset and divisor of each training column; a constant one is divided by 1."""
    fits = [fit([Fraction(value) for value in column]) for column in train.T.tolist()]
    results = np.empty_like(train), np.empty_like(test)
    for result, source in zip(results, (train, test), strict=True):
        for place in np.ndindex(source.shape):
            offset, divisor = fits[place[1]]
            result[place] = (Fraction(source[place]) - offset) / (divisor or 1)
    return results


def by_range(column):
    return min(column), max(column) - min(column)


def by_deviation(column):
    mean = sum(column) / len(column)
    return mean, Fraction(float(sum((v - mean) ** 2 for v in column) / len(column)) ** 0.5)


RIGHT = {"min_max_scale": by_range, "standardize": by_deviation}


def cases(seed):
    rng = np.random.default_rng(seed)

    def both(name, en, zh, train, test, tolerance=FLOAT64):
        for call, fit in RIGHT.items():
            full, why = f"{call.replace('_', ' ')}: {name}", Bilingual(en, zh)
            yield Case(full, why, (train, test), scaled(train, test, fit), call, tolerance)

    def normal(n, d, spread=1.0):
        return spread * rng.normal(size=(n, d))

    constant = normal(3, 3)
    constant[:, 1] = 0.1
    far = np.concatenate([normal(4, 2) - 20, normal(4, 2) + 20])
    uneven = normal(6, 3) * [0.01, 1, 100] + [5, 0, -300]
    return [
        *both(
            "one feature",
            "Offset and divisor are found in train, and train is scaled with them.",
            "平移量和除数由 train 求出，并用来缩放 train。",
            normal(3, 1), normal(1, 1),
        ),
        *both(
            "features apart",
            "Each feature has its own offset and divisor, taken over the examples.",
            "每个特征有自己的平移量和除数，对样本求得。",
            uneven, normal(4, 3),
        ),
        *both(
            "test far away",
            "Test data are scaled like train, also where they lie far outside of what train has shown.",
            "test 与 train 用同样的方式缩放，即使远远超出 train 的范围。",
            normal(5, 2), far,
        ),
        *both(
            "one test example",
            "A single test example is scaled as it would be among many.",
            "单个 test 样本的缩放结果与它在一大批样本中时相同。",
            normal(6, 2), normal(1, 2) + 3,
        ),
        *both(
            "constant feature",
            "What is constant in train is divided by 1; three times 0.1 is constant, however its mean is rounded.",
            "train 中的常数特征除以 1；三个 0.1 就是常数，无论舍入使均值变成什么。",
            constant, normal(4, 3),
        ),
        *both(
            "one training example",
            "With a single training example every feature is constant.",
            "只有一个训练样本时，每个特征都是常数。",
            normal(1, 3), normal(2, 3),
        ),
        *both(
            "tiny features",
            "A feature that varies a little still varies: it is scaled by the formula, with nothing added.",
            "变化很小的特征也是有变化的：严格按公式缩放，不加别的量。",
            normal(5, 2, 1e-10), normal(3, 2, 1e-10),
        ),
        *both(
            "far from zero",
            "A large mean must not drown a small spread.",
            "很大的均值不能淹没很小的散布。",
            1e6 + normal(8, 2), 1e6 + normal(3, 2), NEAR,
        ),
        *both(
            "no test examples",
            "Without test examples the second result is empty.",
            "没有 test 样本时，第二个结果为空。",
            normal(4, 2), np.empty((0, 2)),
        ),
        *both(
            "many examples",
            "Right for every feature of many examples.",
            "样本很多时每个特征都要正确。",
            normal(12, 4, 3.0) + 1, normal(6, 4, 3.0),
        ),
    ]  # fmt: skip
