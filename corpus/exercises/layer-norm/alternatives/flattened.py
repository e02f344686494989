"""Makes a matrix of x first and walks back through the graph node by node."""

import numpy as np


def layer_norm(x, gamma, beta, eps):
    return (x - np.mean(x, -1)[..., None]) / np.sqrt(np.var(x, -1) + eps)[..., None] * gamma + beta


def layer_norm_backward(upstream, x, gamma, eps):
    d = x.shape[-1]
    flat, up = np.reshape(x, (-1, d)), np.reshape(upstream, (-1, d))
    centred = (flat.T - flat.mean(1)).T
    root = np.sqrt((centred**2).sum(1) / d + eps)[:, None]
    by_gamma = np.einsum("nf,nf->f", up, centred / root)
    by_centred = up * gamma / root
    by_variance = -(up * gamma * centred).sum(1)[:, None] / (2 * root**3)
    by_centred = by_centred + by_variance * 2 * centred / d
    by_x = by_centred - by_centred.sum(1)[:, None] / d
    return by_x.reshape(x.shape), by_gamma, up.sum(0)
