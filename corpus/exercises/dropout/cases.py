"""Inputs and checks for inverted dropout. How the answer uses the generator is its own affair: what is
checked are shares, scales and independence, with bounds a right answer misses less than once in 10**8 runs."""

import numpy as np

from coach.card import Bilingual
from coach.exercise import FLOAT64, Case, Rng, Tolerance
from coach.practice.compare import compare

SIGMAS = 6.0


def fault(en, zh):
    return Bilingual(en, zh)


def two_arrays(value, x):
    """What is wrong with the form of a result, if anything."""
    wanted = (np.zeros(x.shape), np.zeros(x.shape, dtype=bool))
    form = compare(wanted, value, Tolerance(rtol=0, atol=np.inf))
    if form is None and value[1].dtype != bool:
        return fault(
            f"The mask has dtype {value[1].dtype}, not bool.",
            f"掩码的 dtype 是 {value[1].dtype}，应为 bool。",
        )
    return form


def consistent(value, x, p):
    """The output must be what its own mask says."""
    form = two_arrays(value, x)
    return form or compare(x * value[1] / (1 - p), value[0], FLOAT64)


def share_fault(mask, p):
    kept, wanted = mask.mean(), 1 - p
    slack = SIGMAS * np.sqrt(p * (1 - p) / mask.size)
    if abs(kept - wanted) <= slack:
        return None
    return fault(
        f"{kept:.1%} of the elements were kept; with p = {p} it should be about {wanted:.0%}.",
        f"保留了 {kept:.1%} 的元素；p = {p} 时应约为 {wanted:.0%}。",
    )


def independence_fault(mask, p):
    """Every row and column must vary by itself."""
    rows, columns = mask.mean(axis=1), mask.mean(axis=0)
    slack = SIGMAS * np.sqrt(p * (1 - p) / min(mask.shape))
    if max(np.abs(rows - (1 - p)).max(), np.abs(columns - (1 - p)).max()) <= slack:
        return None
    return fault("Whole rows or columns share their fate.", "整行或整列被一起保留或丢弃。")


def cases(seed):
    rng = np.random.default_rng(seed)
    return [*plain(rng), *drawn(rng), *backward(rng)]


def plain(rng):
    x = rng.normal(size=(2, 3))
    everything = np.ones(x.shape, dtype=bool)
    yield Case(
        "not training",
        Bilingual(
            "Outside training nothing is dropped and nothing is scaled.",
            "不训练时既不丢弃也不缩放。",
        ),
        (x, 0.5, Rng(int(rng.integers(1 << 30))), False),
        (x, everything),
    )
    yield Case(
        "p = 0",
        Bilingual("With p = 0 everything is kept as it is.", "p = 0 时一切原样保留。"),
        (x, 0.0, Rng(int(rng.integers(1 << 30))), True),
        (x, everything),
    )


def drawn(rng):
    first, second = (int(s) for s in rng.integers(1 << 30, size=2))
    x = rng.normal(size=(120, 120)) + 3
    p = float(rng.choice([0.1, 0.2, 0.3]))
    seen = {}
    yield Case(
        "scale",
        Bilingual(
            "What is kept is divided by 1 - p, so that the expectation stays the same.",
            "保留的元素要除以 1 - p，使期望不变。",
        ),
        (x[:3, :4].copy(), p, Rng(first), True),
        check=lambda value: consistent(value, x[:3, :4], p),
    )

    def share(value):
        wrong = consistent(value, x, p)
        return wrong or share_fault(value[1], p) or independence_fault(value[1], p)

    yield Case(
        "share",
        Bilingual(
            "Each element is dropped by itself, with probability p.",
            "每个元素各自以概率 p 被丢弃。",
        ),
        (x, p, Rng(first), True),
        check=share,
    )
    yield from randomness(x, first, second, seen)


def randomness(x, first, second, seen):
    def remember(value):
        wrong = consistent(value, x, 0.5)
        if wrong is None:
            seen["mask"] = value[1]
        return wrong

    def same(value):
        wrong = consistent(value, x, 0.5)
        if wrong is None and "mask" in seen and not np.array_equal(seen["mask"], value[1]):
            return fault(
                "The same generator state gave another mask.", "相同的随机状态给出了不同的掩码。"
            )
        return wrong

    def different(value):
        wrong = consistent(value, x, 0.5)
        if wrong is None and "mask" in seen:
            differing = seen["mask"] != value[1]
            if abs(differing.mean() - 0.5) > SIGMAS * np.sqrt(0.25 / differing.size):
                return fault(
                    "Another generator gave nearly the same mask.",
                    "换了随机数生成器，掩码却几乎相同。",
                )
        return wrong

    once = Bilingual("Randomness comes from rng and nowhere else.", "随机数只能取自 rng。")
    yield Case("draws from rng", once, (x, 0.5, Rng(first), True), check=remember)
    yield Case("same state, same mask", once, (x, 0.5, Rng(first), True), check=same)
    yield Case("new state, new mask", once, (x, 0.5, Rng(second), True), check=different)


def backward(rng):
    upstream = rng.normal(size=(3, 4))
    mask = rng.random((3, 4)) < 0.6
    mask[0, :2] = True, False
    p = 0.25
    yield Case(
        "backward",
        Bilingual(
            "The gradient flows through kept elements only, with the factor of the forward pass.",
            "梯度只流过保留的元素，系数与前向相同。",
        ),
        (upstream, mask, p),
        upstream * mask / (1 - p),
        call="dropout_backward",
    )
