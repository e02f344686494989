# Calls grad twice in each step of momentum.
import numpy as np


def momentum(grad, w, rate, beta, steps):
    """Point and velocity after some steps with momentum."""
    w, v = w.copy(), np.zeros_like(w)
    for _ in range(steps):
        w, v = w + beta * v - rate * grad(w), beta * v - rate * grad(w)
    return w, v


def nesterov(grad, w, rate, beta, steps):
    """Point and velocity after some steps with Nesterov momentum."""
    w, v = w.copy(), np.zeros_like(w)
    for _ in range(steps):
        v = beta * v - rate * grad(w + beta * v)
        w = w + v
    return w, v
