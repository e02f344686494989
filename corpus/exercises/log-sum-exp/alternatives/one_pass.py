"""Walks along the axis once and keeps a running logarithm of the sum, as an online softmax does."""

import numpy as np


def log_sum_exp(x, axis):
    entries = np.moveaxis(x, axis, 0)
    total = np.full(entries.shape[1:], -np.inf)
    for entry in entries:
        high, low = np.maximum(total, entry), np.minimum(total, entry)
        gap = np.zeros(high.shape)
        np.subtract(low, high, out=gap, where=np.isfinite(high))
        total = high + np.log1p(np.exp(gap)) * np.isfinite(high)
    return total
