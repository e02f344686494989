import itertools

import numpy as np


def descend(f, grad, x, rate, tolerance, max_steps, taken=0):
    """Goes one step and leaves the rest to itself."""
    g = grad(x)
    size = np.sqrt(np.sum(g**2))
    if size <= tolerance:
        return x, taken, True
    if taken == max_steps:
        return x, taken, False
    lengths = (rate * 0.5**k for k in itertools.count())
    t = next(t for t in lengths if f(x) - f(x - t * g) >= t * size**2 / 4)
    return descend(f, grad, x - t * g, rate, tolerance, max_steps, taken + 1)
