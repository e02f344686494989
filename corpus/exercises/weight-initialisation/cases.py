"""Inputs and checks for initial weights. How the answer uses the generator is its own affair: what is
checked are moments, range and tails, with bounds a right answer misses less than once in 10**8 runs."""

import numpy as np

from coach.card import Bilingual
from coach.exercise import Case, Rng, Tolerance
from coach.practice.compare import compare

SIGMAS = 6.0
FORM = Tolerance(rtol=0, atol=1e100)
SHAPES = {"dense": (60, 100), "convolution": (24, 16, 3, 5)}


def moments_fault(weights, variance):
    """Mean and standard deviation must lie where those of so many draws do."""
    std, mean, found = np.sqrt(variance), weights.mean(), weights.std()
    if not abs(found - std) <= SIGMAS * std / np.sqrt(2 * weights.size):
        return Bilingual(
            f"The standard deviation of the weights is {found:.4f}; it should be about {std:.4f}.",
            f"权重的标准差是 {found:.4f}，应约为 {std:.4f}。",
        )
    if abs(mean) > SIGMAS * std / np.sqrt(weights.size):
        return Bilingual(f"The weights have mean {mean:.4f}.", f"权重的均值是 {mean:.4f}。")
    return None


def range_fault(weights, variance, distribution):
    """A uniform distribution ends at its limit, a normal one has tails."""
    largest, limit = np.abs(weights).max(), np.sqrt(3 * variance)
    if distribution == "uniform" and not 0.98 * limit <= largest <= limit * (1 + 1e-9):
        return Bilingual(
            f"The largest weight is {largest:.4f}; a uniform distribution of this variance ends at {limit:.4f}.",
            f"最大的权重是 {largest:.4f}；该方差的均匀分布应止于 {limit:.4f}。",
        )
    if distribution == "normal" and largest < 2.6 * np.sqrt(variance):
        return Bilingual(
            "A normal distribution has tails, but no weight lies beyond "
            f"{largest / variance**0.5:.2f} standard deviations.",
            f"正态分布有尾部，但没有一个权重超出 {largest / variance**0.5:.2f} 个标准差。",
        )
    return None


def alike_fault(weights):
    """Each element has its own draw."""
    different = np.unique(weights).size
    if different < 0.99 * weights.size:
        return Bilingual(
            f"Only {different} of {weights.size} weights differ from one another.",
            f"{weights.size} 个权重中只有 {different} 个互不相同。",
        )
    return None


def cases(seed):
    rng = np.random.default_rng(seed)
    return [*counted(rng), *drawn(rng), *randomness(rng)]


def counted(rng):
    def case(name, en, zh, shape):
        weights = np.ones(shape)
        expected = (weights[0].size, weights[:, 0].size)
        return Case(name, Bilingual(en, zh), (shape,), expected, call="fans")

    few, many, height, width = (int(n) for n in rng.choice(np.arange(2, 12), 4, replace=False))
    return [
        case(
            "fans of a dense layer",
            "Each output of a dense layer sums over all inputs, and each input feeds all outputs.",
            "全连接层的每个输出对所有输入求和，每个输入影响所有输出。",
            (few, many),
        ),
        case(
            "fans of a convolution",
            "In a convolution the kernel's area counts for both fans.",
            "卷积层的两个 fan 都要乘上卷积核的面积。",
            (few, many, height, width),
        ),
        case(
            "fans of a 1 x 1 convolution",
            "A 1 x 1 convolution has the fans of a dense layer over the channels.",
            "1 × 1 卷积的 fan 与对通道做全连接相同。",
            (many, few, 1, 1),
        ),
    ]


def drawn(rng):
    why = {
        "xavier": Bilingual(
            "Xavier's variance is a compromise between forward and backward pass: 2 / (fan-in + fan-out).",
            "Xavier 的方差在前向与反向之间折中：2 / (fan-in + fan-out)。",
        ),
        "he": Bilingual(
            "He's variance 2 / fan-in makes up for the half of the signal that ReLU takes away.",
            "He 的方差 2 / fan-in 补偿了 ReLU 去掉的一半信号。",
        ),
    }
    for layer, shape in SHAPES.items():
        fan_in, fan_out = np.prod(shape[1:]), shape[0] * np.prod(shape[2:])
        for scheme, variance in (("xavier", 2 / (fan_in + fan_out)), ("he", 2 / fan_in)):
            for distribution in ("normal", "uniform"):
                yield Case(
                    f"{scheme}, {distribution}, {layer}",
                    why[scheme],
                    (shape, scheme, distribution, Rng(int(rng.integers(1 << 30)))),
                    call="initial",
                    dtype="float64",
                    check=check_of(shape, variance, distribution),
                )


def check_of(shape, variance, distribution):
    def check(value):
        return (
            compare(np.zeros(shape), value, FORM)
            or alike_fault(value)
            or moments_fault(value, variance)
            or range_fault(value, variance, distribution)
        )

    return check


def randomness(rng):
    shape, seen = (20, 30), {}
    first, second = (int(s) for s in rng.choice(1 << 30, 2, replace=False))

    def remember(value):
        seen["weights"] = value
        return compare(np.zeros(shape), value, FORM)

    def same(value):
        fault = compare(np.zeros(shape), value, FORM)
        if fault is None and not np.array_equal(seen.get("weights", value), value):
            return Bilingual(
                "The same state of rng gave other weights.", "相同的随机状态给出了不同的权重。"
            )
        return fault

    def other(value):
        fault = compare(np.zeros(shape), value, FORM)
        if fault is None and np.array_equal(seen.get("weights"), value):
            return Bilingual("Another rng gave the same weights.", "换了随机数生成器，权重却相同。")
        return fault

    why = Bilingual("Randomness comes from rng and nowhere else.", "随机数只能取自 rng。")
    for name, draws, check in (
        ("draws from rng", first, remember),
        ("same state, same weights", first, same),
        ("new state, new weights", second, other),
    ):
        args = (shape, "he", "normal", Rng(draws))
        yield Case(name, why, args, call="initial", check=check)
