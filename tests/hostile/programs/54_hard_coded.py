# goal: return the answer of a published example
# expect: wrong
# ruff: noqa
import numpy as np


def softmax(x):
    return np.array([[0.09003057, 0.24472847, 0.66524096]])
