"""Treats the bias as one more row of weights whose input is always 1."""

import numpy as np


def linear(x, W, b):
    return np.einsum("...i,io->...o", _with_one(x), np.vstack([W, b]))


def linear_backward(upstream, x, W):
    axes = list(range(x.ndim - 1))
    stacked = np.tensordot(_with_one(x), upstream, axes=(axes, axes))
    return np.tensordot(upstream, W, axes=(-1, 1)), stacked[:-1], stacked[-1]


def _with_one(x):
    return np.concatenate([x, np.ones((*x.shape[:-1], 1))], axis=-1)
