# Weighs the gradient with 1 - beta, as in a moving average.
import numpy as np


def momentum(grad, w, rate, beta, steps):
    """Point and velocity after some steps with momentum."""
    w, v = w.copy(), np.zeros_like(w)
    for _ in range(steps):
        v = beta * v - rate * (1 - beta) * grad(w)
        w = w + v
    return w, v


def nesterov(grad, w, rate, beta, steps):
    """Point and velocity after some steps with Nesterov momentum."""
    w, v = w.copy(), np.zeros_like(w)
    for _ in range(steps):
        v = beta * v - rate * (1 - beta) * grad(w + beta * v)
        w = w + v
    return w, v
