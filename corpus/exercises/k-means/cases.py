"""Inputs and expected values for Lloyd's algorithm."""

import numpy as np

from coach.card import Bilingual
from coach.exercise import Case


def assigned(x, centres):
    squares = np.array([np.square(x - centre).sum(axis=1) for centre in centres])
    return squares.argmin(axis=0), squares.min(axis=0).sum()


def right(x, centres, max_steps):
    for _ in range(max_steps):
        labels, _ = assigned(x, centres)
        shares = np.eye(len(centres))[labels]
        counts = shares.sum(axis=0)[:, None]
        sums = np.einsum("nk,nd->kd", shares, x)
        before, centres = centres, np.where(counts > 0, sums / np.maximum(counts, 1), centres)
        if np.array_equal(before, centres):
            break
    return centres, *assigned(x, centres)


def blobs(rng, n, k, d):
    """Points around k places, and start centres that need several steps."""
    places = 4 * rng.normal(size=(k, d))
    x = places[rng.integers(k, size=n)] + rng.normal(size=(n, d))
    return x, x[rng.choice(n, size=k, replace=False)] + 0.1 * rng.normal(size=(k, d))


def line(rng):
    """Four points and two centres: after one step a point is nearer to the other centre."""
    x = np.column_stack([[0.0, 2.0, 3.0, 10.0], np.zeros(4)]) + rng.uniform(
        -0.05, 0.05, size=(4, 2)
    )
    return x, np.array([[0.0, 0.0], [3.0, 0.0]])


def between(rng):
    """Whole numbers; the middle point is equally far from both centres."""
    x = np.array([[4, 0], [2, 0], [0, 0]]) * rng.integers(1, 6) + rng.integers(-9, 10, size=2)
    return x.astype(float), x[[2, 0]].astype(float)


def case(name, en, zh, x, centres, max_steps):
    return Case(name, Bilingual(en, zh), (x, centres, max_steps), right(x, centres, max_steps))


def cases(seed):
    rng = np.random.default_rng(seed)
    return [*small(rng), *rules(rng), *larger(rng)]


def small(rng):
    point, starts = rng.normal(size=(1, 2)), rng.normal(size=(2, 2))
    group = 3 + rng.normal(size=(4, 2))
    return [
        case(
            "no step",
            "With max_steps = 0 the centres stay; labels and the sum belong to the start centres.",
            "max_steps = 0 时中心不动；下标和平方和按初始中心计算。",
            group, group[:2] + 0.5, 0,
        ),
        case(
            "one point",
            "The centre nearest to the only point moves onto it, the other stays.",
            "离唯一的点最近的中心移到该点上，另一个不动。",
            point, starts, 3,
        ),
        case(
            "one centre",
            "A centre moves to the mean of its points; squared distances are summed, not averaged.",
            "中心移到所属点的均值；距离平方求和，而不是取平均。",
            group, rng.normal(size=(1, 2)), 5,
        ),
    ]  # fmt: skip


def rules(rng):
    x, starts = blobs(rng, 6, 2, 2)
    away = np.concatenate([starts[:1], np.full((1, 2), 100.0), starts[1:]])
    return [
        case(
            "labels after the last move",
            "The labels belong to the centres that are returned, not to those before the last move.",
            "返回的下标对应返回的中心，而不是最后一次移动之前的中心。",
            *line(rng), 1,
        ),
        case(
            "tie",
            "A point equally far from two centres goes to the one with the lower index.",
            "与两个中心等距的点归下标较小的中心。",
            *between(rng), 4,
        ),
        case(
            "centre without points",
            "A centre that gets no points stays where it is.",
            "没有分到点的中心原地不动。",
            x, away, 10,
        ),
        case(
            "equal centres",
            "Of two equal centres the first gets the points and the second stays.",
            "两个中心重合时，点都归第一个，第二个不动。",
            x, np.repeat(starts[:1], 2, axis=0), 1,
        ),
    ]  # fmt: skip


def larger(rng):
    x, starts = blobs(rng, 40, 4, 3)
    far, far_starts = blobs(rng, 15, 2, 2)
    return [
        case(
            "stopped after two steps",
            "No more than max_steps steps are done.",
            "最多迭代 max_steps 步。",
            x, starts, 2,
        ),
        case(
            "until nothing moves",
            "Steps repeat until no centre moves any more.",
            "反复迭代，直到没有中心再移动。",
            x, starts, 60,
        ),
        case(
            "column order in memory",
            "The points may lie in memory column by column.",
            "点矩阵在内存中可以按列存放。",
            np.asfortranarray(x), starts, 3,
        ),
        case(
            "far from the origin",
            "Small distances far from the origin count: the difference of two huge squares loses them.",
            "离原点很远时小距离也要准确：两个巨大的平方数相减会丢掉它们。",
            far + 1e7, far_starts + 1e7, 20,
        ),
    ]  # fmt: skip
