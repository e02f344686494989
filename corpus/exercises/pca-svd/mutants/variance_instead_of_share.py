# Returns the variances themselves instead of shares.
import numpy as np


def fit(x, k):
    """Mean (features,), directions (k, features) and their shares of the variance (k,)."""
    mean = x.mean(axis=0)
    _, lengths, directions = np.linalg.svd(x - mean, full_matrices=False)
    squares = lengths**2
    variances = squares / len(x)
    return mean, directions[:k], variances[:k]


def project(x, mean, components):
    """Coordinates (examples, k) along the components."""
    return (x - mean) @ components.T


def reconstruct(z, mean, components):
    """Points (examples, features) with these coordinates."""
    return z @ components + mean
