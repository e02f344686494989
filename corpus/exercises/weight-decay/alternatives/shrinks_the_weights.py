import numpy as np


def sgd_step(w, gradient, velocity, rate, beta, decay, decoupled):
    """Decoupled decay multiplies the weights by a number just below one."""
    kept = 1 - rate * decay if decoupled else 1.0
    slope = gradient if decoupled else gradient + decay * w
    velocity = beta * velocity + slope
    return kept * w - rate * velocity, velocity


def adam_step(w, gradient, m, v, t, rate, beta1, beta2, eps, decay, decoupled):
    """The corrections are folded into the rate and into eps."""
    kept = 1 - rate * decay if decoupled else 1.0
    slope = gradient if decoupled else gradient + decay * w
    m = m + (1 - beta1) * (slope - m)
    v = v + (1 - beta2) * (slope * slope - v)
    root = np.sqrt(1 - beta2**t)
    own_rate = rate * root / (1 - beta1**t)
    return kept * w - own_rate * m / (np.sqrt(v) + eps * root), m, v
