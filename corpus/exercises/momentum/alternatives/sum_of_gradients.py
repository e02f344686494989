import numpy as np


def momentum(grad, w, rate, beta, steps):
    """Accumulates bare gradients; the rate comes in when the step is made."""
    return descend(grad, w, rate, beta, steps, 0.0)


def nesterov(grad, w, rate, beta, steps):
    return descend(grad, w, rate, beta, steps, beta)


def descend(grad, w, rate, beta, steps, ahead):
    w, total = np.array(w), np.zeros(w.shape)
    for _ in range(steps):
        slope = grad(w - rate * ahead * total)
        total *= beta
        total += slope
        w -= rate * total
    return w, -rate * total
