"""Inputs and expected values for label smoothing."""

import numpy as np

from coach.card import Bilingual
from coach.exercise import FLOAT64, NUMERICAL, Case
from coach.practice.numeric import numerical_gradient


def targets(labels, classes, epsilon):
    hit = labels[:, None] == np.arange(classes)
    return np.where(hit, 1 - epsilon * (classes - 1) / classes, epsilon / classes)


def mean_loss(scores, labels, epsilon):
    logs = scores - np.logaddexp.reduce(scores, axis=1, keepdims=True)
    own = logs[np.arange(len(labels)), labels]
    return -np.mean((1 - epsilon) * own + epsilon * logs.mean(axis=1))


def slopes(scores, labels, epsilon):
    shares = np.exp(scores - np.logaddexp.reduce(scores, axis=1, keepdims=True))
    return (shares - targets(labels, scores.shape[1], epsilon)) / len(labels)


def cases(seed):
    rng = np.random.default_rng(seed)
    return [*targets_alone(rng), *losses(rng), *extreme(rng)]


def targets_alone(rng):
    def case(name, en, zh, labels, classes, epsilon):
        args = (labels, classes, epsilon)
        return Case(name, Bilingual(en, zh), args, targets(*args), call="smooth")

    return [
        case(
            "targets",
            "The share epsilon is spread over all classes, the right one included, and each row adds up to one.",
            "份额 epsilon 分给包括正确类别在内的所有类别，每行之和为 1。",
            rng.integers(0, 3, size=2), 3, 0.3,
        ),
        case(
            "targets without smoothing",
            "With epsilon = 0 targets are one-hot.",
            "epsilon = 0 时目标就是 one-hot。",
            rng.integers(0, 4, size=3), 4, 0.0,
        ),
        case(
            "targets of one class",
            "With a single class its target is 1, whatever epsilon is.",
            "只有一个类别时，无论 epsilon 是多少，它的目标都是 1。",
            np.zeros(2, dtype=np.int64), 1, 0.2,
        ),
        case(
            "no labels",
            "Without examples there are no rows, but there are columns.",
            "没有样本时行数为 0，列数不变。",
            np.zeros(0, dtype=np.int64), 3, 0.1,
        ),
    ]  # fmt: skip


def case(name, en, zh, scores, labels, epsilon, gradient=None):
    tolerance = FLOAT64 if gradient is None else NUMERICAL
    gradient = slopes(scores, labels, epsilon) if gradient is None else gradient
    expected = mean_loss(scores, labels, epsilon), gradient
    args = (scores, labels, epsilon)
    return Case(
        name, Bilingual(en, zh), args, expected, call="loss_and_gradient", tolerance=tolerance
    )


def losses(rng):
    scores, labels = rng.normal(size=(3, 4)), rng.integers(0, 4, size=3)
    epsilon = rng.uniform(0.1, 0.4)
    numeric = numerical_gradient(lambda s: mean_loss(s, labels, epsilon), (scores,))[0]
    return [
        case(
            "one example",
            "Every class counts with its target, not only the right one.",
            "每个类别都按它的目标计入损失，而不只是正确类别。",
            rng.normal(size=(1, 3)), rng.integers(0, 3, size=1), 0.2,
        ),
        case(
            "mean over examples",
            "Loss and gradient are means over the examples: each is divided by their number once.",
            "损失和梯度都是对样本的平均：各除以样本数一次。",
            rng.normal(size=(5, 3)), rng.integers(0, 3, size=5), 0.1,
        ),
        case(
            "gradient",
            "The gradient belongs to the smoothed loss, not to the plain one.",
            "梯度属于平滑后的损失，而不是原来的损失。",
            scores, labels, epsilon, numeric,
        ),
        case(
            "without smoothing",
            "With epsilon = 0 it is the usual cross-entropy.",
            "epsilon = 0 时就是普通的交叉熵。",
            rng.normal(size=(2, 4)), rng.integers(0, 4, size=2), 0.0,
        ),
        case(
            "nothing but smoothing",
            "With epsilon = 1 the label no longer matters: all classes weigh the same.",
            "epsilon = 1 时标签不再起作用：所有类别权重相同。",
            rng.normal(size=(2, 4)), rng.integers(0, 4, size=2), 1.0,
        ),
        case(
            "one class",
            "With a single class there is nothing to lose and nothing to learn.",
            "只有一个类别时，没有损失，也没有可学的。",
            rng.normal(size=(3, 1)), np.zeros(3, dtype=np.int64), 0.2,
        ),
    ]  # fmt: skip


def extreme(rng):
    sure = rng.uniform(1000, 2000) * np.eye(3)[rng.permutation(3)]
    best = sure.argmax(axis=1)
    return [
        case(
            "large scores",
            "Scores in the thousands must not overflow; each row needs a shift of its own.",
            "分数上千也不能溢出；每一行要有自己的平移量。",
            np.array([[2000.0], [-2000.0]]) + 3 * rng.normal(size=(2, 4)), rng.integers(0, 4, size=2), 0.1,
        ),
        case(
            "confident and right",
            "A sure and right answer costs something now: the share of the other classes times their distance.",
            "又自信又正确的答案现在也有损失：其他类别的份额乘以它们的差距。",
            sure, best, 0.1,
        ),
        case(
            "confident and wrong",
            "A loss of thousands must come out as such: log of a probability that became 0 is lost.",
            "几千的损失也要如实算出：概率变成 0 之后再取对数就丢了信息。",
            sure, (best + 1) % 3, 0.1,
        ),
        case(
            "transposed",
            "The scores may lie in memory column by column.",
            "分数在内存中可以按列存放。",
            rng.normal(size=(5, 4)).T, rng.integers(0, 5, size=4), 0.25,
        ),
        case(
            "large batch",
            "Right for every example of a large batch.",
            "大批次的每个样本都要正确。",
            5 * rng.normal(size=(100, 10)), rng.integers(0, 10, size=100), 0.05,
        ),
    ]  # fmt: skip
