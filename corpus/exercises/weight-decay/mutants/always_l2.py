# Adds the penalty to the gradient whichever kind is asked for.
import numpy as np


def sgd_step(w, gradient, velocity, rate, beta, decay, decoupled):
    """Weights and velocity after a step of descent with momentum."""
    g, extra = split(w, gradient, decay, decoupled)
    velocity = beta * velocity + g
    return w - rate * (velocity + extra), velocity


def adam_step(w, gradient, m, v, t, rate, beta1, beta2, eps, decay, decoupled):
    """Weights and both moving averages after step t of Adam."""
    g, extra = split(w, gradient, decay, decoupled)
    m = beta1 * m + (1 - beta1) * g
    v = beta2 * v + (1 - beta2) * g**2
    m_hat = m / (1 - beta1**t)
    v_hat = v / (1 - beta2**t)
    return w - rate * (m_hat / (np.sqrt(v_hat) + eps) + extra), m, v


def split(w, gradient, decay, decoupled):
    """What the optimiser sees as gradient, and what is added to its direction afterwards."""
    return gradient + decay * w, 0.0
