"""Inputs and expected values for learning-rate schedules."""

import numpy as np

from coach.card import Bilingual
from coach.exercise import FLOAT64, Case
from coach.practice.compare import compare


def cosine_rate(step, peak, floor, warmup, total):
    if step < warmup:
        return peak - (warmup - 1 - step) * peak / warmup
    half = (
        np.pi / 2 * (min(step, total) - warmup) / (total - warmup) if total > warmup else np.pi / 2
    )
    return floor * np.sin(half) ** 2 + peak * np.cos(half) ** 2


def decayed_rate(step, base, factor, milestones):
    factors = np.zeros(max(step, *milestones, 0) + 1)
    np.add.at(factors, milestones, np.log(factor))
    return base * np.exp(np.cumsum(factors)[step])


def check_of(steps, expected):
    """Tells at which step a rate is wrong."""

    def check(value):
        if not isinstance(value, (list, tuple)) or len(value) != len(steps):
            return compare(expected, value, FLOAT64)
        for step, wanted, got in zip(steps, expected, value, strict=True):
            fault = compare(wanted, got, FLOAT64)
            if fault is not None:
                return Bilingual(f"Step {step}: {fault.en}", f"第 {step} 步：{fault.zh}")
        return None

    return check


def cases(seed):
    rng = np.random.default_rng(seed)
    return [*cosines(rng), *decays(rng)]


def cosines(rng):
    peak = round(float(rng.uniform(0.1, 1)), 3)
    floor = round(peak * float(rng.uniform(0.05, 0.3)), 4)
    warmup = int(rng.integers(3, 8))
    half = 2 * int(rng.integers(3, 8))
    total = warmup + 2 * half

    def case(name, en, zh, steps, warmup=warmup, total=total):
        args = (list(steps), peak, floor, warmup, total)
        check = check_of(args[0], [cosine_rate(step, *args[1:]) for step in steps])
        return Case(name, Bilingual(en, zh), args, call="cosine_rates", check=check)

    return [
        case(
            "first step",
            "The first step already moves: its rate is one share of the peak, not 0.",
            "第一步就要更新：学习率是峰值的一份，而不是 0。",
            [0],
        ),
        case(
            "warm-up",
            "The rate grows by the same amount at each step of the warm-up; the last of them has the peak.",
            "预热期间每一步增加同样多；最后一步达到峰值。",
            range(warmup),
        ),
        case(
            "top of the cosine",
            "The cosine starts at the peak, where the warm-up has ended.",
            "余弦从预热结束处开始，起点为峰值。",
            [warmup, warmup + 1],
        ),
        case(
            "halfway",
            "Halfway down the cosine the rate lies in the middle between peak and floor.",
            "余弦衰减到一半时，学习率正好在峰值和下限的中间。",
            [warmup + half],
        ),
        case(
            "quarters",
            "The cosine falls slowly at first and at last, fastest in the middle.",
            "余弦衰减两头慢、中间快。",
            [warmup + half // 2, warmup + half + half // 2],
        ),
        case(
            "end and beyond",
            "At step total the rate has reached the floor, and there it stays.",
            "到第 total 步降到下限，此后保持不变。",
            [total - 1, total, total + 1, total + half, 2 * total],
        ),
        case(
            "no warm-up",
            "Without warm-up the first step has the peak.",
            "没有预热时，第一步就是峰值。",
            [0, 1, half, 2 * half],
            warmup=0,
            total=2 * half,
        ),
        case(
            "warm-up only",
            "Where no step is left for the cosine, the floor follows upon the warm-up.",
            "没有步数留给余弦时，预热之后就是下限。",
            [0, warmup - 1, warmup, warmup + 1],
            total=warmup,
        ),
        case(
            "whole run",
            "Right at each step of a run.",
            "整个训练过程的每一步都要正确。",
            range(total + 3),
        ),
    ]


def decays(rng):
    base = round(float(rng.uniform(0.1, 1)), 3)
    factor = float(rng.choice([0.1, 0.2, 0.5]))
    first, second, third = (int(m) for m in np.cumsum(rng.integers(2, 9, size=3)))

    def case(name, en, zh, steps, milestones):
        args = (list(steps), base, factor, milestones)
        check = check_of(args[0], [decayed_rate(step, *args[1:]) for step in steps])
        return Case(name, Bilingual(en, zh), args, call="decayed_rates", check=check)

    return [
        case(
            "no milestones",
            "Without milestones the rate stays as it is.",
            "没有里程碑时学习率不变。",
            [0, 50],
            [],
        ),
        case(
            "around a milestone",
            "The rate drops at the milestone itself, not a step later.",
            "到里程碑的那一步就下降，而不是晚一步。",
            [first - 1, first, first + 1],
            [first],
        ),
        case(
            "several milestones",
            "Every milestone that has been reached multiplies once more.",
            "每到一个里程碑就再乘一次。",
            [0, first, second - 1, second, third, third + 100],
            [first, second, third],
        ),
    ]
