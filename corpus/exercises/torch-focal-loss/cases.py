"""Inputs and expected values for the binary focal loss, element by element in NumPy."""

import numpy as np

from coach.card import Bilingual
from coach.exercise import FLOAT32, NUMERICAL, Case, Tensor
from coach.practice.numeric import gradient


def right(logits, targets, alpha, gamma):
    log_p, log_q = -np.logaddexp(0, -logits), -np.logaddexp(0, logits)
    positives = -alpha * np.exp(gamma * log_q) * log_p
    negatives = -(1 - alpha) * np.exp(gamma * log_p) * log_q
    return np.mean(targets * positives + (1 - targets) * negatives)


def cases(seed):
    rng = np.random.default_rng(seed)

    def case(name, en, zh, logits, targets, alpha, gamma):
        dtype = logits.dtype.name
        expected = right(logits.astype(float), targets, alpha, gamma)
        slopes = None
        if dtype == "float64":
            slopes = gradient(lambda x: right(x, targets, alpha, gamma), [logits], np.array(1.0))
        args = (Tensor(logits), Tensor(targets), alpha, gamma)
        tolerance = NUMERICAL if dtype == "float64" else FLOAT32
        why = Bilingual(en, zh)
        return Case(name, why, args, expected, tolerance=tolerance, gradient=slopes, dtype=dtype)

    def draw(*shape):
        return 2 * rng.normal(size=shape), rng.integers(0, 2, size=shape)

    alpha, gamma = rng.uniform(0.6, 0.9), rng.uniform(1.5, 3)
    far = rng.uniform(900, 1100, size=4) * np.array([1, -1, 1, -1])
    half = np.array([1, 0, 0, 1])
    return [
        case(
            "one positive",
            "A positive weighs alpha and is damped by (1 - p) ** gamma.",
            "正样本权重为 alpha，并按 (1 - p) ** gamma 衰减。",
            rng.normal(size=1), np.array([1]), alpha, gamma,
        ),
        case(
            "one negative",
            "A negative weighs 1 - alpha and is damped by p ** gamma.",
            "负样本权重为 1 - alpha，并按 p ** gamma 衰减。",
            rng.normal(size=1), np.array([0]), alpha, gamma,
        ),
        case(
            "gamma = 0",
            "Without focusing it is the cross-entropy, weighted by class.",
            "gamma 为 0 时就是按类别加权的交叉熵。",
            *draw(5), alpha, 0.0,
        ),
        case(
            "a batch",
            "The mean is over all elements, easy ones included, and the focusing factor is differentiated too.",
            "对所有元素取平均（包括容易的样本），聚焦因子也参与求导。",
            *draw(8), alpha, gamma,
        ),
        case(
            "gamma = 0.5",
            "gamma may be any number that is not negative.",
            "gamma 可以是任意非负数。",
            *draw(6), alpha, 0.5,
        ),
        case(
            "alpha = 1",
            "With alpha = 1 negatives cost nothing.",
            "alpha 为 1 时负样本没有损失。",
            *draw(6), 1.0, gamma,
        ),
        case(
            "confident and right or wrong",
            "The logarithm must come from the logit: sigmoid(1000) is rounded to 1, and log(1 - 1) is infinite.",
            "对数要直接由 logit 计算：sigmoid(1000) 会舍入成 1，而 log(1 - 1) 是无穷大。",
            far, half, alpha, gamma,
        ),
        case(
            "confident, gamma = 0.5",
            "A root has an infinite slope at 0, and 0 * inf is nan: the gradient must not go through it.",
            "平方根在 0 处斜率为无穷大，而 0 * inf 是 nan：梯度不能经过那里。",
            np.abs(far) * (2 * half - 1), half, alpha, 0.5,
        ),
        case(
            "three dimensions",
            "Logits may have any shape.",
            "logits 可以是任意形状。",
            *draw(2, 3, 2), alpha, gamma,
        ),
        case(
            "float32",
            "The dtype of the logits is kept.",
            "保持 logits 的 dtype。",
            draw(4, 5)[0].astype(np.float32), rng.integers(0, 2, size=(4, 5)), alpha, gamma,
        ),
    ]  # fmt: skip
