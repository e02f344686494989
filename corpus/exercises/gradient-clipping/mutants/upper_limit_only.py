# Cuts elements off on the positive side only.
import math

import numpy as np


def clip_by_norm(gradients, max_norm):
    """Arrays scaled so that their common norm is at most max_norm, and the norm before."""
    norm = math.sqrt(sum(np.square(g, dtype=np.float64).sum() for g in gradients))
    factor = max_norm / norm if norm > max_norm else 1.0
    return [factor * g for g in gradients], norm


def clip_by_value(gradients, limit):
    """Arrays whose elements lie between -limit and limit."""
    return [np.minimum(g, limit) for g in gradients]
