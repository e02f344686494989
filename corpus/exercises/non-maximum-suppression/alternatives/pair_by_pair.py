import numpy as np


def iou(boxes, others):
    """One pair after the other, in plain numbers."""
    rows = [[pair(a, b) for b in others.tolist()] for a in boxes.tolist()]
    return np.array(rows, dtype=float).reshape(len(boxes), len(others))


def pair(a, b):
    """Intersection over union of two boxes."""
    width = min(a[2], b[2]) - max(a[0], b[0])
    height = min(a[3], b[3]) - max(a[1], b[1])
    both = width * height if width > 0 and height > 0 else 0.0
    either = (a[2] - a[0]) * (a[3] - a[1]) + (b[2] - b[0]) * (b[3] - b[1]) - both
    return both / either if either else 0.0


def nms(boxes, scores, threshold):
    """Asks for each box whether one kept before overlaps it too much."""
    kept = []
    for index in sorted(range(len(boxes)), key=lambda i: (-scores[i], i)):
        if all(pair(boxes[index], boxes[other]) <= threshold for other in kept):
            kept.append(index)
    return np.array(kept, dtype=np.int64)
