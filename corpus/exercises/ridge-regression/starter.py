import numpy as np


def ridge(x, y, alpha):
    """Weights (features,) and intercept; only the weights are penalised."""
    raise NotImplementedError
