# Subtracts the mean of each example instead of each feature when fitting.
import numpy as np


def fit(x, k):
    """Mean (features,), directions (k, features) and their shares of the variance (k,)."""
    mean = x.mean(axis=0)
    _, lengths, directions = np.linalg.svd(x - x.mean(axis=1, keepdims=True), full_matrices=False)
    squares = lengths**2
    total = squares.sum()
    shares = squares / total if total > 0 else squares
    return mean, directions[:k], shares[:k]


def project(x, mean, components):
    """Coordinates (examples, k) along the components."""
    return (x - mean) @ components.T


def reconstruct(z, mean, components):
    """Points (examples, features) with these coordinates."""
    return z @ components + mean
