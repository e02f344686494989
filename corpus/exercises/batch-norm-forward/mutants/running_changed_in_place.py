# Updates the running values in the arrays it was given.
import numpy as np


def batch_norm(x, gamma, beta, running_mean, running_var, momentum, eps, train):
    """Output, running mean and running variance."""
    mean, var = running_mean, running_var
    if train:
        mean, var = x.mean(axis=0), x.var(axis=0)
        running_mean += momentum * (mean - running_mean)
        running_var += momentum * (var - running_var)
    return gamma * (x - mean) / np.sqrt(var + eps) + beta, running_mean, running_var
