"""Inputs and expected values for activation functions and their derivatives."""

import numpy as np

from coach.card import Bilingual
from coach.exercise import FLOAT64, NUMERICAL, Case, Tolerance
from coach.practice.numeric import numerical_gradient

RELATIVE = Tolerance(rtol=1e-7, atol=0)


def share(x):
    return np.exp(-np.logaddexp(0.0, -x))


def share_slope(x):
    return np.exp(-np.logaddexp(0.0, x) - np.logaddexp(0.0, -x))


def tanh_slope(x):
    return 4 * share_slope(2 * x)


def bent(x, slope):
    return x * (x > 0) + slope * x * (x <= 0)


def bent_gradients(x, slope, upstream):
    left = (x <= 0).astype(float)
    return upstream * (1 - left + slope * left), np.einsum("nf,nf,nf->f", upstream, x, left)


def cases(seed):
    rng = np.random.default_rng(seed)
    return [*rectified(rng), *parametric(rng), *curves(rng), *far_out(rng)]


def case(call, name, en, zh, args, expected, tolerance=FLOAT64):
    return Case(name, Bilingual(en, zh), args, expected, call=call, tolerance=tolerance)


def rectified(rng):
    x = np.array([-1.5, 0.0, 2.0]) * rng.uniform(0.5, 2)
    wide = rng.normal(size=(3, 8))
    yield case(
        "relu", "relu",
        "ReLU passes what is positive and stops the rest; the input itself stays as it is.",
        "ReLU 让正数通过，其余变为 0；输入本身保持不变。",
        (x,), np.array([0.0, 0.0, x[2]]),
    )  # fmt: skip
    yield case(
        "relu", "relu of a view",
        "Any shape will do, and the input may be a view of another array.",
        "形状不限，输入也可以是另一个数组的视图。",
        (wide[:, ::2],), (wide[:, ::2] + np.abs(wide[:, ::2])) / 2,
    )  # fmt: skip
    yield case(
        "relu_derivative", "relu derivative",
        "The slope of ReLU is 1 on the right, 0 on the left and, by the convention of the task, 0 at 0.",
        "ReLU 的导数在右侧为 1，左侧为 0；按题目约定，0 处取 0。",
        (x,), np.array([0.0, 0.0, 1.0]),
    )  # fmt: skip


def parametric(rng):
    x = rng.uniform(0.2, 3, size=(4, 3)) * np.where(np.arange(12).reshape(4, 3) % 2, 1, -1)
    slope = np.array([0.1, -0.4, 1.5]) * rng.uniform(0.8, 1.2, size=3)
    upstream = rng.uniform(0.5, 2, size=(4, 3))
    leaky = np.full(3, 0.01)
    yield case(
        "prelu", "leaky relu",
        "On the left the output is slope times x.",
        "左侧的输出是斜率乘 x。",
        (x[:2], leaky), bent(x[:2], leaky),
    )  # fmt: skip
    yield case(
        "prelu", "prelu",
        "The sign of x alone decides which side applies, also for a slope above 1 or below 0.",
        "走哪一侧只由 x 的正负决定，斜率大于 1 或小于 0 时也一样。",
        (x, slope), bent(x, slope),
    )  # fmt: skip
    yield case(
        "prelu_gradients", "prelu gradients",
        "A slope is shared by all examples: its gradient collects what each of them contributes.",
        "斜率由所有样本共用：它的梯度要汇总每个样本的贡献。",
        (x, slope, upstream), numerical_gradient(bent, (x, slope), upstream), NUMERICAL,
    )  # fmt: skip
    x = x.copy()
    x[0] = 0.0
    yield case(
        "prelu_gradients", "prelu gradients at zero",
        "By the convention of the task x = 0 belongs to the left side.",
        "按题目约定，x = 0 属于左侧。",
        (x, slope, upstream), bent_gradients(x, slope, upstream),
    )  # fmt: skip
    x, upstream = rng.normal(size=(2, 3, 50))
    yield case(
        "prelu_gradients", "prelu gradients of transposed arrays",
        "Right for a larger batch too, in whatever order it lies in memory.",
        "较大的批次也要正确，无论数据在内存中按什么顺序存放。",
        (x.T, slope, upstream.T), bent_gradients(x.T, slope, upstream.T),
    )  # fmt: skip


def curves(rng):
    x = np.concatenate([[0.0], rng.uniform(0.5, 3, size=2) * [1, -1]])
    batch = 2 * rng.normal(size=(2, 3, 4))
    why = "The values follow the formula, in the shape of x.", "数值符合公式，形状与 x 相同。"
    slopes = (
        "The derivative is taken at x, the input of the function, not at its output.",
        "导数是在函数的输入 x 处求的，不是在输出处。",
    )
    for call, right, texts in [
        ("sigmoid", share, why),
        ("sigmoid_derivative", share_slope, slopes),
        ("tanh", np.tanh, why),
        ("tanh_derivative", tanh_slope, slopes),
    ]:
        name = call.replace("_", " ")
        yield case(call, name, *texts, (x,), right(x))
        yield case(call, f"{name} in three dimensions", *texts, (batch,), right(batch))


def far_out(rng):
    tail = np.outer([-1.0, 1.0], rng.uniform([25, 60, 200], [50, 180, 300]))
    beyond = np.array([-1e6, -1000.0, 1000.0, 1e6])
    finite = (
        "Far out the curve is flat; exp must not overflow on the way there.",
        "远处曲线是平的；计算过程中 exp 不能溢出。",
    )
    tiny = (
        "Far out the derivative is tiny but not 0, and the same on both sides.",
        "远处的导数极小但不为 0，而且左右两侧相同。",
    )
    yield case("sigmoid", "sigmoid beyond", *finite, (beyond,), np.array([0.0, 0, 1, 1]))
    yield case("tanh", "tanh beyond", *finite, (beyond,), np.array([-1.0, -1, 1, 1]))
    yield case("sigmoid_derivative", "sigmoid derivative beyond", *finite, (beyond,), np.zeros(4))
    yield case("tanh_derivative", "tanh derivative beyond", *finite, (beyond,), np.zeros(4))
    left = (
        "On the left sigmoid is tiny but not 0.",
        "左侧远处 sigmoid 极小但不为 0。",
    )
    yield case("sigmoid", "sigmoid tails", *left, (tail,), share(tail), RELATIVE)
    yield case(
        "sigmoid_derivative",
        "sigmoid derivative tails",
        *tiny,
        (tail,),
        share_slope(tail),
        RELATIVE,
    )
    yield case(
        "tanh_derivative", "tanh derivative tails", *tiny, (tail,), tanh_slope(tail), RELATIVE
    )
