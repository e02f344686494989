# Squashes the candidate with the sigmoid, so that it can't be negative.
import numpy as np


def sigmoid(z):
    """Logistic function, safe for any z."""
    return 0.5 * (1 + np.tanh(0.5 * z))


def lstm_step(x, h, c, w_x, w_h, b):
    """Hidden state and cell state after one step."""
    i, f, g, o = np.split(x @ w_x + h @ w_h + b, 4, axis=1)
    c_next = sigmoid(f) * c + sigmoid(i) * sigmoid(g)
    return sigmoid(o) * np.tanh(c_next), c_next
