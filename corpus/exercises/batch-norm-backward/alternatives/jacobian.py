"""Builds the Jacobian of each feature by itself."""

import numpy as np


def batch_norm_backward(upstream, x, gamma, eps):
    n, features = x.shape
    by_x, by_gamma = np.empty((n, features)), np.empty(features)
    projection = np.eye(n) - np.full((n, n), 1 / n)
    for f in range(features):
        centred = projection @ x[:, f]
        root = (centred @ centred / n + eps) ** 0.5
        jacobian = projection / root - np.outer(centred, centred) / (n * root**3)
        by_x[:, f] = gamma[f] * jacobian @ upstream[:, f]
        by_gamma[f] = upstream[:, f] @ centred / root
    return by_x, by_gamma, upstream.sum(axis=0)
