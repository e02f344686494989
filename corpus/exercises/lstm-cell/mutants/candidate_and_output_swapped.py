# Reads the blocks in the order i, f, o, g.
import numpy as np


def sigmoid(z):
    """Logistic function, safe for any z."""
    return 0.5 * (1 + np.tanh(0.5 * z))


def lstm_step(x, h, c, w_x, w_h, b):
    """Hidden state and cell state after one step."""
    i, f, o, g = np.split(x @ w_x + h @ w_h + b, 4, axis=1)
    c_next = sigmoid(f) * c + sigmoid(i) * np.tanh(g)
    return sigmoid(o) * np.tanh(c_next), c_next
