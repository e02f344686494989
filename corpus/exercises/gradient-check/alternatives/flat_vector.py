import numpy as np


def numerical_gradient(f, x, h):
    """Works on a flat vector and gives it back its shape for every call of f."""
    flat = x.flatten()

    def along(i, step):
        return f(np.where(np.arange(flat.size) == i, flat + step, flat).reshape(x.shape))

    return np.reshape([(along(i, h) - along(i, -h)) / h / 2 for i in range(flat.size)], x.shape)


def check_gradient(f, gradient, x, h, tolerance):
    """The differences of what was divided by the size beforehand."""
    a = gradient(x)
    if a.shape == x.shape:
        n = numerical_gradient(f, x, h)
        size = np.stack([np.ones(x.shape), abs(a), abs(n)]).max(axis=0)
        error = abs(a / size - n / size).max()
        return not (np.isnan(error) or error > tolerance), error
    return False, float("inf")
