import math

import numpy as np


def batch_norm(x, gamma, beta, running_mean, running_var, momentum, eps, train):
    """One feature after the other, with sums over the examples."""
    out, means, variances = np.empty_like(x), np.array(running_mean), np.array(running_var)
    for f in range(x.shape[1]):
        column = x[:, f].tolist()
        mean, var = float(running_mean[f]), float(running_var[f])
        if train:
            mean = sum(column) / len(column)
            var = sum((value - mean) ** 2 for value in column) / len(column)
            means[f] = (1 - momentum) * running_mean[f] + momentum * mean
            variances[f] = (1 - momentum) * running_var[f] + momentum * var
        out[:, f] = [gamma[f] * (value - mean) / math.sqrt(var + eps) + beta[f] for value in column]
    return out, means, variances
