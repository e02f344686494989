# Drops whole rows: one draw for each of them.
import numpy as np


def dropout_forward(x, p, rng, train):
    """Output and mask of what was kept."""
    if not train:
        return x.copy(), np.ones(x.shape, dtype=bool)
    mask = np.broadcast_to(rng.random((*x.shape[:-1], 1)) >= p, x.shape)
    return x * mask / (1 - p), mask


def dropout_backward(upstream, mask, p):
    """Gradient with respect to x."""
    return upstream * mask / (1 - p)
