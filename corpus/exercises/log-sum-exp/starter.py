import numpy as np


def log_sum_exp(x, axis):
    """log(sum(exp(x))) along one axis, in the shape of x without it."""
    raise NotImplementedError
