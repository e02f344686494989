"""Draws which elements survive as Bernoulli numbers, and multiplies by a factor for each element."""

import numpy as np


def dropout_forward(x, p, rng, train):
    kept = rng.binomial(1, 1 - p, size=x.shape) == 1 if train else np.full(x.shape, True)
    return _through(x, kept, p if train else 0.0), kept


def dropout_backward(upstream, mask, p):
    return _through(upstream, mask, p)


def _through(values, kept, p):
    return np.where(kept, values, 0.0) * (1 / (1 - p))
