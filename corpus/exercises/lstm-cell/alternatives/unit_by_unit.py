import math

import numpy as np


def sigmoid(z):
    """Logistic function of one number."""
    return 1 / (1 + math.exp(-z)) if z > -700 else 0.0


def lstm_step(x, h, c, w_x, w_h, b):
    """One unit of one example after the other."""
    batch, hidden = h.shape
    h_next, c_next = np.zeros((batch, hidden)), np.zeros((batch, hidden))
    for n in range(batch):
        sums = np.concatenate([x[n], h[n]]) @ np.concatenate([w_x, w_h]) + b
        for k in range(hidden):
            i, f, g, o = (float(sums[block * hidden + k]) for block in range(4))
            c_next[n, k] = sigmoid(f) * c[n, k] + sigmoid(i) * math.tanh(g)
            h_next[n, k] = sigmoid(o) * math.tanh(c_next[n, k])
    return h_next, c_next
