# goal: return 100 MB
# expect: error protocol memory
# ruff: noqa
import numpy as np


def softmax(x):
    return np.zeros(13_000_000)
