# Adds eps outside the root.
import numpy as np


def layer_norm(x, gamma, beta, eps):
    """x normalised along its last axis, scaled by gamma and shifted by beta."""
    normal, _ = normalized(x, eps)
    return gamma * normal + beta


def layer_norm_backward(upstream, x, gamma, eps):
    """Gradients with respect to x, gamma and beta."""
    normal, scale = normalized(x, eps)
    slope = upstream * gamma
    by_x = scale * (slope - feature_mean(slope) - normal * feature_mean(slope * normal))
    leading = tuple(range(x.ndim - 1))
    return by_x, (upstream * normal).sum(axis=leading), upstream.sum(axis=leading)


def normalized(x, eps):
    """x with mean 0 and variance 1 along its last axis, and the factors it was scaled by."""
    centred = x - feature_mean(x)
    scale = 1 / (np.sqrt(feature_mean(centred**2)) + eps)
    return centred * scale, scale


def feature_mean(x):
    """Mean over the last axis, which stays with length 1."""
    return x.mean(axis=-1, keepdims=True)
