"""Adds up one vector after the other; the gradient of W is a sum of outer products."""

import numpy as np


def linear(x, W, b):
    result = np.empty((*x.shape[:-1], len(b)))
    for place in np.ndindex(x.shape[:-1]):
        result[place] = (x[place][:, None] * W).sum(axis=0) + b
    return result


def linear_backward(upstream, x, W):
    by_x, by_weights, by_bias = np.empty(x.shape), np.zeros(W.shape), np.zeros(W.shape[1])
    for place in np.ndindex(x.shape[:-1]):
        by_x[place] = W @ upstream[place]
        by_weights += np.outer(x[place], upstream[place])
        by_bias += upstream[place]
    return by_x, by_weights, by_bias
