"""Inputs and expected values for two autograd functions; first gradients of swish by differences."""

import numpy as np

from coach.card import Bilingual
from coach.exercise import FLOAT32, FLOAT64, NUMERICAL, Case, Tensor
from coach.practice.compare import compare
from coach.practice.numeric import numerical_gradient

LABELS = {
    "output": Bilingual("output", "输出"),
    "gradient_x": Bilingual("gradient by x", "对 x 的梯度"),
    "gradient_beta": Bilingual("gradient by beta", "对 beta 的梯度"),
    "second_x": Bilingual("gradient of the penalty by x", "惩罚项对 x 的梯度"),
    "second_beta": Bilingual("gradient of the penalty by beta", "惩罚项对 beta 的梯度"),
}


def named(expected, tolerance):
    """A check that compares the parts of a report one by one and says which one is wrong."""

    def check(value):
        for key, wanted in expected.items():
            found = value.get(key) if isinstance(value, dict) else None
            fault = compare(wanted, found, tolerance)
            if fault is not None:
                return Bilingual(f"{LABELS[key].en}: {fault.en}", f"{LABELS[key].zh}：{fault.zh}")
        return None

    return check


def sigmoid(a):
    return np.exp(-np.logaddexp(0, -a))


def swish(x, beta):
    return x * sigmoid(beta * x)


def first_gradients(x, beta, upstream):
    """By x and beta; the second sigmoid is that of the opposite sign, exact where the first is near 1."""
    slope = sigmoid(beta * x) * sigmoid(-beta * x)
    by_x = upstream * (sigmoid(beta * x) + beta * x * slope)
    return by_x, np.sum(upstream * x * x * slope)


def penalty(x, beta, upstream):
    by_x, by_beta = first_gradients(x, beta, upstream)
    return (np.sum(by_x**2) + by_beta**2) / 2


def cases(seed):
    rng = np.random.default_rng(seed)
    return [*of_swish(rng), *of_sign(rng), *penalties(rng)]


def of_swish(rng):
    def case(name, en, zh, x, beta, call="swish"):
        dtype = x.dtype
        beta, upstream = np.asarray(beta, dtype), rng.normal(size=x.shape).astype(dtype)
        wide = [a.astype(float) for a in (x, beta, upstream)]
        values = (swish(*wide[:2]), *first_gradients(*wide))
        expected = dict(zip(("output", "gradient_x", "gradient_beta"), values, strict=True))
        tolerance = FLOAT64 if dtype == np.float64 else FLOAT32
        if call == "swish_of_constant":
            del expected["gradient_x"]
        args = (Tensor(x), Tensor(beta), Tensor(upstream))
        return Case(name, Bilingual(en, zh), args, call=call, check=named(expected, tolerance))

    beta = rng.uniform(0.5, 2)
    large = np.concatenate([rng.uniform(1000, 5000, 3), rng.uniform(-5000, -1000, 3), [0.0]])
    yield case(
        "one number",
        "The gradient by each argument is its derivative times the upstream gradient.",
        "对每个参数的梯度等于导数乘上游梯度。",
        rng.normal(size=(1,)), beta,
    )  # fmt: skip
    yield differences(rng)
    yield case(
        "a matrix",
        "One beta serves all elements: its gradient is a sum over them, of shape ().",
        "所有元素共用一个 beta：它的梯度是对所有元素求和，形状为 ()。",
        rng.normal(size=(3, 4)), beta,
    )  # fmt: skip
    yield case(
        "x needs no gradient",
        "beta can be learnt on data that need no gradient.",
        "输入数据不需要梯度时，beta 照样能学。",
        rng.normal(size=(5,)), beta, "swish_of_constant",
    )  # fmt: skip
    yield case(
        "large inputs",
        "Where exp overflows or underflows, output and gradients are still finite.",
        "exp 上溢或下溢时，输出和梯度仍须有限。",
        large, beta,
    )  # fmt: skip
    yield case(
        "float32",
        "The dtype is kept, also by the gradients.",
        "dtype 保持不变，梯度也一样。",
        rng.normal(size=(2, 3, 4)).astype(np.float32), beta,
    )  # fmt: skip


def differences(rng):
    """The same as above, with expected gradients that come from no formula."""
    x, beta, upstream = rng.normal(size=4), np.asarray(-rng.uniform(0.5, 2)), rng.normal(size=4)
    by_x, by_beta = numerical_gradient(swish, (x, beta), upstream)
    expected = {"output": swish(x, beta), "gradient_x": by_x, "gradient_beta": by_beta}
    return Case(
        "negative beta",
        Bilingual("beta may be negative.", "beta 可以是负数。"),
        (Tensor(x), Tensor(beta), Tensor(upstream)),
        call="swish",
        check=named(expected, NUMERICAL),
    )


def of_sign(rng):
    def case(name, en, zh, x):
        upstream = rng.normal(size=x.shape).astype(x.dtype)
        expected = {
            "output": np.where(x < 0, -1.0, 1.0),
            "gradient_x": np.where((x < -1) | (x > 1), 0.0, upstream),
        }
        args = (Tensor(x), Tensor(upstream))
        check = named(expected, FLOAT64)
        return Case(name, Bilingual(en, zh), args, call="binary_sign", check=check)

    small, large = rng.uniform(0.1, 0.9, 3), rng.uniform(1.1, 3, 3)
    yield case(
        "signs",
        "The upstream gradient passes through unchanged where |x| <= 1, and stops elsewhere.",
        "|x| <= 1 处上游梯度原样通过，其余处截断。",
        np.concatenate([small, -small, large, -large]),
    )
    yield case(
        "signs at the edges",
        "The sign of 0 is +1, and |x| = 1 still lets the gradient pass.",
        "0 的符号取 +1；|x| = 1 处梯度仍然通过。",
        np.array([-1.0, 0.0, 1.0]),
    )
    yield case(
        "signs, float32",
        "The dtype is kept.",
        "dtype 保持不变。",
        rng.normal(size=(3, 4)).astype(np.float32),
    )


def penalties(rng):
    x, beta, upstream = rng.normal(size=5), np.asarray(rng.uniform(0.5, 2)), rng.normal(size=5)
    by_x, by_beta = numerical_gradient(lambda *args: penalty(*args, upstream), (x, beta))
    yield Case(
        "gradient of a gradient",
        Bilingual(
            "The gradient is itself a function of x and beta: what forward has computed counts as constant "
            "for autograd, what backward computes from the inputs does not.",
            "梯度本身也是 x 和 beta 的函数：forward 里算好的中间量在 autograd 看来是常数，"
            "在 backward 里由输入重新算出的才可以求导。",
        ),
        (Tensor(x), Tensor(beta), Tensor(upstream)),
        call="penalty",
        check=named({"second_x": by_x, "second_beta": by_beta}, NUMERICAL),
    )
