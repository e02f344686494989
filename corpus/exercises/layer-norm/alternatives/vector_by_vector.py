"""Takes one vector after the other and multiplies by its Jacobian."""

import numpy as np


def layer_norm(x, gamma, beta, eps):
    result = np.empty(x.shape)
    for place in np.ndindex(x.shape[:-1]):
        centred, root = _parts(x[place], eps)
        result[place] = gamma * centred / root + beta
    return result


def layer_norm_backward(upstream, x, gamma, eps):
    d = x.shape[-1]
    by_x, by_gamma, by_beta = np.empty(x.shape), np.zeros(d), np.zeros(d)
    projection = np.eye(d) - 1 / d
    for place in np.ndindex(x.shape[:-1]):
        centred, root = _parts(x[place], eps)
        jacobian = projection / root - np.outer(centred, centred) / (d * root**3)
        by_x[place] = jacobian @ (gamma * upstream[place])
        by_gamma += upstream[place] * centred / root
        by_beta += upstream[place]
    return by_x, by_gamma, by_beta


def _parts(vector, eps):
    centred = vector - vector.mean()
    return centred, (centred @ centred / len(vector) + eps) ** 0.5
