# Centres the targets but not the features.
import numpy as np


def fit(x, y):
    """Weights (features,) and intercept of least squares."""
    x_mean, y_mean = x.mean(axis=0), y.mean()
    weights = np.linalg.pinv(x, rcond=1e-10) @ (y - y_mean)
    return weights, y_mean - x_mean @ weights


def predict(x, weights, intercept):
    """Prediction for each row of x."""
    return x @ weights + intercept
