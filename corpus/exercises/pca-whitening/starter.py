import numpy as np


def center(X):
    """X with each feature's mean subtracted."""
    raise NotImplementedError


def pca(X, k):
    """Directions (k, features) and variances (k,) of largest variance, largest first."""
    raise NotImplementedError


def whiten(X, k, eps):
    """Coordinates (examples, k) along those directions, scaled to variance 1."""
    raise NotImplementedError
