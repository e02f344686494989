"""Inputs and expected values for batch normalisation as a module, computed feature by feature in NumPy."""

import numpy as np

from coach.card import Bilingual
from coach.exercise import NUMERICAL, Case
from coach.practice.numeric import numerical_gradient


def one_call(weight, bias, running, momentum, eps, x, training):
    """Output and running values after one call; `running` is a pair (mean, variance) of arrays."""
    out, after = np.empty_like(x), np.array(running)
    for j in range(x.shape[1]):
        values = x[:, j]
        mean, var = after[:, j]
        if training:
            mean, var = values.mean(), values.var()
            after[0, j] += momentum * (mean - after[0, j])
            after[1, j] += momentum * (values.var(ddof=1) - after[1, j])
        out[:, j] = weight[j] * (values - mean) / np.sqrt(var + eps) + bias[j]
    return out, after


def cases(seed):
    rng = np.random.default_rng(seed)
    return [new(), *called_once(rng), *called(rng), *differentiated(rng), unfollowed(rng)]


def state(rng, features):
    weight = rng.uniform(0.5, 2, features)
    return weight, *rng.normal(size=(2, features)), rng.uniform(0.5, 2, features)


def new():
    state = {
        "weight": np.ones(3),
        "bias": np.zeros(3),
        "running_mean": np.zeros(3),
        "running_var": np.ones(3),
    }
    return Case(
        "a new module",
        Bilingual(
            "weight and bias are learnt, running_mean and running_var remembered; they start at 1, 0, 0 and 1.",
            "weight 和 bias 是参数，running_mean 和 running_var 是 buffer；初值依次为 1、0、0、1。",
        ),
        (3,), ("bias, weight", "running_mean, running_var", state),
        call="fresh", names=("parameters", "buffers", "state_dict"),
    )  # fmt: skip


def called_once(rng):
    def case(name, en, zh, x, eps=1e-5):
        weight, bias, mean, var = state(rng, x.shape[1])
        expected = one_call(weight, bias, (mean, var), 0.1, eps, x, True)[0]
        args = (weight, bias, mean, var, 0.1, eps, x, True)
        return Case(name, Bilingual(en, zh), args, expected, call="output")

    constant = rng.normal(size=(4, 2))
    constant[:, 0] = 0.5
    return [
        case(
            "training",
            "In training the batch's own mean and variance normalise it; that variance divides by n.",
            "训练时用批次自身的均值和方差归一化，这里的方差除以 n。",
            3 + 2 * rng.normal(size=(3, 2)),
        ),
        case(
            "large eps",
            "eps is added to the variance, under the root.",
            "eps 加在方差上，在根号里面。",
            rng.normal(size=(5, 2)), eps=0.5,
        ),
        case(
            "constant feature",
            "eps keeps a feature without variance from dividing by zero.",
            "eps 防止方差为零的特征除以零。",
            constant,
        ),
        case(
            "far from zero",
            "A variance is exact only if the mean is subtracted before squaring.",
            "先减均值再平方，方差才足够精确。",
            1e6 + rng.normal(size=(6, 2)),
        ),
        case(
            "images",
            "Further dimensions count as examples: each feature has one mean and one variance.",
            "其余维度都当作样本：每个特征只有一个均值和一个方差。",
            rng.normal(size=(2, 3, 2, 3)),
        ),
    ]  # fmt: skip


def called(rng):
    def case(name, en, zh, batches, training, momentum=0.1):
        weight, bias, mean, var = state(rng, batches.shape[2])
        outputs, running = [], (mean, var)
        for x, in_training in zip(batches, training, strict=True):
            out, running = one_call(weight, bias, running, momentum, 1e-5, x, in_training)
            outputs.append(out)
        args = (weight, bias, mean, var, momentum, 1e-5, batches, training)
        expected, names = (np.array(outputs), *running), ("outputs", "running_mean", "running_var")
        return Case(name, Bilingual(en, zh), args, expected, call="calls", names=names)

    return [
        case(
            "one example in evaluation",
            "Evaluation works with a single example: it takes the running values and leaves them alone.",
            "评估模式下单个样本也能归一化：使用滑动统计量，且不改变它们。",
            rng.normal(size=(1, 1, 2)), [False],
        ),
        case(
            "evaluation",
            "In evaluation the running values are used, whatever is in the batch, and stay as they are.",
            "评估时无论批次内容如何，都用滑动统计量，且不改变它们。",
            5 + rng.normal(size=(1, 4, 3)), [False],
        ),
        case(
            "running values",
            "The running values move by momentum towards the batch; the variance they get divides by n - 1.",
            "滑动统计量按 momentum 向批次靠近，其中的方差除以 n - 1。",
            rng.normal(size=(2, 4, 2)), [True, True], momentum=0.3,
        ),
        case(
            "running values of images",
            "n counts all values of a feature, in the whole batch and at all places.",
            "n 是一个特征的全部取值个数：整个批次、所有位置都算。",
            rng.normal(size=(2, 2, 3, 2, 3)), [True, False],
        ),
        case(
            "training and evaluation by turns",
            "What training remembers is used in evaluation, and training goes on from there.",
            "评估用的是训练中记住的统计量，之后的训练从那里继续。",
            2 * rng.normal(size=(4, 5, 2)), [True, False, True, False], momentum=0.25,
        ),
    ]  # fmt: skip


def differentiated(rng):
    def case(name, en, zh, shape, training):
        weight, bias, mean, var = state(rng, shape[1])
        x, cotangent = rng.normal(size=(2, *shape))

        def output(x, weight, bias):
            return one_call(weight, bias, (mean, var), 0.1, 1e-3, x, training)[0]

        wanted = numerical_gradient(output, (x, weight, bias), cotangent)
        args = (weight, bias, mean, var, 0.1, 1e-3, x, cotangent, training)
        return Case(
            name, Bilingual(en, zh), args, wanted, call="gradients", tolerance=NUMERICAL,
            names=("x.grad", "weight.grad", "bias.grad"),
        )  # fmt: skip

    return [
        case(
            "gradients in training",
            "In training mean and variance depend on x, and the gradient flows through them too.",
            "训练时均值和方差依赖于 x，梯度也要流过它们。",
            (4, 2), True,
        ),
        case(
            "gradients in evaluation",
            "In evaluation the running values are constants for the gradient.",
            "评估时滑动统计量对梯度而言是常数。",
            (3, 2, 2), False,
        ),
    ]  # fmt: skip


def unfollowed(rng):
    weight, bias, mean, var = state(rng, 2)

    return Case(
        "no graph is kept",
        Bilingual(
            "Running values that carry a graph keep every batch before in memory.",
            "滑动统计量若带着计算图，之前每个批次都会留在内存里。",
        ),
        (weight, bias, mean, var, 0.1, 1e-5, rng.normal(size=(3, 2))),
        "", call="graphs",
    )  # fmt: skip
