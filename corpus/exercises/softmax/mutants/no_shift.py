# Exponentiates without shifting: overflows for large scores.
import numpy as np


def softmax(x):
    powers = np.exp(x)
    return powers / powers.sum(axis=1, keepdims=True)
