"""Inputs and expected values for IoU and NMS.

Boxes are drawn on a grid, where areas are counted cell by cell, and then stretched and moved, which changes no
quotient of areas.
"""

import numpy as np

from coach.card import Bilingual
from coach.exercise import Case

GRID = 12


def cells(boxes):
    """Which cells of the grid each box covers."""
    x, y = np.arange(GRID), np.arange(GRID)[:, None]
    covered = np.zeros((len(boxes), GRID, GRID), dtype=bool)
    for index, (a, b, c, d) in enumerate(boxes):
        covered[index] = (a <= x) & (x < c) & (b <= y) & (y < d)
    return covered


def shares(boxes, others):
    """IoU of boxes on the grid, by counting."""
    first, second = cells(boxes)[:, None], cells(others)
    both, either = (first & second).sum(axis=(2, 3)), (first | second).sum(axis=(2, 3))
    return both / np.maximum(either, 1)


def kept(boxes, scores, threshold):
    overlap, found, open_still = shares(boxes, boxes), [], list(range(len(boxes)))
    while open_still:
        top = max(scores[i] for i in open_still)
        best = next(i for i in open_still if scores[i] == top)
        found.append(best)
        open_still = [i for i in open_still if i != best and overlap[best, i] <= threshold]
    return np.array(found, dtype=int)


def grid_boxes(rng, n):
    """Boxes at least 3 cells wide and high."""
    starts = rng.integers(0, GRID - 5, size=(n, 2))
    return np.concatenate([starts, starts + rng.integers(3, 6, size=(n, 2))], axis=1).astype(float)


def cases(seed):
    rng = np.random.default_rng(seed)
    stretch, origin = np.tile(rng.uniform(0.3, 3, size=2), 2), np.tile(rng.normal(size=2), 2)

    def placed(boxes):
        return stretch * boxes + origin

    def pairs(name, en, zh, boxes, others):
        boxes, others = (np.array(b, dtype=float).reshape(-1, 4) for b in (boxes, others))
        args = placed(boxes), placed(others)
        return Case(name, Bilingual(en, zh), args, shares(boxes, others), call="iou")

    def chosen(name, en, zh, boxes, scores, threshold, place=placed):
        boxes, scores = np.array(boxes, dtype=float).reshape(-1, 4), np.array(scores, dtype=float)
        args = place(boxes), scores, threshold
        return Case(name, Bilingual(en, zh), args, kept(boxes, scores, threshold), call="nms")

    # In a chain each link overlaps the next one by a third and the one after that not at all.
    chain = [[0, 0, 4, 4], [2, 0, 6, 4], [4, 0, 8, 4], [6, 0, 10, 4]]
    crowd, ranks = grid_boxes(rng, 25), rng.permutation(25) / 25
    return [
        pairs(
            "overlap",
            "What both cover counts once in the union.",
            "两个框都覆盖的部分在并集中只算一次。",
            [[0, 0, 4, 4]], [[2, 1, 8, 5]],
        ),
        pairs(
            "same box and box inside",
            "A box has IoU 1 with itself; of a box inside another the quotient of their areas remains.",
            "框与自身的 IoU 为 1；一个框在另一个框里面时，IoU 是两者面积之比。",
            [[1, 1, 5, 7]], [[1, 1, 5, 7], [2, 2, 4, 5]],
        ),
        pairs(
            "apart",
            "Boxes that do not meet, or only touch, have IoU 0, in whatever direction they lie.",
            "不相交或只是相接的框 IoU 为 0，无论位于哪个方向。",
            [[0, 0, 3, 3]], [[5, 0, 7, 3], [0, 4, 3, 6], [6, 6, 9, 9], [3, 0, 5, 3]],
        ),
        pairs(
            "boxes without area",
            "Where both boxes have no area the IoU is 0, not 0 / 0.",
            "两个框的面积都为 0 时 IoU 为 0，而不是 0 / 0。",
            [[2, 2, 2, 5], [0, 0, 4, 4]], [[2, 2, 2, 5], [1, 1, 1, 1]],
        ),
        pairs(
            "every pair",
            "Row i and column j hold the IoU of box i and other box j.",
            "第 i 行第 j 列是 boxes 的第 i 个框与 others 的第 j 个框的 IoU。",
            grid_boxes(rng, 6), grid_boxes(rng, 9),
        ),
        pairs(
            "no pairs",
            "Without boxes the matrix has no rows.",
            "没有框时矩阵没有行。",
            [], grid_boxes(rng, 3),
        ),
        chosen(
            "one box",
            "A box alone is kept.",
            "单独一个框总会保留。",
            [[1, 1, 4, 4]], [0.3], 0.5,
        ),
        chosen(
            "highest score first",
            "Of boxes that overlap the one with the highest score stays; what is kept comes in the order of scores.",
            "互相重叠的框中保留分数最高的；结果按分数从高到低排列。",
            [[0, 0, 4, 4], [0, 1, 4, 5], [6, 6, 9, 9], [6, 6, 9, 10]], [0.2, 0.6, 0.9, 0.8], 0.4, place=np.copy,
        ),
        chosen(
            "dropped boxes drop none",
            "Only a box that was kept can drop another one.",
            "只有被保留的框才能抑制别的框。",
            chain, [0.9, 0.8, 0.7, 0.6], 0.2, place=np.copy,
        ),
        chosen(
            "equal scores",
            "Of equal scores the lower index comes first.",
            "分数相同时下标小的在前。",
            [[0, 0, 4, 4], [1, 0, 5, 4], [6, 0, 9, 3], [6, 1, 9, 4]], [0.5, 0.5, 0.5, 0.5], 0.3, place=np.copy,
        ),
        chosen(
            "exactly at the threshold",
            "An IoU equal to the threshold is not above it.",
            "IoU 等于阈值不算大于阈值。",
            [[0, 0, 4, 4], [0, 0, 4, 2], [0, 0, 4, 1]], [0.9, 0.8, 0.7], 0.5, place=np.copy,
        ),
        chosen(
            "no boxes",
            "Without boxes there is nothing to keep: the result is an empty array.",
            "没有框就没有可保留的：结果是空数组。",
            [], [], 0.5,
        ),
        chosen(
            "crowd",
            "Right for many boxes, with scores of any size.",
            "框很多、分数大小不限时也要正确。",
            crowd, 10 * ranks - 4, 0.2345,
        ),
        chosen(
            "crowd with ties",
            "Equal scores among many boxes: the lower index comes first.",
            "许多框中有相同的分数：下标小的在前。",
            crowd, np.floor(6 * ranks) / 6, 0.3217,
        ),
    ]  # fmt: skip
