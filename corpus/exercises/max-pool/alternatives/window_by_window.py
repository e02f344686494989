"""Windows are cut at the edge of the image, so that no rim is needed."""

import numpy as np


def cuts(x, size, stride, padding):
    """Number of rows and columns of windows, and for each of them its index and the slices it sees."""
    counts = [(s + 2 * padding - size) // stride + 1 for s in x.shape[2:]]
    found = []
    for place in np.ndindex(*x.shape[:2], *counts):
        begin = [p * stride - padding for p in place[2:]]
        seen = tuple(slice(max(b, 0), b + size) for b in begin)
        found.append((place, (*place[:2], *seen)))
    return counts, found


def max_pool(x, size, stride, padding):
    counts, found = cuts(x, size, stride, padding)
    out = np.empty((*x.shape[:2], *counts))
    for place, seen in found:
        out[place] = x[seen].max()
    return out


def max_pool_backward(upstream, x, size, stride, padding):
    gradient = np.zeros_like(x)
    for place, seen in cuts(x, size, stride, padding)[1]:
        window = x[seen]
        gradient[seen][np.unravel_index(window.argmax(), window.shape)] += upstream[place]
    return gradient
