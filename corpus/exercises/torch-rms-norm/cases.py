"""Inputs and expected values for RMSNorm, vector by vector in NumPy; gradients by finite differences."""

import numpy as np

from coach.card import Bilingual
from coach.exercise import FLOAT32, FLOAT64, NUMERICAL, Case, Tensor
from coach.practice.numeric import numerical_gradient

TOLERANCES = {"float64": FLOAT64, "float32": FLOAT32}


def right(x, weight, eps):
    weight, out = weight.astype(np.float64), np.empty(x.shape)
    for place in np.ndindex(x.shape[:-1]):
        v = x[place].astype(np.float64)
        out[place] = weight * v / np.sqrt(v @ v / len(v) + eps)
    return out


def cases(seed):
    rng = np.random.default_rng(seed)
    return [new(), *called(rng), *differentiated(rng)]


def new():
    return Case(
        "a new module",
        Bilingual(
            "The module holds one parameter, weight, and it starts at ones.",
            "模块只有一个参数 weight，初始全为 1。",
        ),
        (3,), ("weight", {"weight": np.ones(3)}), call="fresh", names=("parameters", "state_dict"),
    )  # fmt: skip


def called(rng):
    def case(name, en, zh, x, eps=1e-6, dtype="float64"):
        x = x.astype(dtype)
        weight = (rng.choice([-1, 1], x.shape[-1]) * rng.uniform(0.5, 2, x.shape[-1])).astype(dtype)
        args = (Tensor(weight), eps, Tensor(x))
        return Case(
            name, Bilingual(en, zh), args, right(x, weight, eps),
            call="output", tolerance=TOLERANCES[dtype], dtype=dtype,
        )  # fmt: skip

    zero = rng.normal(size=(3, 2))
    zero[1] = 0
    return [
        case(
            "one vector",
            "A vector is divided by the root of the mean of its squares, times weight; no mean is subtracted.",
            "向量除以各特征平方平均的平方根，再乘 weight；不减均值。",
            2 + rng.normal(size=3),
        ),
        case(
            "a batch of vectors",
            "Each vector is scaled by itself.",
            "每个向量各自缩放。",
            rng.normal(size=(4, 3)) * np.array([[0.1], [1], [10], [100]]),
        ),
        case(
            "sequences",
            "Whatever dimensions come before, the mean is taken over the last one.",
            "无论前面有多少维，都只对最后一维求平均。",
            rng.normal(size=(2, 3, 4)),
        ),
        case(
            "as many vectors as features",
            "weight belongs to the features, not to the vectors.",
            "weight 对应特征，而不是对应向量。",
            rng.normal(size=(3, 3)),
        ),
        case(
            "a zero vector",
            "eps keeps a zero vector from becoming NaN.",
            "eps 使零向量不会变成 NaN。",
            zero,
        ),
        case(
            "large eps",
            "eps is added to the mean of the squares, under the root.",
            "eps 加在平方的平均上，在根号里面。",
            rng.normal(size=(2, 4)), eps=0.7,
        ),
        case(
            "float32",
            "The dtype of x is kept.",
            "保持 x 的 dtype。",
            rng.normal(size=(3, 5)), dtype="float32",
        ),
    ]  # fmt: skip


def differentiated(rng):
    def case(name, en, zh, shape, eps):
        x, cotangent = rng.normal(size=(2, *shape))
        weight = rng.uniform(0.5, 2, shape[-1])
        wanted = numerical_gradient(lambda x, w: right(x, w, eps), (x, weight), cotangent)
        args = (Tensor(weight), eps, Tensor(x), Tensor(cotangent))
        return Case(
            name, Bilingual(en, zh), args, wanted, call="gradients", tolerance=NUMERICAL,
            names=("x.grad", "weight.grad"),
        )  # fmt: skip

    return [
        case(
            "gradients",
            "The root mean square depends on every feature of the vector, and the gradient flows through it.",
            "均方根依赖于向量的每个特征，梯度也要流过它。",
            (2, 3), 1e-6,
        ),
        case(
            "gradients of sequences",
            "The gradient by weight is summed over all vectors.",
            "weight 的梯度要对所有向量求和。",
            (2, 2, 3), 0.1,
        ),
    ]  # fmt: skip
