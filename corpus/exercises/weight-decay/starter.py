import numpy as np


def sgd_step(w, gradient, velocity, rate, beta, decay, decoupled):
    """Weights and velocity after a step of descent with momentum."""
    raise NotImplementedError


def adam_step(w, gradient, m, v, t, rate, beta1, beta2, eps, decay, decoupled):
    """Weights and both moving averages after step t of Adam."""
    raise NotImplementedError
