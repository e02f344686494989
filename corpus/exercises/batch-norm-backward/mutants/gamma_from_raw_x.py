# Multiplies upstream by x instead of the normalised x for the gradient of gamma.
import numpy as np


def batch_norm_backward(upstream, x, gamma, eps):
    """Gradients with respect to x, gamma and beta."""
    scale = 1 / np.sqrt(x.var(axis=0) + eps)
    normal = (x - x.mean(axis=0)) * scale
    slope = upstream * gamma
    through_mean = slope.mean(axis=0)
    through_variance = normal * (slope * normal).mean(axis=0)
    by_x = scale * (slope - through_mean - through_variance)
    return by_x, (upstream * x).sum(axis=0), upstream.sum(axis=0)
