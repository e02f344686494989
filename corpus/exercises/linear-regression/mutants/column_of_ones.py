# Adds a column of ones, which brings the intercept into the least norm.
import numpy as np


def fit(x, y):
    """Weights (features,) and intercept of least squares."""
    extended = np.column_stack([x, np.ones(len(x))])
    solution = np.linalg.pinv(extended, rcond=1e-10) @ y
    return solution[:-1], solution[-1]


def predict(x, weights, intercept):
    """Prediction for each row of x."""
    return x @ weights + intercept
