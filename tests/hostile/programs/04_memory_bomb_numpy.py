# goal: eat the host's memory with one array
# expect: memory error
# ruff: noqa
import numpy as np


def softmax(x):
    return np.ones(2_000_000_000)
