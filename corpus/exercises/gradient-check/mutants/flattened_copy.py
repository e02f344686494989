# Moves elements of a flattened array that is a copy where x lies column by column.
import numpy as np


def numerical_gradient(f, x, h):
    """Central differences of f by every element of x."""
    moved, slopes = np.array(x), np.zeros(x.size)
    flat = moved.reshape(-1)
    for i, value in enumerate(x.ravel()):
        flat[i] = value + h
        above = f(moved)
        flat[i] = value - h
        below = f(moved)
        flat[i] = value
        slopes[i] = (above - below) / (2 * h)
    return slopes.reshape(x.shape)


def check_gradient(f, gradient, x, h, tolerance):
    """Whether gradient agrees with the differences, and the largest error."""
    claimed = gradient(x)
    if claimed.shape != x.shape:
        return False, np.inf
    numerical = numerical_gradient(f, x, h)
    size = np.maximum(1.0, np.maximum(np.abs(claimed), np.abs(numerical)))
    error = np.max(np.abs(claimed - numerical) / size)
    return bool(error <= tolerance), error
