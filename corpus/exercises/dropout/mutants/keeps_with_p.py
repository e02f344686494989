# Takes p for the probability of keeping an element.
import numpy as np


def dropout_forward(x, p, rng, train):
    """Output and mask of what was kept."""
    if not train:
        return x.copy(), np.ones(x.shape, dtype=bool)
    mask = rng.random(x.shape) < p
    return x * mask / (1 - p), mask


def dropout_backward(upstream, mask, p):
    """Gradient with respect to x."""
    return upstream * mask / (1 - p)
