"""Inputs and expected values for log-sum-exp."""

import numpy as np

from coach.card import Bilingual
from coach.exercise import Case


def case(name, en, zh, x, axis):
    return Case(name, Bilingual(en, zh), (x, axis), np.logaddexp.reduce(x, axis=axis))


def cases(seed):
    rng = np.random.default_rng(seed)
    return [*shapes(rng), *sizes(rng), *infinities(rng)]


def shapes(rng):
    wide = rng.normal(size=(4, 10))
    return [
        case(
            "vector",
            "For a vector the result is one number.",
            "x 是向量时，结果是一个数。",
            rng.normal(size=2), 0,
        ),
        case(
            "along the rows",
            "The named axis disappears, the others stay.",
            "指定的轴消失，其余的轴保留。",
            rng.normal(size=(2, 3)), 1,
        ),
        case(
            "down the columns",
            "The sum runs along the axis that was asked for.",
            "求和沿着指定的轴进行。",
            rng.normal(size=(3, 3)), 0,
        ),
        case(
            "one entry each",
            "Of a single entry log-sum-exp is the entry itself.",
            "只有一个元素时，log-sum-exp 就是它本身。",
            rng.normal(size=(3, 1)), 1,
        ),
        case(
            "middle axis from the end",
            "An axis may be counted from the end, and there may be more than two.",
            "轴可以从末尾数起，维数也可以多于二。",
            rng.normal(size=(2, 3, 4)), -2,
        ),
        case(
            "no slices",
            "An empty batch gives an empty result.",
            "空批次返回空结果。",
            np.empty((0, 3)), 1,
        ),
        case(
            "view with gaps",
            "The input may be a view of another array.",
            "输入可以是另一个数组的视图。",
            wide[:, ::2], -1,
        ),
    ]  # fmt: skip


def sizes(rng):
    low, high = rng.normal(size=(2, 1, 3))
    return [
        case(
            "large entries",
            "exp overflows above 709: take a shift out of the sum first.",
            "指数超过 709 时 exp 会溢出：先从和里提出一个平移量。",
            1000 + rng.normal(size=(2, 3)), 1,
        ),
        case(
            "very negative entries",
            "Where every exp underflows to 0 the logarithm of the sum must still be finite.",
            "所有 exp 都下溢为 0 时，和的对数仍然应是有限数。",
            -2000 + rng.normal(size=(2, 3)), 1,
        ),
        case(
            "rows of different size",
            "The shift must be each slice's own: one for all of x empties the small slices.",
            "平移量必须逐切片取：整个 x 共用一个会让数值小的切片全变成 0。",
            np.concatenate([high + 3000, low - 3000]), 1,
        ),
        case(
            "wide spread",
            "Entries far below the largest add next to nothing, and nothing breaks.",
            "远小于最大值的元素几乎没有贡献，但计算不能出错。",
            rng.uniform(-1500, 1500, size=(5, 20)), 0,
        ),
    ]  # fmt: skip


def infinities(rng):
    some = rng.normal(size=(3, 4))
    some[np.arange(3), rng.integers(0, 4, 3)] = -np.inf
    none = rng.normal(size=(3, 3))
    none[1] = -np.inf
    above = rng.normal(size=(2, 3))
    above[0, 1] = np.inf
    return [
        case(
            "some -inf",
            "exp(-inf) is 0: such an entry adds nothing.",
            "exp(-inf) 等于 0：这样的元素没有贡献。",
            some, 1,
        ),
        case(
            "a slice of nothing but -inf",
            "A sum of zeros has the logarithm -inf, and -inf - (-inf) is not a number.",
            "全为零的和，对数是 -inf；而 -inf - (-inf) 不是数。",
            none, 1,
        ),
        case(
            "+inf",
            "An infinite entry makes the sum infinite, and inf - inf is not a number.",
            "有一个元素无穷大，和就无穷大；而 inf - inf 不是数。",
            above, 1,
        ),
        case(
            "an axis of length 0",
            "The sum of nothing is 0, its logarithm -inf.",
            "空的和是 0，它的对数是 -inf。",
            np.empty((2, 0)), 1,
        ),
    ]  # fmt: skip
