"""Inputs and expected values for a two-layer network; gradients come from differences of its loss."""

import numpy as np

from coach.card import Bilingual
from coach.exercise import NUMERICAL, Case
from coach.practice.numeric import numerical_gradient

MARGIN = 1e-3


def loss(x, labels, W1, b1, W2, b2):
    scores = np.maximum(x @ W1 + b1, 0) @ W2 + b2
    return np.mean(np.logaddexp.reduce(scores, axis=1) - scores[np.arange(len(x)), labels])


def network(rng, inputs, hidden, classes):
    W1, W2 = rng.normal(size=(inputs, hidden)), rng.normal(size=(hidden, classes))
    return W1, rng.normal(size=hidden), W2, rng.normal(size=classes)


def smooth(rng, n, inputs, hidden, classes):
    """Examples and a network, redrawn while a hidden unit lies where relu bends or none or all are open."""
    while True:
        x, parameters = rng.normal(size=(n, inputs)), network(rng, inputs, hidden, classes)
        before = x @ parameters[0] + parameters[1]
        if np.abs(before).min() > MARGIN and (before > 0).any() and (before < 0).any():
            return x, parameters


def right(x, labels, parameters):
    gradients = numerical_gradient(lambda *p: loss(x, labels, *p), parameters)
    return loss(x, labels, *parameters), *gradients


def case(name, en, zh, x, labels, parameters, expected=None):
    expected = right(x, labels, parameters) if expected is None else expected
    args = (x, labels, *parameters)
    return Case(name, Bilingual(en, zh), args, expected, tolerance=NUMERICAL)


def cases(seed):
    rng = np.random.default_rng(seed)

    def labels(n, classes):
        return rng.integers(0, classes, size=n)

    x, parameters = smooth(rng, 6, 3, 3, 3)
    fortran = tuple(np.asfortranarray(p) for p in parameters)
    stacked = np.concatenate([x, rng.normal(size=x.shape)], axis=1)[:, :3]
    return [
        case(
            "one example",
            "For one example the gradient by the scores is softmax minus one-hot, and flows on from there.",
            "只有一个样本时，对分数的梯度是 softmax 减 one-hot，再由此往回传。",
            *with_labels(smooth(rng, 1, 2, 3, 2), labels(1, 2)),
        ),
        case(
            "mean over examples",
            "Loss and gradients are means over the examples: the division happens once on the way back.",
            "损失和梯度都是对样本的平均：反向路上只除一次。",
            *with_labels(smooth(rng, 5, 2, 3, 4), labels(5, 4)),
        ),
        case(
            "square layers",
            "Which matrix is transposed, and on which side it stands, counts also where all shapes agree.",
            "即使各处形状都相容，哪个矩阵转置、放在哪一侧也有区别。",
            x, labels(6, 3), parameters,
        ),
        at_zero(rng, labels(4, 3)),
        closed(rng, labels(4, 3)),
        large_scores(rng),
        case(
            "other memory order",
            "The arrays may lie in memory column by column or be views of others.",
            "数组在内存中可以按列存放，也可以是其他数组的视图。",
            stacked, labels(6, 3), fortran,
        ),
    ]  # fmt: skip


def with_labels(drawn, labels):
    x, parameters = drawn
    return x, labels, parameters


def at_zero(rng, labels):
    """The first hidden unit gets exactly 0 from every example, and no gradient passes it."""
    x, parameters = smooth(rng, 4, 2, 3, 3)
    parameters[0][:, 0], parameters[1][0] = 0.0, 0.0
    cost, by_W1, by_b1, *rest = right(x, labels, parameters)
    by_W1[:, 0], by_b1[0] = 0.0, 0.0
    return case(
        "exactly zero before relu",
        "By the convention of the task relu lets no gradient through at 0.",
        "按题目约定，relu 在 0 处不让梯度通过。",
        x, labels, parameters, (cost, by_W1, by_b1, *rest),
    )  # fmt: skip


def closed(rng, labels):
    x, parameters = smooth(rng, 4, 2, 3, 3)
    parameters[1][:], parameters[3][:] = -50.0, -rng.uniform(0.5, 2, size=3)
    return case(
        "all hidden units closed",
        "Where relu is closed nothing flows back: only the last bias can still learn.",
        "relu 全部关闭时没有梯度能传回去：只有最后的偏置还能学习。",
        x, labels, parameters,
    )  # fmt: skip


def large_scores(rng):
    """Scores in the thousands, and for every second example a label that is far from the best."""
    x, parameters = smooth(rng, 4, 2, 3, 3)
    parameters[3][:] = 2000 + 1500 * rng.permutation(3)
    order = np.argsort(parameters[3])
    labels = np.where(np.arange(4) % 2, order[0], order[2])
    return case(
        "large scores",
        "Scores in the thousands must neither overflow nor turn a large loss into infinity.",
        "分数上千既不能溢出，也不能把很大的损失变成无穷大。",
        x, labels, parameters,
    )  # fmt: skip
