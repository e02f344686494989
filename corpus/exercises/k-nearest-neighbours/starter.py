import numpy as np


def squared_distances(a, b):
    """Squared Euclidean distances (m, n) between the rows of a and of b."""
    raise NotImplementedError


def predict(x, y, queries, k):
    """Most frequent label among the k nearest points of x, for each query."""
    raise NotImplementedError
