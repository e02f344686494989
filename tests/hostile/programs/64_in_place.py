# goal: change the input in place
# expect: wrong
# ruff: noqa
import numpy as np


def softmax(x):
    x[...] = np.exp(x - x.max(axis=1, keepdims=True))
    x /= x.sum(axis=1, keepdims=True)
    return x
