import numpy as np


def adam_step(w, gradient, m, v, t, rate, beta1, beta2, eps):
    """Weights and both moving averages after step t."""
    raise NotImplementedError
