# Forms the covariance matrix, in which small variances drown.
import numpy as np


def fit(x, k):
    """Mean (features,), directions (k, features) and their shares of the variance (k,)."""
    mean = x.mean(axis=0)
    squares, vectors = np.linalg.eigh((x - mean).T @ (x - mean))
    squares, directions = np.maximum(squares[::-1], 0.0), vectors.T[::-1]
    total = squares.sum()
    shares = squares / total if total > 0 else squares
    return mean, directions[:k], shares[:k]


def project(x, mean, components):
    """Coordinates (examples, k) along the components."""
    return (x - mean) @ components.T


def reconstruct(z, mean, components):
    """Points (examples, features) with these coordinates."""
    return z @ components + mean
