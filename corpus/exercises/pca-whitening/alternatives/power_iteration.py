"""Finds one direction after the other by repeated squaring, and takes each out of the covariance."""

import numpy as np


def center(X):
    return np.stack([column - column.mean() for column in X.T], axis=1)


def pca(X, k):
    covariance = np.cov(X, rowvar=False, bias=True).reshape(X.shape[1], X.shape[1])
    directions, variances = [], []
    for _ in range(k):
        direction = _strongest(covariance)
        variances.append(direction @ covariance @ direction)
        directions.append(direction)
        covariance = covariance - variances[-1] * np.outer(direction, direction)
    return np.array(directions), np.array(variances)


def whiten(X, k, eps):
    directions, variances = pca(X, k)
    axes = directions / np.sqrt(variances + eps)[:, None]
    return np.einsum("nf,kf->nk", center(X), axes)


def _strongest(covariance):
    power = covariance
    for _ in range(12):
        power = power @ power
        power = power / np.linalg.norm(power)
    column = power[:, np.argmax(np.diag(power))]
    return column / np.linalg.norm(column)
