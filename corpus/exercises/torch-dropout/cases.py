"""Inputs and checks for dropout as a module. How the answer draws is its own affair: what is checked are
shares, scales and independence, with bounds a right answer misses less than once in 10**8 runs."""

from functools import partial

import numpy as np

from coach.card import Bilingual
from coach.exercise import FLOAT32, FLOAT64, Case, Tensor, Tolerance
from coach.practice.compare import compare

SIGMAS = 6.5
ANYTHING = Tolerance(rtol=0, atol=np.inf)


def far(count, p):
    """How far the share of `count` elements may be from p."""
    return SIGMAS * np.sqrt(p * (1 - p) / count)


def scaled(x, output, p, tolerance=FLOAT64):
    """The output must be zero where something was dropped, and x / (1 - p) elsewhere."""
    form = compare(np.zeros(x.shape), output, ANYTHING)
    return form or compare(x * (output != 0) / (1 - p), output, tolerance)


def share(x, output, p):
    kept = (output != 0).mean()
    if abs(kept - (1 - p)) <= far(x.size, p):
        return None
    return Bilingual(
        f"{kept:.1%} of the elements were kept; with p = {p} it should be about {1 - p:.0%}.",
        f"保留了 {kept:.1%} 的元素；p = {p} 时应约为 {1 - p:.0%}。",
    )


def independent(output):
    """Along each dimension the shares of the lines vary as those of so many single draws."""
    kept = output != 0
    mean = kept.mean()
    for axis in range(kept.ndim):
        variance = ((kept.mean(axis=axis) - mean) ** 2).mean()
        if variance > 3 * mean * (1 - mean) / kept.shape[axis]:
            return Bilingual(
                f"Elements that differ only in dimension {axis} are dropped or kept together.",
                f"只在第 {axis} 维上不同的元素被一起保留或丢弃。",
            )
    return None


def cases(seed):
    rng = np.random.default_rng(seed)
    return [*plain(rng), *drawn(rng), *repeated(rng), differentiated(rng)]


def seed_of(rng):
    return int(rng.integers(1 << 30))


def plain(rng):
    x = rng.normal(size=(2, 3))

    def case(name, en, zh, call, p, expected):
        return Case(name, Bilingual(en, zh), (p, seed_of(rng), Tensor(x)), expected, call=call)

    return [
        case(
            "evaluation",
            "In evaluation nothing is dropped and nothing is scaled.",
            "评估时既不丢弃也不缩放。",
            "in_evaluation", 0.6, x,
        ),
        case(
            "p = 0",
            "With p = 0 everything is kept as it is.",
            "p = 0 时一切原样保留。",
            "in_training", 0.0, x,
        ),
        case(
            "p = 1",
            "With p = 1 everything is dropped, and nothing becomes NaN.",
            "p = 1 时全部丢弃，不能出现 NaN。",
            "in_training", 1.0, np.zeros((2, 3)),
        ),
    ]  # fmt: skip


def drawn(rng):
    p = float(rng.choice([0.1, 0.2, 0.3]))

    def case(name, en, zh, x, p, check, dtype="float64"):
        x = (x + 3 * np.sign(x)).astype(dtype)
        args = (p, seed_of(rng), Tensor(x))
        return Case(
            name, Bilingual(en, zh), args, call="in_training", check=partial(check, x), dtype=dtype
        )  # fmt: skip

    def scale(x, value):
        return scaled(x, value, p)

    def shares(x, value):
        return scaled(x, value, p) or independent(value) or share(x, value, p)

    def narrow(x, value):
        return scaled(x.astype(np.float64), value, 0.5, FLOAT32)

    return [
        case(
            "scale",
            "What is kept is divided by 1 - p, so that the expectation stays the same.",
            "保留的元素要除以 1 - p，使期望不变。",
            rng.normal(size=(5, 8)), p, scale,
        ),
        case(
            "share",
            "Each element is dropped by itself, with probability p.",
            "每个元素各自以概率 p 被丢弃。",
            rng.normal(size=(60, 50)), p, shares,
        ),
        case(
            "three dimensions",
            "In any shape each element has a fate of its own.",
            "无论什么形状，每个元素都各自决定去留。",
            rng.normal(size=(40, 30, 20)), p, shares,
        ),
        case(
            "float32",
            "The dtype of x is kept.",
            "保持 x 的 dtype。",
            rng.normal(size=(6, 6)), 0.5, narrow, dtype="float32",
        ),
    ]  # fmt: skip


def repeated(rng):
    x = 3 + rng.uniform(size=(50, 60))
    first, second = seed_of(rng), seed_of(rng)

    def both_scaled(value):
        """What is wrong with either of two outputs."""
        form = compare(np.zeros((2, *x.shape)), value, ANYTHING)
        return form or scaled(x, value[0], 0.5) or scaled(x, value[1], 0.5)

    def different(value):
        wrong = both_scaled(value)
        if wrong is not None:
            return wrong
        changed = ((value[0] != 0) != (value[1] != 0)).mean()
        if abs(changed - 0.5) <= far(x.size, 0.5):
            return None
        return Bilingual(
            f"{changed:.1%} of the elements changed between dropped and kept; it should be about 50%.",
            f"两次之间有 {changed:.1%} 的元素在丢弃与保留之间改变；应约为 50%。",
        )

    def same(value):
        wrong = both_scaled(value)
        if wrong is None and not np.array_equal(value[0], value[1]):
            return Bilingual(
                "The same seed of PyTorch gave different masks.", "相同的 PyTorch 种子给出了不同的掩码。"
            )  # fmt: skip
        return wrong

    anew = Bilingual("Every call in training draws anew.", "训练时每次调用都要重新抽取。")
    source = Bilingual(
        "Randomness comes from PyTorch's global generator and nowhere else.",
        "随机数只能来自 PyTorch 的全局随机数生成器。",
    )
    array = Tensor(x)
    return [
        Case("two calls", anew, (0.5, first, array), call="two_calls", check=different),
        Case("same seed", source, (0.5, [first, first], array), call="two_runs", check=same),
        Case("other seed", source, (0.5, [first, second], array), call="two_runs", check=different),
    ]


def differentiated(rng):
    x, cotangent = 3 + rng.uniform(size=(4, 6)), rng.normal(size=(4, 6))

    def check(value):
        form = compare((np.zeros(x.shape), np.zeros(x.shape)), value, ANYTHING)
        if form is not None:
            return form
        output, found = value
        return scaled(x, output, 0.4) or compare(cotangent * (output != 0) / 0.6, found, FLOAT64)

    return Case(
        "gradient",
        Bilingual(
            "The gradient flows through what was kept, with the scale of the forward pass.",
            "梯度只流过保留的元素，系数与前向相同。",
        ),
        (0.4, seed_of(rng), Tensor(x), Tensor(cotangent)), call="gradient", check=check,
    )  # fmt: skip
