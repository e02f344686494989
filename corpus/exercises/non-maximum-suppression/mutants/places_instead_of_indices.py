# Returns places in the sorted order instead of indices of boxes.
import numpy as np


def lengths(boxes, others, axis):
    """Along one axis: overlap of every pair, length of each box, length of each of the others."""
    a, b, c, d = (
        boxes[:, axis, None],
        boxes[:, axis + 2, None],
        others[:, axis],
        others[:, axis + 2],
    )
    shared = ((b - a) + (d - c) - np.abs(a - c) - np.abs(b - d)) / 2
    return np.clip(shared, 0, None), b - a, d - c


def iou(boxes, others):
    (width, a, c), (height, b, d) = (lengths(boxes, others, axis) for axis in (0, 1))
    both = width * height
    either = a * b + c * d - both
    return both / np.where(either == 0, 1, either)


def nms(boxes, scores, threshold):
    order = np.lexsort((np.arange(len(scores)), -scores))
    drops = iou(boxes[order], boxes[order]) > threshold
    alive = np.ones(len(order), dtype=bool)
    for place in range(len(order)):
        if alive[place]:
            alive[place + 1 :] &= ~drops[place, place + 1 :]
    return np.flatnonzero(alive)
