"""Inputs and checks for PCA; directions are judged by what they do, so that any sign passes."""

import numpy as np

from coach.card import Bilingual
from coach.language import LANGS
from coach.exercise import Case, Tolerance
from coach.practice.compare import compare

NEAR = Tolerance(rtol=1e-6, atol=1e-8)
RELATIVE = Tolerance(rtol=1e-6, atol=0.0)


def spread(rng, n, scales, offset=5.0):
    """Data around an offset with these standard deviations along hidden directions."""
    d = len(scales)
    turn, _ = np.linalg.qr(rng.normal(size=(d, d)))
    raw = rng.normal(size=(n, d))
    raw = np.linalg.qr(raw - raw.mean(axis=0))[0] * np.sqrt(n)
    return raw * scales @ turn + offset * rng.normal(size=d)


def orthonormal(rng, k, d):
    return np.linalg.qr(rng.normal(size=(d, k)))[0].T


def fit_case(name, en, zh, x, k, tolerance=NEAR):
    mean = x.mean(axis=0)
    centred = x - mean
    variances = np.linalg.svd(centred, compute_uv=False)[:k] ** 2 / len(x)
    shares = variances / (centred.var(axis=0).sum() or 1.0)

    def check(value):
        form = (mean, np.zeros((k, x.shape[1])), shares)
        wrong = form_fault(form, value)
        if wrong is None:
            with np.errstate(all="ignore"):
                wrong = directions_fault(np.asarray(value[1], float), centred, variances)
        return wrong or compare((mean, value[1], shares), value, tolerance)

    return Case(name, Bilingual(en, zh), (x, k), call="fit", check=check)


def form_fault(form, value):
    """What is wrong with the number, kind and shapes of the returned values."""
    wrong = compare(form, value, Tolerance(rtol=0.0, atol=np.inf))
    if wrong is None and not all(np.isfinite(part).all() for part in value):
        return Bilingual("Not all returned numbers are finite.", "返回的数不全是有限的。")
    return wrong


def directions_fault(components, centred, variances):
    """Orthonormal rows whose coordinates have these variances and no correlation are the right ones."""
    wrong = compare(np.eye(len(components)), components @ components.T, NEAR)
    if wrong is not None:
        return said(
            "The rows of value 2 are not orthonormal; their inner products: ",
            "第 2 个值的各行不是标准正交的；它们的内积：",
            wrong,
        )
    along = centred @ components.T
    wrong = compare(np.diag(variances), along.T @ along / len(centred), NEAR)
    return wrong and said(
        "Variances and covariances of the examples along the rows of value 2: ",
        "样本沿第 2 个值各行方向的方差与协方差：",
        wrong,
    )


def said(en, zh, fault):
    return Bilingual(*(text + fault[lang] for text, lang in zip((en, zh), LANGS, strict=True)))


def cases(seed):
    rng = np.random.default_rng(seed)
    return [*fits(rng), *projections(rng), *special_fits(rng)]


def fits(rng):
    small, large = spread(rng, 6, [4.0, 2.0, 1.0]), spread(rng, 40, [9.0, 6.0, 4.0, 2.0, 1.0])
    return [
        fit_case(
            "first direction",
            "The first direction has the largest variance around the mean; its share is a part of the variance "
            "of all features, not only of the k directions kept.",
            "第一个方向围绕均值的方差最大；它的占比是相对所有特征的总方差，而不是只相对保留的 k 个方向。",
            small, 1,
        ),
        fit_case(
            "all directions",
            "With all directions the shares add up to 1, in descending order.",
            "取全部方向时，占比之和为 1，从大到小排列。",
            small, 3,
        ),
        fit_case(
            "some directions",
            "Directions are orthonormal rows around the mean of each feature.",
            "方向是标准正交的行，围绕每个特征的均值来求。",
            large, 3,
        ),
        fit_case(
            "column order in memory",
            "The input may lie in memory column by column.",
            "输入在内存中可以按列存放。",
            np.asfortranarray(large), 2,
        ),
    ]  # fmt: skip


def projections(rng):
    mean, components = 3 * rng.normal(size=5), orthonormal(rng, 2, 5)
    x, z = rng.normal(size=(4, 5)), rng.normal(size=(3, 2))
    return [
        Case(
            "project",
            Bilingual(
                "New data are centred with the mean that was fitted, not with their own.",
                "新数据用拟合得到的均值做中心化，而不是用它自己的均值。",
            ),
            (x, mean, components),
            np.array([[(row - mean) @ c for c in components] for row in x]),
            call="project",
        ),
        Case(
            "project one example",
            Bilingual("A single example has coordinates too.", "单个样本也有坐标。"),
            (x[:1].copy(), mean, components),
            np.array([[(x[0] - mean) @ c for c in components]]),
            call="project",
        ),
        Case(
            "reconstruct",
            Bilingual(
                "A point is the mean plus its coordinates times the directions.",
                "点等于均值加上坐标乘以方向。",
            ),
            (z, mean, components),
            np.array([mean + a * components[0] + b * components[1] for a, b in z]),
            call="reconstruct",
        ),
    ]


def special_fits(rng):
    equal = np.tile(rng.integers(-9, 10, size=3).astype(float), (4, 1))
    return [
        fit_case(
            "equal examples",
            "Without any variance the shares are 0, not 0 / 0.",
            "没有方差时占比为 0，而不是 0 / 0。",
            equal, 2,
        ),
        fit_case(
            "fewer examples than features",
            "As many directions as examples can be asked for; the last then explains nothing.",
            "最多可以取与样本数一样多的方向；这时最后一个方向什么也不解释。",
            rng.normal(size=(3, 6)), 3,
        ),
        fit_case(
            "equal variances",
            "Where variances are equal any orthonormal directions in that plane will do.",
            "方差相等时，该平面内任意一组标准正交方向都可以。",
            spread(rng, 8, [3.0, 3.0, 1.0]), 2,
        ),
        fit_case(
            "tiny share",
            "Squaring the data into a covariance matrix loses variances far below the largest.",
            "先算协方差矩阵等于把数据平方，远小于最大方差的那些会丢失。",
            spread(rng, 8, [1.0, 1e-3, 1e-7], offset=1.0), 3, RELATIVE,
        ),
    ]  # fmt: skip
