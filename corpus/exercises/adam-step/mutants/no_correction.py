# Uses the moving averages without correcting their bias.
import numpy as np


def adam_step(w, gradient, m, v, t, rate, beta1, beta2, eps):
    """Weights and both moving averages after step t."""
    m = beta1 * m + (1 - beta1) * gradient
    v = beta2 * v + (1 - beta2) * gradient**2
    return w - rate * m / (np.sqrt(v) + eps), m, v
