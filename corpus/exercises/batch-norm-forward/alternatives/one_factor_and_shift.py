import numpy as np


def batch_norm(x, gamma, beta, running_mean, running_var, momentum, eps, train):
    """Everything is folded into one factor and one shift for each feature."""
    if train:
        mean = np.ones(len(x)) @ x / len(x)
        centred = x - mean
        var = np.einsum("nf,nf->f", centred, centred) / len(x)
        running_mean = running_mean + momentum * (mean - running_mean)
        running_var = running_var + momentum * (var - running_var)
    else:
        mean, var = running_mean, running_var
    factor = gamma * (var + eps) ** -0.5
    return x * factor + (beta - mean * factor), running_mean, running_var
