"""Gradients for three parameters, and what is left of them after clipping."""

import math

import numpy as np

from coach.card import Bilingual
from coach.exercise import FLOAT32, Case, Tensor, Tolerance
from coach.practice.compare import compare

CLOSE = Tolerance(rtol=1e-5, atol=1e-12)  # room for those who add a tiny number to the norm
LABELS = {
    "norm": Bilingual("the norm returned", "返回的范数"),
    "values": Bilingual("values of the parameters", "参数的值"),
    "first": Bilingual("first gradient", "第一个梯度"),
    "second": Bilingual("second gradient", "第二个梯度"),
    "third": Bilingual("third gradient", "第三个梯度"),
    "first_same": Bilingual("first .grad is still the same tensor", "第一个 .grad 仍是原来的张量"),
    "second_same": Bilingual(
        "second .grad is still the same tensor", "第二个 .grad 仍是原来的张量"
    ),
    "third_same": Bilingual("third .grad is still the same tensor", "第三个 .grad 仍是原来的张量"),
}


def named(expected, tolerance):
    """A check that compares the parts of a report one by one and says which one is wrong."""

    def check(value):
        for key, wanted in expected.items():
            found = value.get(key) if isinstance(value, dict) else None
            fault = compare(wanted, found, tolerance)
            if fault is not None:
                return Bilingual(f"{LABELS[key].en}: {fault.en}", f"{LABELS[key].zh}：{fault.zh}")
        return None

    return check


def right(gradients, max_norm):
    norm = math.hypot(*(float(x) for g in gradients if g is not None for x in g.flat))
    factor = max_norm / norm if max_norm < norm < math.inf else 1.0
    report = {"norm": norm}
    for name, g in zip(("first", "second", "third"), gradients, strict=True):
        if g is not None:
            report[name] = g.astype(float) * factor
            report[f"{name}_same"] = True
    report["values"] = [np.full((2,) if g is None else g.shape, 3.0) for g in gradients]
    return report


def cases(seed):
    rng = np.random.default_rng(seed)

    def case(name, en, zh, gradients, max_norm, once=False, tolerance=CLOSE):
        args = (*(g if g is None else Tensor(g) for g in gradients), max_norm, once)
        check = named(right(gradients, max_norm), tolerance)
        return Case(name, Bilingual(en, zh), args, call="clip", check=check)

    def draw(*shapes, scale=1.0, dtype="float64"):
        return [(scale * (rng.normal(size=s) + 0.5)).astype(dtype) for s in shapes]

    shapes = (2, 3), (3,), (1,)
    with_inf, with_nan = draw(*shapes), draw(*shapes)
    with_inf[1][1], with_nan[0][0, 1] = -np.inf, np.nan
    first, _, third = draw(*shapes, scale=4)
    wide = float(rng.uniform(50, 100))
    return [
        case(
            "one long gradient",
            "Too long a gradient is scaled by max_norm / norm: its direction stays, and the old norm is returned.",
            "过长的梯度乘以 max_norm / norm：方向不变，返回的是裁剪前的范数。",
            [np.array([3.0, 4.0]) * rng.uniform(2, 5), None, None], 1.0,
        ),
        case(
            "no gradients",
            "Without any gradient the norm is 0.",
            "没有任何梯度时范数为 0。",
            [None, None, None], 1.0,
        ),
        case(
            "three gradients",
            "There is one norm over all gradients together, and all shrink by the same factor.",
            "所有梯度合在一起求一个范数，并按同一个系数缩小。",
            draw(*shapes, scale=5), 1.5,
        ),
        case(
            "short gradients",
            "Gradients that are short enough stay as they are: clipping never lengthens.",
            "足够短的梯度保持不变：裁剪从不放大。",
            draw(*shapes), wide,
        ),
        case(
            "short one by one, long together",
            "Each gradient may be shorter than max_norm and all of them together longer.",
            "单个梯度都不超过 max_norm，合起来却可能超过。",
            [np.array([0.9, 0.0]), np.array([0.0, -0.9]), np.array([0.8])], 1.0,
        ),
        case(
            "one without gradient",
            "A parameter that took no part in the loss has None for a gradient.",
            "没有参与损失计算的参数，梯度是 None。",
            [first, None, third], 2.0,
        ),
        case(
            "generator",
            "parameters may be a generator, which is empty the second time one walks through it.",
            "parameters 可能是生成器，第二次遍历时已经空了。",
            draw(*shapes, scale=5), 0.7, once=True,
        ),
        case(
            "zeros",
            "Gradients of zero stay zero: there is nothing to divide by.",
            "全零梯度保持为零：不能拿范数去除。",
            [0 * g for g in draw(*shapes)], 1.0,
        ),
        case(
            "an infinite gradient",
            "If the norm is not finite, no factor makes sense: the gradients stay, and the caller sees the norm.",
            "范数不是有限数时，没有合理的缩放系数：梯度不变，由调用者根据返回的范数处理。",
            with_inf, 1.0,
        ),
        case(
            "a gradient that is nan",
            "A single nan must not spread into the other gradients.",
            "一个 nan 不能扩散到其他梯度。",
            with_nan, 1.0,
        ),
        case(
            "exploding, float32",
            "The square of 1e25 does not fit into float32, the norm does.",
            "1e25 的平方超出 float32 的范围，而范数本身并没有超出。",
            draw(*shapes, scale=1e25, dtype="float32"), 1.0, tolerance=FLOAT32,
        ),
    ]  # fmt: skip
