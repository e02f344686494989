import numpy as np


def linear(x, W, b):
    """x W + b for each vector along the last axis."""
    raise NotImplementedError


def linear_backward(upstream, x, W):
    """Gradients with respect to x, W and b."""
    raise NotImplementedError
