"""Inputs and expected values for the softmax cross-entropy."""

import numpy as np

from coach.card import Bilingual
from coach.exercise import Case


def right(scores, labels):
    logs = scores - np.logaddexp.reduce(scores, axis=1, keepdims=True)
    hot = np.eye(scores.shape[1])[labels]
    return -(hot * logs).sum() / len(labels), (np.exp(logs) - hot) / len(labels)


def cases(seed):
    rng = np.random.default_rng(seed)

    def case(name, en, zh, scores, labels=None):
        if labels is None:
            labels = rng.integers(0, scores.shape[1], len(scores))
        return Case(name, Bilingual(en, zh), (scores, labels), right(scores, labels))

    sure = 2000 * np.eye(3)[rng.permutation(3)]
    return [
        case(
            "one example",
            "For one example the gradient is softmax minus one-hot.",
            "只有一个样本时，梯度就是 softmax 减 one-hot。",
            rng.normal(size=(1, 3)),
        ),
        case(
            "mean over examples",
            "Loss and gradient are means over the examples: each is divided by their number once.",
            "损失和梯度都是对样本的平均：各除以样本数一次。",
            rng.normal(size=(4, 3)),
        ),
        case(
            "equal scores",
            "Equal scores of K classes cost log K.",
            "K 个类别分数相等时，损失为 log K。",
            np.full((2, 5), rng.normal()),
        ),
        case(
            "large scores",
            "Scores in the thousands must not overflow.",
            "分数上千也不能溢出。",
            1500 + 3 * rng.normal(size=(3, 4)),
        ),
        case(
            "confident and wrong",
            "A loss of thousands must come out as such: log of a probability that became 0 is lost.",
            "几千的损失也要如实算出：概率变成 0 之后再取对数就丢了信息。",
            sure,
            (sure.argmax(axis=1) + 1) % 3,
        ),
        case(
            "confident and right",
            "A sure and right answer costs nothing.",
            "又自信又正确的答案损失为 0。",
            sure,
            sure.argmax(axis=1),
        ),
        case(
            "transposed",
            "The scores may lie in memory column by column.",
            "分数在内存中可以按列存放。",
            rng.normal(size=(4, 6)).T,
        ),
        case(
            "large batch",
            "Right for every example of a large batch.",
            "大批次的每个样本都要正确。",
            5 * rng.normal(size=(200, 10)),
        ),
    ]
