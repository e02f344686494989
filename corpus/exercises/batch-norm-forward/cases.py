"""Inputs and expected values for batch normalisation."""

import numpy as np

from coach.card import Bilingual
from coach.exercise import Case


def right(x, gamma, beta, running_mean, running_var, momentum, eps, train):
    mean, var = running_mean, running_var
    if train:
        mean = x.sum(axis=0) / len(x)
        var = ((x - mean) ** 2).sum(axis=0) / len(x)
        running_mean = running_mean + momentum * (mean - running_mean)
        running_var = running_var + momentum * (var - running_var)
    return (x - mean) * (gamma / (var + eps) ** 0.5) + beta, running_mean, running_var


def cases(seed):
    rng = np.random.default_rng(seed)

    def case(name, en, zh, x, train, momentum=0.1, eps=1e-5):
        d = x.shape[1]
        gamma, beta, mean = rng.normal(size=(3, d))
        args = (x, gamma, beta, mean, rng.uniform(0.5, 2, d), momentum, eps, train)
        return Case(name, Bilingual(en, zh), args, right(*args))

    constant = rng.normal(size=(4, 2))
    constant[:, 0] = constant[0, 0]
    return [
        case(
            "training",
            "In training each feature is normalised with mean and variance of the batch.",
            "训练时每个特征用批次的均值和方差归一化。",
            3 + 2 * rng.normal(size=(4, 2)), True,
        ),
        case(
            "running values",
            "The running values move towards those of the batch by the momentum.",
            "滑动统计量按 momentum 向批次的统计量移动。",
            rng.normal(size=(5, 3)), True, momentum=0.3,
        ),
        case(
            "in use",
            "Outside training the running values are used and stay as they are.",
            "不训练时使用滑动统计量，并保持不变。",
            rng.normal(size=(3, 2)), False,
        ),
        case(
            "one example in use",
            "Outside training even a single example can be normalised.",
            "不训练时单个样本也能归一化。",
            rng.normal(size=(1, 3)), False,
        ),
        case(
            "constant feature",
            "eps keeps a feature without variance from dividing by zero.",
            "eps 防止方差为零的特征除以零。",
            constant, True,
        ),
        case(
            "large eps",
            "eps is added to the variance, under the root.",
            "eps 加在方差上，在根号里面。",
            rng.normal(size=(6, 2)), True, eps=0.5,
        ),
        case(
            "large batch",
            "Right for every feature of a large batch.",
            "大批次的每个特征都要正确。",
            10 * rng.normal(size=(100, 20)), True,
        ),
    ]  # fmt: skip
