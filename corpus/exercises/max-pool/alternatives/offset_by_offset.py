"""One pixel of all windows after the other, in the order in which ties are decided."""

import numpy as np


def slices(x, size, stride, padding):
    """The padded image, and for each pixel inside a window the slice of what all windows have there."""
    padded = np.full((*x.shape[:2], *(s + 2 * padding for s in x.shape[2:])), -np.inf)
    padded[:, :, padding : padding + x.shape[2], padding : padding + x.shape[3]] = x
    ends = [s - size + 1 for s in padded.shape[2:]]
    places = [
        (..., slice(i, i + ends[0], stride), slice(j, j + ends[1], stride))
        for i in range(size)
        for j in range(size)
    ]
    return padded, places


def max_pool(x, size, stride, padding):
    padded, places = slices(x, size, stride, padding)
    best = padded[places[0]].copy()
    for place in places[1:]:
        np.maximum(best, padded[place], out=best)
    return best


def max_pool_backward(upstream, x, size, stride, padding):
    padded, places = slices(x, size, stride, padding)
    best = max_pool(x, size, stride, padding)
    gradient, open_still = np.zeros_like(padded), np.ones(best.shape, dtype=bool)
    for place in places:
        hit = open_still & (padded[place] == best)
        gradient[place] += np.where(hit, upstream, 0.0)
        open_still &= ~hit
    return gradient[:, :, padding:, padding:][:, :, : x.shape[2], : x.shape[3]]
