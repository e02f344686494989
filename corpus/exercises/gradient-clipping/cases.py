"""Inputs and expected values for clipping; the norm comes from math.hypot over all elements."""

import math

import numpy as np

from coach.card import Bilingual
from coach.exercise import FLOAT32, FLOAT64, Case, Tolerance
from coach.practice.compare import compare

EXACT = Tolerance(rtol=0, atol=0)


def by_norm(gradients, max_norm):
    norm = math.hypot(*(x for g in gradients for x in g.ravel().tolist()))
    return [g / max(norm / max_norm, 1.0) for g in gradients], norm


def by_value(gradients, limit):
    return [np.where(np.abs(g) > limit, limit * np.sign(g), g) for g in gradients]


def same_arrays(expected, got, dtypes):
    """Values and dtype of each array."""
    if not isinstance(got, (list, tuple)) or len(got) != len(expected):
        return compare(expected, got, FLOAT64)
    for number, (wanted, found, dtype) in enumerate(zip(expected, got, dtypes, strict=True), 1):
        fault = compare(wanted, found, FLOAT64 if dtype == "float64" else FLOAT32)
        kind = str(getattr(found, "dtype", type(found).__name__))
        if fault is None and kind != dtype:
            fault = Bilingual(
                f"dtype {kind} instead of {dtype}.", f"dtype 是 {kind}，应为 {dtype}。"
            )
        if fault is not None:
            return Bilingual(f"Array {number}: {fault.en}", f"第 {number} 个数组：{fault.zh}")
    return None


def check_of(gradients, arrays, norm=None):
    """Judges what an answer returned and that it left its inputs alone."""
    dtypes = [str(g.dtype) for g in gradients]

    def check(value):
        if not isinstance(value, (list, tuple)) or len(value) != 2:
            return compare((arrays, gradients), value, FLOAT64)
        result, after = value
        if compare(gradients, after, EXACT) is not None:
            return Bilingual("The call changed the arrays it was given.", "调用修改了传入的数组。")
        if norm is None:
            return same_arrays(arrays, result, dtypes)
        if not isinstance(result, (list, tuple)) or len(result) != 2:
            return compare((arrays, norm), result, FLOAT64)
        fault = compare(norm, result[1], FLOAT64)
        if fault is not None:
            return Bilingual(f"The norm before clipping: {fault.en}", f"裁剪前的范数：{fault.zh}")
        return same_arrays(arrays, result[0], dtypes)

    return check


def cases(seed):
    rng = np.random.default_rng(seed)

    def drawn(*shapes, dtype="float64", scale=1.0):
        return [
            (scale * (np.sign(a) + a)).astype(dtype) for a in map(rng.normal, map(np.zeros, shapes))
        ]

    def norm_case(name, en, zh, gradients, max_norm):
        check = check_of(gradients, *by_norm(gradients, max_norm))
        return Case(
            name, Bilingual(en, zh), (gradients, max_norm), call="clipped_by_norm", check=check
        )

    def value_case(name, en, zh, gradients, limit):
        check = check_of(gradients, by_value(gradients, limit))
        return Case(
            name, Bilingual(en, zh), (gradients, limit), call="clipped_by_value", check=check
        )

    uneven = [*drawn((2,), scale=5), *drawn((2, 2), scale=0.1)]
    return [
        norm_case(
            "norm: one array",
            "A gradient that is too long keeps its direction and gets the norm max_norm.",
            "过长的梯度方向不变，范数变为 max_norm。",
            drawn((2,)), 0.5,
        ),
        norm_case(
            "norm: short enough",
            "Gradients below max_norm stay as they are: clipping never makes them longer.",
            "范数小于 max_norm 的梯度保持不变：裁剪不会把它们放大。",
            drawn((2,), (2, 2)), 100.0,
        ),
        norm_case(
            "norm: several arrays",
            "One norm over all arrays gives one factor for all of them.",
            "所有数组合在一起算一个范数，得到同一个系数。",
            uneven, 2.0,
        ),
        norm_case(
            "norm: below it each, above it together",
            "It is the common norm that is compared with max_norm, not that of single arrays.",
            "与 max_norm 比较的是总范数，而不是各个数组的范数。",
            [g / np.linalg.norm(g) for g in drawn((3,), (2, 2), (2,))], 1.5,
        ),
        norm_case(
            "norm: all zero",
            "A gradient of zero has norm 0 and is not divided by it.",
            "全零梯度的范数是 0，不能除以它。",
            [np.zeros(2), np.zeros((1, 3))], 1.0,
        ),
        norm_case(
            "norm: no arrays",
            "Without arrays the norm is 0.",
            "没有数组时范数为 0。",
            [], 1.0,
        ),
        norm_case(
            "norm: tiny",
            "The norm becomes exactly max_norm, also where both are tiny.",
            "即使两者都很小，范数也要恰好变为 max_norm。",
            drawn((3,), (2,), scale=1e-4), 1e-5,
        ),
        norm_case(
            "norm: shapes and layouts",
            "Arrays of any shape count, single numbers and views among them.",
            "任意形状的数组都要算上，包括单个数和视图。",
            [*drawn(()), drawn((3, 4))[0].T, drawn((2, 6))[0][:, ::2], *drawn((2, 1, 2, 2))], 3.0,
        ),
        norm_case(
            "norm: mixed dtypes",
            "Each array keeps its own dtype.",
            "每个数组保持各自的 dtype。",
            [*drawn((3,), dtype="float32"), *drawn((2, 2))], 1.0,
        ),
        norm_case(
            "norm: huge in float32",
            "Squares of numbers around 1e25 overflow in float32.",
            "1e25 量级的数，平方在 float32 下会溢出。",
            drawn((3,), (2, 2), dtype="float32", scale=1e25), 1.0,
        ),
        value_case(
            "value: one array",
            "Each element is cut off at the limit, on both sides of zero.",
            "每个元素在正负两侧都按 limit 截断。",
            [np.array([-3.0, -0.5, 0.0, 0.5, 3.0]) * rng.uniform(0.8, 1.2)], 1.0,
        ),
        value_case(
            "value: several arrays",
            "Elements within the limit stay as they are, whatever is cut off elsewhere.",
            "未超出 limit 的元素保持不变，与其他元素是否被截断无关。",
            [10 * uneven[0], uneven[1], *drawn((2, 2), dtype="float32")], 1.5,
        ),
    ]  # fmt: skip
