# Always steps by the full rate.
import numpy as np


def descend(f, grad, x, rate, tolerance, max_steps):
    g, steps = grad(x), 0
    while np.linalg.norm(g) > tolerance and steps < max_steps:
        x = x - rate * g
        g, steps = grad(x), steps + 1
    return x, steps, bool(np.linalg.norm(g) <= tolerance)
