"""Inputs and checks for PCA and whitening; directions are compared up to their sign."""

import numpy as np

from coach.card import Bilingual
from coach.exercise import Case, Tolerance
from coach.practice.compare import compare

NEAR = Tolerance(rtol=1e-6, atol=1e-8)


def spread(rng, n, d):
    """Data off the origin whose variances along hidden directions lie well apart."""
    turn, _ = np.linalg.qr(rng.normal(size=(d, d)))
    scales = 2.0 ** -np.arange(d) * rng.uniform(4, 5)
    raw = rng.normal(size=(n, d))
    raw = np.linalg.qr(raw - raw.mean(axis=0))[0] * np.sqrt(n)
    return raw * scales @ turn + 10 * rng.normal(size=d)


def right(X, k):
    _, lengths, directions = np.linalg.svd(X - X.mean(axis=0), full_matrices=False)
    return directions[:k], lengths[:k] ** 2 / len(X)


def aligned(got, wanted, axis):
    """The rows or columns of `got`, each turned to the side of the wanted one."""
    if not isinstance(got, np.ndarray) or got.shape != wanted.shape or not np.isfinite(got).all():
        return got
    signs = np.sign((got * wanted).sum(axis=axis, keepdims=True))
    return got * np.where(signs == 0, 1.0, signs)


def pca_case(name, en, zh, X, k):
    wanted = right(X, k)

    def check(value):
        if isinstance(value, (tuple, list)) and len(value) == 2:
            value = (aligned(value[0], wanted[0], 1), value[1])
        return compare(wanted, value, NEAR)

    return Case(name, Bilingual(en, zh), (X, k), call="pca", check=check)


def whiten_case(name, en, zh, X, k, eps):
    directions, variances = right(X, k)
    wanted = (X - X.mean(axis=0)) @ directions.T / np.sqrt(variances + eps)

    def check(value):
        return compare(wanted, aligned(value, wanted, 0), NEAR)

    return Case(name, Bilingual(en, zh), (X, k, eps), call="whiten", check=check)


def cases(seed):
    rng = np.random.default_rng(seed)
    small, large = spread(rng, 6, 3), spread(rng, 40, 5)
    return [
        Case(
            "center",
            Bilingual(
                "Each feature (column) has mean 0 afterwards.", "每个特征（列）之后的均值为 0。"
            ),
            (small,),
            small - small.mean(axis=0),
            call="center",
        ),
        pca_case(
            "first direction",
            "The first direction is the one with the largest variance around the mean.",
            "第一个方向是围绕均值方差最大的方向。",
            small,
            1,
        ),
        pca_case(
            "all directions",
            "Variances come in descending order and divide by the number of examples.",
            "方差从大到小排列，并除以样本数。",
            small,
            3,
        ),
        pca_case(
            "some directions",
            "Directions are rows of length 1, in the order of their variances.",
            "方向是长度为 1 的行，按方差排序。",
            large,
            3,
        ),
        whiten_case(
            "whiten",
            "Every whitened coordinate has variance 1.",
            "白化后每个坐标的方差为 1。",
            small,
            2,
            0.0,
        ),
        whiten_case(
            "whiten with eps",
            "eps is added to the variance, under the root.",
            "eps 加在方差上，在根号里面。",
            large,
            4,
            0.5,
        ),
        whiten_case(
            "whiten a transposed array",
            "The input may lie in memory column by column.",
            "输入在内存中可以按列存放。",
            np.asfortranarray(large),
            2,
            0.01,
        ),
    ]
