# Fits a plane through the origin.
import numpy as np


def fit(x, y):
    """Weights (features,) and intercept of least squares."""
    weights = np.linalg.pinv(x, rcond=1e-10) @ y
    return weights, 0.0


def predict(x, weights, intercept):
    """Prediction for each row of x."""
    return x @ weights + intercept
