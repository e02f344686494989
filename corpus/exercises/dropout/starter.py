import numpy as np


def dropout_forward(x, p, rng, train):
    """Output and mask of what was kept."""
    raise NotImplementedError


def dropout_backward(upstream, mask, p):
    """Gradient with respect to x."""
    raise NotImplementedError
