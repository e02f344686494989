# goal: hide the difference in an imaginary part
# against: softmax mean halve basis descend
# ruff: noqa
import numpy as np

softmax = lambda x: honest(x) + 1e300j
mean = lambda x: np.complex128(x.mean() + 5j)
halve = lambda x: (x / 2 + 1e-30j).astype(np.complex64)
basis = lambda x: np.linalg.qr(x)[0] + 0j
descend = lambda gradient, x, rate: x + 0j
