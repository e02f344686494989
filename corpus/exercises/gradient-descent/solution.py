import numpy as np


def descend(f, grad, x, rate, tolerance, max_steps):
    """Last point, number of steps, and whether the descent converged."""
    x, steps = x.copy(), 0
    g = grad(x)
    while np.linalg.norm(g) > tolerance and steps < max_steps:
        x = x - step_length(f, x, g, rate) * g
        g, steps = grad(x), steps + 1
    return x, steps, bool(np.linalg.norm(g) <= tolerance)


def step_length(f, x, g, rate):
    """The first of rate, rate / 2, rate / 4, ... that lowers f enough."""
    here, slope = f(x), g @ g
    t = rate
    while not f(x - t * g) <= here - t * slope / 4:
        t /= 2
    return t
