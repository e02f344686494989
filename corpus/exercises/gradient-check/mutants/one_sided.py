# Takes the difference without its absolute value.
import numpy as np


def numerical_gradient(f, x, h):
    """Central differences of f by every element of x."""
    moved, slopes = x.copy(), np.zeros(x.shape)
    for place in np.ndindex(x.shape):
        moved[place] = x[place] + h
        above = f(moved)
        moved[place] = x[place] - h
        below = f(moved)
        moved[place] = x[place]
        slopes[place] = (above - below) / (2 * h)
    return slopes


def check_gradient(f, gradient, x, h, tolerance):
    """Whether gradient agrees with the differences, and the largest error."""
    claimed = gradient(x)
    if claimed.shape != x.shape:
        return False, np.inf
    numerical = numerical_gradient(f, x, h)
    size = np.maximum(1.0, np.maximum(np.abs(claimed), np.abs(numerical)))
    error = np.max((claimed - numerical) / size)
    return bool(error <= tolerance), error
