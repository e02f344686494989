import math

import numpy as np


def numerical_gradient(f, x, h):
    """Moves x along the rows of a unit matrix."""
    steps = (h * np.eye(x.size)).reshape(x.size, *x.shape)
    return np.array([f(x + step) - f(x - step) for step in steps]).reshape(x.shape) / (2 * h)


def check_gradient(f, gradient, x, h, tolerance):
    """Goes through the elements and ends at the first that is nan."""
    claimed, numerical = np.asarray(gradient(x)), numerical_gradient(f, x, h)
    if np.shape(claimed) != np.shape(x):
        return False, math.inf
    worst = 0.0
    for a, n in zip(claimed.ravel().tolist(), numerical.ravel().tolist(), strict=True):
        error = abs(a - n) / max(1.0, abs(a), abs(n))
        if math.isnan(error):
            return False, math.nan
        worst = max(worst, error)
    return worst <= tolerance, worst
