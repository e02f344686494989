# Shifts by the maximum even where it is infinite.
import numpy as np


def log_sum_exp(x, axis):
    """log(sum(exp(x))) along one axis, in the shape of x without it."""
    top = x.max(axis=axis, keepdims=True, initial=-np.inf)
    shift = top
    with np.errstate(divide="ignore"):
        logs = np.log(np.exp(x - shift).sum(axis=axis))
    return logs + shift.squeeze(axis)
