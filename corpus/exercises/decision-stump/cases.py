"""Inputs and expected values for decision stumps, found by trying every stump."""

import itertools

import numpy as np

from coach.card import Bilingual
from coach.exercise import Case


def right(x, y, weights):
    """The first in the order of error, feature, threshold, and +1 before -1."""
    stumps = []
    for feature, column in enumerate(x.T):
        values = sorted(set(column.tolist()))
        thresholds = [-np.inf, *((a + b) / 2 for a, b in itertools.pairwise(values))]
        for threshold in thresholds:
            agree = np.sign(column - threshold) * y > 0
            error = float(weights[~agree].sum())
            stumps.append((error, feature, threshold, -1))
            stumps.append((float(weights[agree].sum()), feature, threshold, 1))
    error, feature, threshold, minus = min(stumps)
    return feature, threshold, -minus, error


def shares(rng, n):
    return rng.integers(1, 65, size=n) / 64


def noisy(rng, n, d, feature, polarity, values=None):
    """Examples whose sign follows one feature, with some of them wrong."""
    x = (
        rng.normal(size=(n, d))
        if values is None
        else rng.integers(values, size=(n, d)).astype(float)
    )
    y = np.where(x[:, feature] > np.median(x[:, feature]), polarity, -polarity)
    return x, np.where(rng.random(n) < 0.15, -y, y)


def cases(seed):
    rng = np.random.default_rng(seed)
    return [*predictions(rng), *small(rng), *ties(rng), *larger(rng)]


def predictions(rng):
    x = rng.integers(-3, 4, size=(6, 2)).astype(float)
    x[:3, 1] = -1.0, 0.0, 1.0
    strict = Bilingual(
        "Only values above the threshold get the polarity; one equal to it does not.",
        "只有大于阈值的取值才得到 polarity；等于阈值的不算。",
    )
    turned = Bilingual("Polarity -1 turns the prediction around.", "polarity = -1 时预测反过来。")
    above = Bilingual("Everything lies above -inf.", "所有取值都大于 -inf。")
    for name, why, threshold, polarity in [
        ("value on the threshold", strict, 0.0, 1),
        ("predict with polarity -1", turned, 0.0, -1),
        ("predict above minus infinity", above, -np.inf, 1),
    ]:
        wanted = np.array([polarity if v > threshold else -polarity for v in x[:, 1].tolist()])
        yield Case(name, why, (x, 1, threshold, polarity), wanted, call="predict")


def case(name, en, zh, x, y, weights):
    args = (x, y, weights)
    return Case(name, Bilingual(en, zh), args, right(*args), call="best_stump")


def small(rng):
    column = np.cumsum(rng.uniform(1, 3, size=5))
    rising, weighted = np.array([-1, -1, 1, 1, 1]), np.array([1, -1, 1, -1, -1])
    heavy = np.array([1, 1, 16, 1, 1]) / 16
    return [
        case(
            "one example",
            "With a single example only the threshold -inf exists, and it makes no error.",
            "只有一个样本时，阈值只有 -inf，误差为 0。",
            column[:1, None].copy(), np.array([-1]), shares(rng, 1),
        ),
        case(
            "separable",
            "The threshold lies midway between the neighbouring values it separates.",
            "阈值取被分开的两个相邻取值的中点。",
            column[:, None], rising, shares(rng, 5),
        ),
        case(
            "separable downwards",
            "Both polarities are tried: -1 where small values are positive.",
            "两种 polarity 都要尝试：小的取值为正类时取 -1。",
            column[::-1, None], rising, shares(rng, 5),
        ),
        case(
            "one heavy example",
            "An example counts with its weight: the heavy one must be right.",
            "样本按权重计算：权重大的样本必须分对。",
            column[:, None], weighted, heavy,
        ),
        case(
            "all positive",
            "A constant prediction is a stump too: threshold -inf.",
            "全部预测为同一类也是一种树桩：阈值为 -inf。",
            rng.normal(size=(4, 1)), np.ones(4, dtype=np.int64), shares(rng, 4),
        ),
    ]  # fmt: skip


def ties(rng):
    column, alike = np.cumsum(rng.uniform(1, 3, size=4)), np.full(4, 0.25)
    repeated = np.array([1.0, 2.0, 2.0, 2.0, 3.0])[:, None] * rng.integers(1, 6)
    return [
        case(
            "equal features",
            "Of equal errors the feature with the smaller index wins.",
            "误差相同时，取下标较小的特征。",
            np.column_stack([column[[0, 2, 1, 3]], column, column]), np.array([-1, -1, 1, 1]), alike,
        ),
        case(
            "equal thresholds",
            "Of equal errors on one feature the smaller threshold wins.",
            "同一特征上误差相同时，取较小的阈值。",
            column[:, None], np.array([-1, 1, -1, 1]), alike,
        ),
        case(
            "equal polarities",
            "Of equal errors at one threshold polarity +1 wins.",
            "同一阈值上误差相同时，取 polarity = +1。",
            np.full((4, 1), rng.normal()), np.array([-1, 1, -1, 1]), alike,
        ),
        case(
            "equal values",
            "No threshold separates examples with equal values.",
            "取值相同的样本，任何阈值都分不开。",
            repeated, np.array([-1, -1, 1, 1, 1]), np.full(5, 0.5),
        ),
    ]  # fmt: skip


def larger(rng):
    x, y = noisy(rng, 25, 3, 1, -1)
    whole, signs = noisy(rng, 40, 4, 2, 1, values=5)
    return [
        case(
            "several features",
            "The best stump over all features is wanted.",
            "要在所有特征中找最优的树桩。",
            x, y, shares(rng, 25),
        ),
        case(
            "few different values",
            "Many examples share values; each feature has its own thresholds.",
            "许多样本取值相同；每个特征有自己的阈值。",
            np.asfortranarray(whole), signs, shares(rng, 40),
        ),
        case(
            "no signal",
            "Errors are sums of weights: they are not divided by their total.",
            "误差是权重之和：不再除以总权重。",
            rng.normal(size=(15, 2)), rng.choice([-1, 1], size=15), shares(rng, 15) + 1,
        ),
    ]  # fmt: skip
