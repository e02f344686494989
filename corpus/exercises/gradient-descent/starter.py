import numpy as np


def descend(f, grad, x, rate, tolerance, max_steps):
    """Last point, number of steps, and whether the descent converged."""
    raise NotImplementedError
