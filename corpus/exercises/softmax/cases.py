"""Inputs and expected values for the row-wise softmax."""

import numpy as np

from coach.card import Bilingual
from coach.exercise import Case


def right(x):
    logs = x - np.logaddexp.reduce(x, axis=1, keepdims=True)
    return np.exp(logs)


def cases(seed):
    rng = np.random.default_rng(seed)
    low, high = rng.normal(size=(2, 1, 4))
    wide = rng.normal(size=(5, 12))
    return [
        case(
            "two scores",
            "A row of two scores becomes two shares that add up to one.",
            "一行两个分数变成和为 1 的两个份额。",
            rng.normal(size=(1, 2)),
        ),
        case(
            "rows apart",
            "Each row is normalised by itself, whatever stands in the other rows.",
            "每一行各自归一化，与其他行无关。",
            rng.normal(size=(3, 4)),
        ),
        case(
            "ties",
            "Equal scores get equal shares.",
            "相等的分数得到相等的份额。",
            np.full((2, 3), rng.normal()),
        ),
        case(
            "one column",
            "With a single class every share is 1.",
            "只有一个类别时每个份额都是 1。",
            rng.normal(size=(3, 1)),
        ),
        case(
            "no rows",
            "An empty batch gives an empty result of the same shape.",
            "空批次返回同样形状的空结果。",
            np.empty((0, 3)),
        ),
        case(
            "large scores",
            "exp overflows above 709: scores must be shifted before they are exponentiated.",
            "指数超过 709 时 exp 会溢出：取指数之前要先平移分数。",
            1000 + rng.normal(size=(2, 3)),
        ),
        case(
            "very negative scores",
            "exp underflows to 0 below -745, and 0 / 0 is not a number.",
            "指数低于 -745 时 exp 下溢为 0，而 0 / 0 不是数。",
            -2000 + rng.normal(size=(2, 3)),
        ),
        case(
            "rows of different size",
            "The shift must be each row's own: one for the whole matrix empties the small rows.",
            "平移量必须逐行取：整个矩阵共用一个会让数值小的行全变成 0。",
            np.concatenate([high + 3000, low - 3000]),
        ),
        case(
            "wide spread",
            "Differences inside a row count exactly, also where they are large.",
            "行内的差值必须精确起作用，即使差得很大。",
            rng.uniform(-80, 80, size=(4, 6)),
        ),
        case(
            "view with gaps",
            "The input may be a view of another array.",
            "输入可以是另一个数组的视图。",
            wide[:, ::2],
        ),
        case(
            "transposed",
            "The input may lie in memory column by column.",
            "输入在内存中可以按列存放。",
            wide.T,
        ),
        case(
            "many rows",
            "The result is right for every row of a large batch.",
            "大批次的每一行都要正确。",
            10 * rng.normal(size=(300, 40)),
        ),
    ]


def case(name, en, zh, x):
    return Case(name, Bilingual(en, zh), (x,), right(x))
