# goal: memory and devices through np.memmap
# expect: wrong
# ruff: noqa
import numpy as np

for place in ("/dev/zero", "/dev/mem", "/dev/kmem", "/dev/shm/x", "/dev/port", "/proc/kcore"):
    attempt("mapped " + place, lambda: np.memmap(place, mode="r", shape=(1 << 30,)))
    attempt("mapped for writing " + place, lambda: np.memmap(place, mode="w+", shape=(4096,)))
attempt("shared library", lambda: np.memmap(os.__file__, mode="r+"))
attempt("randomness", lambda: np.memmap("/dev/urandom", mode="r+"))


def softmax(x):
    return x * 0
