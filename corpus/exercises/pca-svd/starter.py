import numpy as np


def fit(x, k):
    """Mean (features,), directions (k, features) and their shares of the variance (k,)."""
    raise NotImplementedError


def project(x, mean, components):
    """Coordinates (examples, k) along the components."""
    raise NotImplementedError


def reconstruct(z, mean, components):
    """Points (examples, features) with these coordinates."""
    raise NotImplementedError
