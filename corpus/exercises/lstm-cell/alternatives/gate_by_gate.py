import numpy as np


def sigmoid(z):
    """Logistic function by the sign of z, so that exp never overflows."""
    small = np.exp(-np.abs(z))
    return np.where(z >= 0, 1 / (1 + small), small / (1 + small))


def lstm_step(x, h, c, w_x, w_h, b):
    """One block of columns after the other."""
    hidden = h.shape[1]

    def sums(block):
        columns = slice(block * hidden, (block + 1) * hidden)
        return x @ w_x[:, columns] + h @ w_h[:, columns] + b[columns]

    kept = sigmoid(sums(1)) * c
    written = sigmoid(sums(0)) * np.tanh(sums(2))
    c_next = kept + written
    return sigmoid(sums(3)) * np.tanh(c_next), c_next
