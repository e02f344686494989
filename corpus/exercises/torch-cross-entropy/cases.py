"""Inputs and expected values for cross-entropy, computed in NumPy; gradients by finite differences."""

import numpy as np

from coach.card import Bilingual
from coach.exercise import FLOAT32, FLOAT64, Case, Tensor
from coach.practice.numeric import gradient


def right(logits, labels, ignore_index):
    wide = logits.astype(np.float64)
    rows = [i for i, label in enumerate(labels) if label != ignore_index]
    losses = [np.logaddexp.reduce(wide[i]) - wide[i, labels[i]] for i in rows]
    return np.array(sum(losses) / max(len(losses), 1))


def cases(seed):
    rng = np.random.default_rng(seed)
    factor = np.array(rng.uniform(0.5, 2))

    def case(name, en, zh, logits, labels, ignore_index=-100, dtype="float64"):
        logits, labels = logits.astype(dtype), np.asarray(labels, dtype=np.int64)
        exact = dtype == "float64"
        args = (Tensor(logits), Tensor(labels), ignore_index)
        wanted = gradient(lambda z: right(z, labels, ignore_index), (logits,), factor)
        return Case(
            name, Bilingual(en, zh), args, right(logits, labels, ignore_index),
            tolerance=FLOAT64 if exact else FLOAT32, gradient=wanted if exact else None, dtype=dtype,
        )  # fmt: skip

    ruled_out = rng.normal(size=(3, 4))
    ruled_out[0, 0] = ruled_out[2, 3] = -np.inf
    apart = rng.normal(size=(3, 4)) + np.array([[3000.0], [0.0], [-3000.0]])
    huge = 1e4 * rng.normal(size=(4, 3))
    some = np.array([1, -100, 0, -100, 2])
    return [
        case(
            "one example",
            "The loss is minus the log of the label's softmax probability.",
            "损失是标签类别的 softmax 概率的负对数。",
            rng.normal(size=(1, 3)), rng.integers(3, size=1),
        ),
        case(
            "mean",
            "The losses of the examples are averaged, not added up.",
            "对各样本的损失求平均，而不是求和。",
            2 * rng.normal(size=(4, 3)), rng.integers(3, size=4),
        ),
        case(
            "some ignored",
            "Ignored examples count neither in the sum nor in the number it is divided by.",
            "被忽略的样本既不进入求和，也不进入作为除数的样本数。",
            rng.normal(size=(5, 3)), some,
        ),
        case(
            "a class is ignored",
            "ignore_index is an argument; it may be the number of a class.",
            "ignore_index 由参数给定，也可能是某个类别的编号。",
            rng.normal(size=(5, 3)), [0, 2, 1, 0, 1], ignore_index=0,
        ),
        case(
            "all ignored",
            "Where no example counts the loss is 0, and so is the gradient.",
            "没有样本参与计算时，损失为 0，梯度也为 0。",
            rng.normal(size=(2, 3)), [7, 7], ignore_index=7,
        ),
        case(
            "no examples",
            "An empty batch has the loss 0.",
            "空批次的损失为 0。",
            np.zeros((0, 3)), [],
        ),
        case(
            "classes ruled out",
            "A logit of -inf has probability 0, and makes neither the loss nor the gradient NaN.",
            "-inf 的 logit 概率为 0，损失和梯度都不应变成 NaN。",
            ruled_out, [1, 0, 2],
        ),
        case(
            "huge logits",
            "Logits of tens of thousands neither overflow nor make a probability 0 before the log.",
            "logits 上万时不能溢出，也不能让概率在取对数之前变成 0。",
            huge, huge.argmin(axis=1),
        ),
        case(
            "rows far apart",
            "Each example must be made stable by itself.",
            "数值稳定要对每个样本分别处理。",
            apart, rng.integers(4, size=3),
        ),
        case(
            "float32",
            "The dtype of the logits is kept.",
            "保持 logits 的 dtype。",
            5 * rng.normal(size=(6, 5)), rng.integers(5, size=6), dtype="float32",
        ),
    ]  # fmt: skip
