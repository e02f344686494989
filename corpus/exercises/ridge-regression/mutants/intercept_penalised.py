# Penalises the intercept like a weight.
import numpy as np


def ridge(x, y, alpha):
    """Weights (features,) and intercept; only the weights are penalised."""
    extended = np.column_stack([x, np.ones(len(x))])
    penalised = extended.T @ extended + alpha * np.eye(extended.shape[1])
    solution = np.linalg.solve(penalised, extended.T @ y)
    return solution[:-1], solution[-1]
