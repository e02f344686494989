# goal: return an array whose operators lie
# expect: wrong error
# ruff: noqa
import numpy as np


class Liar(np.ndarray):
    def __eq__(self, other):
        return np.True_

    def __array_ufunc__(self, *args, **kwargs):
        return np.True_


def softmax(x):
    return x.view(Liar)
