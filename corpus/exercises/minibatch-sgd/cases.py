"""Inputs and expected values for mini-batch descent: the draws are replayed, each example counted by itself."""

import numpy as np

from coach.card import Bilingual
from coach.exercise import Case, Rng


def right(x, y, w, b, rate, batch_size, epochs, rng):
    draws = np.random.default_rng(rng.seed)
    rows, theta, steps = np.insert(x, 0, 1.0, axis=1), np.insert(w, 0, b), 0
    for _ in range(epochs):
        order = list(draws.permutation(len(x)))
        while order:
            batch, order = order[:batch_size], order[batch_size:]
            theta = theta - rate * np.mean(
                [(rows[i] @ theta - y[i]) * rows[i] for i in batch], axis=0
            )
            steps += 1
    return theta[1:], theta[0], steps


def cases(seed):
    rng = np.random.default_rng(seed)

    def case(name, en, zh, n, d, batch_size, epochs=1, rate=0.1, x=None):
        x = rng.normal(size=(n, d)) if x is None else x
        y = x @ rng.normal(size=d) + 3 + 0.1 * rng.normal(size=n)
        draws = Rng(int(rng.integers(1 << 30)))
        args = (x, y, rng.normal(size=d), float(rng.normal()), rate, batch_size, epochs, draws)
        return Case(name, Bilingual(en, zh), args, right(*args))

    return [
        case(
            "one example",
            "With one example a step follows that example's gradient.",
            "只有一个样本时，一步就沿着它的梯度走。",
            1, 2, 1,
        ),
        case(
            "all in one batch",
            "A batch's gradient is the mean over its examples, for the weights and for the bias.",
            "批次的梯度是对批内样本的平均，权重和偏置都是如此。",
            4, 2, 4,
        ),
        case(
            "one at a time",
            "With batch size 1 each example makes a step of its own, from where the one before has led.",
            "批次大小为 1 时每个样本各走一步，从上一步到达的位置出发。",
            5, 2, 1,
        ),
        case(
            "smaller last batch",
            "The examples left over form a batch too; its mean is over as many as there are.",
            "剩下的样本也是一个批次；平均时按实际个数计算。",
            7, 2, 3,
        ),
        case(
            "batch larger than the data",
            "If there are fewer examples than batch_size, they are one batch together.",
            "样本数少于 batch_size 时，全部样本就是一个批次。",
            3, 2, 8,
        ),
        case(
            "no epochs",
            "Without an epoch nothing moves.",
            "epochs 为 0 时什么都不变。",
            3, 2, 2, epochs=0,
        ),
        case(
            "shuffled",
            "Batches follow the order that was drawn; inputs and targets keep together.",
            "批次按抽取的顺序组成，输入与目标始终对应。",
            12, 3, 4,
        ),
        case(
            "new order every epoch",
            "Every epoch draws an order of its own and goes on from the weights reached.",
            "每个 epoch 都重新抽取顺序，并从已到达的权重继续。",
            10, 2, 5, epochs=3,
        ),
        case(
            "by columns",
            "The input may lie in memory column by column.",
            "输入在内存中可以按列存放。",
            9, 3, 4, epochs=2, x=rng.normal(size=(3, 9)).T,
        ),
        case(
            "long run",
            "Right after many steps as well.",
            "走很多步之后也要正确。",
            43, 3, 8, epochs=12, rate=0.05,
        ),
    ]  # fmt: skip
