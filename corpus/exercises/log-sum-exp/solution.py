import numpy as np


def log_sum_exp(x, axis):
    """log(sum(exp(x))) along one axis, in the shape of x without it."""
    top = x.max(axis=axis, keepdims=True, initial=-np.inf)
    shift = np.where(np.isfinite(top), top, 0.0)
    with np.errstate(divide="ignore"):
        logs = np.log(np.exp(x - shift).sum(axis=axis))
    return logs + shift.squeeze(axis)
