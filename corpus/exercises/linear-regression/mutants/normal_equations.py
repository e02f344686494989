# Solves the normal equations, which have no unique solution for dependent features.
import numpy as np


def fit(x, y):
    """Weights (features,) and intercept of least squares."""
    x_mean, y_mean = x.mean(axis=0), y.mean()
    centred = x - x_mean
    weights = np.linalg.solve(centred.T @ centred, centred.T @ (y - y_mean))
    return weights, y_mean - x_mean @ weights


def predict(x, weights, intercept):
    """Prediction for each row of x."""
    return x @ weights + intercept
