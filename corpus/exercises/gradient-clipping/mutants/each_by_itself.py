# Clips each array by its own norm.
import math

import numpy as np


def clip_by_norm(gradients, max_norm):
    """Arrays scaled so that their common norm is at most max_norm, and the norm before."""
    norm = math.sqrt(sum(np.square(g, dtype=np.float64).sum() for g in gradients))
    norms = [math.sqrt(np.square(g, dtype=np.float64).sum()) for g in gradients]
    factors = [max_norm / n if n > max_norm else 1.0 for n in norms]
    return [f * g for f, g in zip(factors, gradients, strict=True)], norm


def clip_by_value(gradients, limit):
    """Arrays whose elements lie between -limit and limit."""
    return [np.clip(g, -limit, limit) for g in gradients]
