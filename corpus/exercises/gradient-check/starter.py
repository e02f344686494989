import numpy as np


def numerical_gradient(f, x, h):
    """Central differences of f by every element of x."""
    raise NotImplementedError


def check_gradient(f, gradient, x, h, tolerance):
    """Whether gradient agrees with the differences, and the largest error."""
    raise NotImplementedError
