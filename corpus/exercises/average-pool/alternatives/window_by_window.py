"""Windows are cut at the edge of the image, so that no rim is needed."""

import numpy as np


def windows(shape, size, stride, padding):
    """Number of rows and columns, and for each place the slices a window sees."""
    counts = [(s + 2 * padding - size) // stride + 1 for s in shape[2:]]
    found = []
    for row, column in np.ndindex(*counts):
        top, left = row * stride - padding, column * stride - padding
        seen = slice(max(top, 0), top + size), slice(max(left, 0), left + size)
        found.append((row, column, *seen))
    return counts, found


def average_pool(x, size, stride, padding):
    counts, found = windows(x.shape, size, stride, padding)
    out = np.empty((*x.shape[:2], *counts))
    for row, column, down, across in found:
        out[:, :, row, column] = x[:, :, down, across].mean(axis=(2, 3))
    return out


def average_pool_backward(upstream, shape, size, stride, padding):
    gradient = np.zeros(shape)
    for row, column, down, across in windows(shape, size, stride, padding)[1]:
        part = gradient[:, :, down, across]
        part += upstream[:, :, row, column, None, None] / (part.shape[2] * part.shape[3])
    return gradient
