import numpy as np


def ridge(x, y, alpha):
    """Weights (features,) and intercept; only the weights are penalised."""
    d = x.shape[1]
    system, target = np.zeros((d + 1, d + 1)), np.zeros(d + 1)
    for row, value in zip(x, y, strict=True):
        extended = np.append(row, 1.0)
        system += np.outer(extended, extended)
        target += value * extended
    for i in range(d):
        system[i, i] += alpha
    *weights, intercept = np.linalg.solve(system, target)
    return np.array(weights), intercept
