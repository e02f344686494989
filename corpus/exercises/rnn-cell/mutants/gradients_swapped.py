# Swaps input and state in the gradients of the weights.
import numpy as np


def rnn_forward(x, h, w_x, w_h, b):
    """State after one step."""
    return np.tanh(x @ w_x + h @ w_h + b)


def rnn_backward(upstream, x, h, w_x, w_h, b):
    """Gradients with respect to x, h, w_x, w_h and b."""
    h_next = rnn_forward(x, h, w_x, w_h, b)
    d_sum = upstream * (1 - h_next**2)
    return d_sum @ w_x.T, d_sum @ w_h.T, h.T @ d_sum, x.T @ d_sum, d_sum.sum(axis=0)
