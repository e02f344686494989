# Starts each step of momentum with a velocity of zero.
import numpy as np


def momentum(grad, w, rate, beta, steps):
    """Point and velocity after some steps with momentum."""
    w, v = w.copy(), np.zeros_like(w)
    for _ in range(steps):
        v = -rate * grad(w)
        w = w + v
    return w, v


def nesterov(grad, w, rate, beta, steps):
    """Point and velocity after some steps with Nesterov momentum."""
    w, v = w.copy(), np.zeros_like(w)
    for _ in range(steps):
        v = beta * v - rate * grad(w + beta * v)
        w = w + v
    return w, v
