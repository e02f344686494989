# Goes through the scores in ascending order.
import numpy as np


def iou(boxes, others):
    """Intersection over union of every pair: (boxes, others)."""
    starts = np.maximum(boxes[:, None, :2], others[:, :2])
    ends = np.minimum(boxes[:, None, 2:], others[:, 2:])
    both = np.maximum(ends - starts, 0).prod(axis=-1)
    either = area(boxes)[:, None] + area(others) - both
    return np.divide(both, either, out=np.zeros_like(both), where=either > 0)


def nms(boxes, scores, threshold):
    """Indices of the boxes kept, highest score first."""
    order = np.argsort(scores, kind="stable")
    kept = []
    while len(order) > 0:
        best, rest = order[0], order[1:]
        kept.append(best)
        overlaps = iou(boxes[[best]], boxes[rest])[0]
        order = rest[overlaps <= threshold]
    return np.array(kept, dtype=int)


def area(boxes):
    """Area of each box."""
    return (boxes[:, 2:] - boxes[:, :2]).prod(axis=1)
