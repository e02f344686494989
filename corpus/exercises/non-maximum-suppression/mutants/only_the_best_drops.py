# Compares all boxes with the best one only.
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
    order = np.argsort(-scores, kind="stable")
    overlaps = iou(boxes[order[:1]], boxes[order[1:]])
    return np.append(order[:1], order[1:][(overlaps <= threshold).all(axis=0)])


def area(boxes):
    """Area of each box."""
    return (boxes[:, 2:] - boxes[:, :2]).prod(axis=1)
