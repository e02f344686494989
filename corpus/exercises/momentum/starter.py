import numpy as np


def momentum(grad, w, rate, beta, steps):
    """Point and velocity after some steps with momentum."""
    raise NotImplementedError


def nesterov(grad, w, rate, beta, steps):
    """Point and velocity after some steps with Nesterov momentum."""
    raise NotImplementedError
