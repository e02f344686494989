"""Inputs and expected values for the binary cross-entropy."""

import numpy as np

from coach.card import Bilingual
from coach.exercise import FLOAT64, NUMERICAL, Case
from coach.practice.numeric import numerical_gradient


def losses(z, y, weight):
    return weight * y * np.logaddexp(0, -z) + (1 - y) * np.logaddexp(0, z)


def slopes(z, y, weight):
    log_share, log_rest = -np.logaddexp(0, -z), -np.logaddexp(0, z)
    return ((1 - y) * np.exp(log_share) - weight * y * np.exp(log_rest)) / z.size


def case(name, en, zh, z, y, weight=1.0):
    expected = losses(z, y, weight).mean(), slopes(z, y, weight)
    return Case(name, Bilingual(en, zh), (z, y, weight), expected, tolerance=FLOAT64)


def differences_case(name, en, zh, z, y, weight):
    """Here the gradient expected comes from differences of the loss itself."""

    def mean(z):
        return losses(z, y, weight).mean()

    expected = mean(z), numerical_gradient(mean, (z,))[0]
    return Case(name, Bilingual(en, zh), (z, y, weight), expected, tolerance=NUMERICAL)


def hard(rng, shape):
    """Zeros and ones, some of either."""
    y = rng.integers(0, 2, size=shape).astype(float)
    y.flat[:2] = 0.0, 1.0
    return y


def cases(seed):
    rng = np.random.default_rng(seed)
    sure = rng.uniform(900, 3000, size=4) * [1, -1, 1, -1]
    right = (sure > 0).astype(float)
    stacked = rng.normal(size=(2, 6, 5))
    return [
        case(
            "one element",
            "For one element without a weight the gradient is probability minus target.",
            "只有一个元素且不加权时，梯度是概率减目标。",
            rng.normal(size=1), np.ones(1),
        ),
        case(
            "mean",
            "Loss and gradient are means: each is divided by the number of elements once.",
            "损失和梯度都是平均：各除以元素个数一次。",
            rng.normal(size=5), hard(rng, 5),
        ),
        case(
            "logit zero",
            "At logit 0 both classes are equally likely: the loss is log 2.",
            "logit 为 0 时两类概率相等：损失为 log 2。",
            np.zeros(3), hard(rng, 3),
        ),
        differences_case(
            "weighted",
            "The weight multiplies the term of the positive class only, in the loss and in its gradient.",
            "权重只乘在正类那一项上，损失和梯度都是如此。",
            rng.normal(size=4), hard(rng, 4), rng.uniform(2, 5),
        ),
        differences_case(
            "soft targets",
            "A target between 0 and 1 weighs both terms.",
            "目标在 0 和 1 之间时，两项各占一部分。",
            rng.normal(size=6), rng.uniform(0.15, 0.4, size=6), rng.uniform(0.2, 0.6),
        ),
        case(
            "matrix",
            "The mean is over all elements, not over the rows.",
            "平均是对所有元素，而不是对行。",
            rng.normal(size=(2, 3)), hard(rng, (2, 3)),
        ),
        case(
            "confident and right",
            "A sure and right answer costs nothing, and exp must not overflow.",
            "又自信又正确的答案损失为 0，exp 不能溢出。",
            sure, right, 2.0,
        ),
        case(
            "confident and wrong",
            "A loss of thousands must come out as such, and its gradient does not vanish.",
            "几千的损失也要如实算出，而且梯度不会消失。",
            sure, 1 - right, 2.0,
        ),
        case(
            "confident and soft",
            "With a soft target even a sure answer costs something on one side.",
            "目标是软标签时，再自信的答案也总有一侧的损失。",
            sure, rng.uniform(0.1, 0.9, size=4), 0.5,
        ),
        case(
            "transposed",
            "The inputs may lie in memory column by column.",
            "输入在内存中可以按列存放。",
            stacked[0].T, (stacked[1] > 0).astype(float).T, 1.5,
        ),
        case(
            "large batch",
            "Right for every element of a large batch.",
            "大批次的每个元素都要正确。",
            20 * rng.normal(size=(200, 5)), hard(rng, (200, 5)), 3.0,
        ),
    ]  # fmt: skip
