import math

import numpy as np


def sigmoid(s):
    """Logistic function of one number."""
    return 1 / (1 + math.exp(-s)) if s > -700 else 0.0


def gru_step(x, h, w_x, w_h, b):
    """One unit of one example after the other."""
    batch, hidden = h.shape
    h_next = np.zeros((batch, hidden))

    def total(example, state, column):
        return float(example @ w_x[:, column] + state @ w_h[:, column] + b[column])

    for row in range(batch):
        r = [sigmoid(total(x[row], h[row], k)) for k in range(hidden)]
        reset = h[row] * np.array(r)
        for k in range(hidden):
            z = sigmoid(total(x[row], h[row], hidden + k))
            n = math.tanh(total(x[row], reset, 2 * hidden + k))
            h_next[row, k] = z * h[row, k] + (1 - z) * n
    return h_next
