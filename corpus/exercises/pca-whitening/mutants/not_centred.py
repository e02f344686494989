# Computes directions of data that is not centred.
import numpy as np


def center(X):
    """X with each feature's mean subtracted."""
    return X - X.mean(axis=0)


def pca(X, k):
    """Directions (k, features) and variances (k,) of largest variance, largest first."""
    centred = X
    variances, vectors = np.linalg.eigh(centred.T @ centred / len(X))
    order = np.argsort(variances)[::-1][:k]
    return vectors[:, order].T, variances[order]


def whiten(X, k, eps):
    """Coordinates (examples, k) along those directions, scaled to variance 1."""
    directions, variances = pca(X, k)
    return center(X) @ directions.T / np.sqrt(variances + eps)
