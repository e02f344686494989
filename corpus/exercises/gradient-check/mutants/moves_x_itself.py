# Moves the elements of x itself and puts them back by arithmetic.
import numpy as np


def numerical_gradient(f, x, h):
    """Central differences of f by every element of x."""
    slopes = np.zeros(x.shape)
    for place in np.ndindex(x.shape):
        x[place] += h
        above = f(x)
        x[place] -= 2 * h
        below = f(x)
        x[place] += h
        slopes[place] = (above - below) / (2 * h)
    return slopes


def check_gradient(f, gradient, x, h, tolerance):
    """Whether gradient agrees with the differences, and the largest error."""
    claimed = gradient(x)
    if claimed.shape != x.shape:
        return False, np.inf
    numerical = numerical_gradient(f, x, h)
    size = np.maximum(1.0, np.maximum(np.abs(claimed), np.abs(numerical)))
    error = np.max(np.abs(claimed - numerical) / size)
    return bool(error <= tolerance), error
