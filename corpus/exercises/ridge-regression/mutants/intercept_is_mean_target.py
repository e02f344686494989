# Takes the mean target for the intercept although the features are not centred.
import numpy as np


def ridge(x, y, alpha):
    """Weights (features,) and intercept; only the weights are penalised."""
    x_mean, y_mean = x.mean(axis=0), y.mean()
    centred = x - x_mean
    penalised = centred.T @ centred + alpha * np.eye(x.shape[1])
    weights = np.linalg.solve(penalised, centred.T @ (y - y_mean))
    return weights, y_mean
