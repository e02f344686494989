"""Inputs and expected values for k nearest neighbours."""

import numpy as np

from coach.card import Bilingual
from coach.exercise import FLOAT64, Case
from coach.practice.compare import compare


def apart(a, b):
    """Squared distances, summed feature by feature."""
    total = np.zeros((len(a), len(b)))
    for f in range(a.shape[1]):
        total += np.subtract.outer(a[:, f], b[:, f]) ** 2
    return total


def right(x, y, queries, k):
    chosen = []
    for row in apart(queries, x):
        nearest = y[np.lexsort((np.arange(len(x)), row))[:k]].tolist()
        chosen.append(max(sorted(set(nearest)), key=nearest.count))
    return np.array(chosen, dtype=int)


def cases(seed):
    rng = np.random.default_rng(seed)
    return [*distances(rng), *few(rng), *ties(rng), *many(rng), *too_large_for_all_pairs(rng)]


def distances(rng):
    a, b = rng.normal(size=(2, 3)), rng.normal(size=(4, 3))
    same = 10 * rng.normal(size=(40, 7))
    wanted = apart(same, same)

    def never_negative(value):
        wrong = compare(wanted, value, FLOAT64)
        if wrong is None and np.asarray(value).min() < 0:
            least = f"{np.asarray(value).min():.3g}"
            return Bilingual(f"The smallest distance is {least}.", f"最小的距离是 {least}。")
        return wrong

    yield Case(
        "distances",
        Bilingual(
            "Row i, column j holds the squared distance of point i of a from point j of b.",
            "第 i 行第 j 列是 a 的第 i 个点与 b 的第 j 个点的距离平方。",
        ),
        (a, b),
        apart(a, b),
    )
    yield Case(
        "distances of points from themselves",
        Bilingual(
            "A squared distance is never negative, also where rounding would make it so.",
            "距离平方不能为负，即使舍入误差会让它变负。",
        ),
        (same, same.copy()),
        check=never_negative,
    )


def case(name, en, zh, x, y, queries, k):
    args = (x, y, queries, k)
    return Case(name, Bilingual(en, zh), args, right(*args), call="predict")


def few(rng):
    x, y = rng.normal(size=(7, 2)), rng.permutation([-4, -4, 0, 3, 3, 9, 9])
    return [
        case(
            "nearest point",
            "With k = 1 a query gets the label of its nearest point, and a point of x its own.",
            "k = 1 时查询点取最近点的标签，x 中的点取自己的标签。",
            x, y, x[[6, 0, 3]].copy(), 1,
        ),
        case(
            "no queries",
            "Without queries the result is empty.",
            "没有查询点时结果为空。",
            x, y, np.empty((0, 2)), 3,
        ),
        case(
            "all points vote",
            "With k equal to the number of points the most frequent label of all wins.",
            "k 等于点数时，取总体上最多的标签。",
            x, np.array([5, -2, 5, 7, 5, -2, 7])[rng.permutation(7)], rng.normal(size=(2, 2)), 7,
        ),
    ]  # fmt: skip


def ties(rng):
    sides = np.array([[1, 0], [-1, 0], [0, 1], [5, 5]]) * rng.integers(1, 6)
    ahead = np.array([[1, 0], [0, 2], [3, 0], [0, 4], [9, 9]]) * rng.integers(1, 6)
    low, high = np.sort(rng.choice(np.arange(-9, 10), size=2, replace=False))
    grid, places = rng.integers(6, size=(300, 2)), rng.permutation(np.argwhere(np.ones((6, 6))))
    return [
        case(
            "equal distances",
            "Of equally near points the one in the earlier row of x counts.",
            "距离相同时，以 x 中靠前的行为准。",
            sides.astype(float), np.array([high, low, low, low]), np.zeros((1, 2)), 1,
        ),
        case(
            "equal votes",
            "Of equally frequent labels the smallest wins, even where another one is nearer.",
            "票数相同时取最小的标签，即使另一个标签的点更近。",
            ahead.astype(float), np.array([high, low, high, low, high]), np.zeros((1, 2)), 4,
        ),
        case(
            "many equal distances",
            "Among many equally near points the earliest rows of x come first: the sort must be stable.",
            "许多点等距时，x 中靠前的行优先：排序必须是稳定的。",
            grid.astype(float), rng.permutation(300), places.astype(float), 9,
        ),
    ]  # fmt: skip


def many(rng):
    places = 3 * rng.normal(size=(4, 5))
    y = rng.integers(4, size=90)
    x, queries = places[y] + 2 * rng.normal(size=(90, 5)), 3 * rng.normal(size=(25, 5))
    yield case(
        "many points",
        "Each query is decided by its own k nearest points.",
        "每个查询点由自己的 k 个最近点决定。",
        x,
        y * 5 - 7,
        queries,
        6,
    )
    yield case(
        "views with gaps",
        "The inputs may be views of larger arrays.",
        "输入可以是更大数组的视图。",
        np.repeat(x, 2, axis=1)[:, ::2],
        y,
        np.asfortranarray(queries),
        3,
    )


def too_large_for_all_pairs(rng):
    a, b = rng.normal(size=(330, 330)), rng.normal(size=(340, 330))
    rows, columns = rng.integers(330, size=60), rng.integers(340, size=60)
    wanted = np.square(a[rows] - b[columns]).sum(axis=1)

    def sampled(value):
        if getattr(value, "shape", None) != (330, 340):
            return compare(np.zeros((330, 340)), value, FLOAT64)
        return compare(wanted, value[rows, columns], FLOAT64)

    yield Case(
        "distances of many long rows",
        Bilingual(
            "The differences of all pairs in all features do not fit into memory together.",
            "所有点对在所有特征上的差放不进内存。",
        ),
        (a, b),
        check=sampled,
    )
