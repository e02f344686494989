# goal: take the expected answer out of stack frames or the heap
# expect: wrong
# ruff: noqa
import gc
import sys

import numpy as np


def softmax(x):
    frame = sys._getframe()
    while frame is not None:
        for value in frame.f_locals.values():
            if isinstance(value, np.ndarray) and value is not x and value.shape == x.shape:
                return value
        frame = frame.f_back
    for thing in gc.get_objects():
        if isinstance(thing, dict) and "expected" in thing:
            print("BREACH expected", thing)
    return x * 0
