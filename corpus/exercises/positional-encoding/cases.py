"""Inputs and expected values for the sinusoidal positional encoding."""

import numpy as np

from coach.card import Bilingual
from coach.exercise import Case


def right(start, length, width, base):
    """Sine and cosine of a pair are the two parts of one turning pointer."""
    rates = np.array([base ** (-2 * (column // 2) / width) for column in range(width)])
    pointers = np.exp(1j * np.arange(start, start + length)[:, None] * rates)
    return np.where(np.arange(width) % 2, pointers.real, pointers.imag)


def cases(seed):
    rng = np.random.default_rng(seed)

    def number(low, high):
        return int(rng.integers(low, high))

    def case(name, en, zh, start, length, width, base=10000.0):
        args = (start, length, width, base)
        return Case(name, Bilingual(en, zh), args, right(*args), dtype="float64")

    return [
        case(
            "position 0",
            "Positions count from start: at position 0 every sine is 0 and every cosine is 1.",
            "位置从 start 数起：位置 0 处正弦都是 0，余弦都是 1。",
            0, 1, 4,
        ),
        case(
            "one pair",
            "The first pair turns by one radian per position: the sine first, then the cosine.",
            "第一对每过一个位置转 1 弧度：先正弦，后余弦。",
            0, 4, 2,
        ),
        case(
            "three pairs",
            "Sine and cosine of one frequency stand side by side.",
            "同一频率的正弦和余弦相邻。",
            number(1, 5), 3, 6,
        ),
        case(
            "one column",
            "With width 1 there is only the sine of the position.",
            "width 为 1 时只有位置的正弦。",
            number(1, 9), 3, 1,
        ),
        case(
            "odd width",
            "With an odd width the last column is a sine, and the exponents are still divided by the width.",
            "width 为奇数时最后一列是正弦，指数仍然除以 width。",
            number(1, 5), 3, 5,
        ),
        case(
            "other base",
            "The base sets how fast the frequencies fall.",
            "频率下降的快慢由 base 决定。",
            number(1, 9), 4, 6, float(rng.uniform(3, 500)),
        ),
        case(
            "no positions",
            "Without positions the result is empty but has its width.",
            "没有位置时结果为空，但仍有 width 列。",
            number(0, 9), 0, 4,
        ),
        case(
            "from the middle",
            "Rows start with the position `start`, as needed when tokens come one at a time.",
            "第一行是位置 start，逐个生成 token 时就需要这样。",
            number(100, 900), 2, 8,
        ),
        case(
            "far away",
            "At large positions the angles need float64: float32 keeps only seven digits.",
            "位置很大时角度需要 float64：float32 只有七位有效数字。",
            number(80_000, 99_000), 5, 6,
        ),
        case(
            "long",
            "Right for every position and column of a long table.",
            "长表的每个位置、每一列都要正确。",
            0, 120, 33,
        ),
    ]  # fmt: skip
