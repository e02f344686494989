"""Takes directions and variances from the singular value decomposition of the centred data."""

import numpy as np


def center(X):
    return X - np.ones(len(X)) @ X / len(X)


def pca(X, k):
    _, lengths, directions = np.linalg.svd(center(X), full_matrices=False)
    return directions[:k], lengths[:k] ** 2 / len(X)


def whiten(X, k, eps):
    left, lengths, _ = np.linalg.svd(center(X), full_matrices=False)
    return left[:, :k] * (lengths / np.sqrt(lengths**2 / len(X) + eps))[:k]
