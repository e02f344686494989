import numpy as np


def clip_by_norm(gradients, max_norm):
    """Arrays scaled so that their common norm is at most max_norm, and the norm before."""
    raise NotImplementedError


def clip_by_value(gradients, limit):
    """Arrays whose elements lie between -limit and limit."""
    raise NotImplementedError
