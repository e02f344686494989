# goal: control: a right answer must pass
# expect: passed
# ruff: noqa
import numpy as np


def softmax(x):
    e = np.exp(x - x.max(axis=1, keepdims=True))
    return e / e.sum(axis=1, keepdims=True)
