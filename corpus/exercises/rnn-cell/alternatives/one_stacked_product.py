import numpy as np


def stacked(x, h, w_x, w_h, b):
    """Inputs, state and a column of ones beside each other, and the weights for all of them."""
    return np.hstack([x, h, np.ones((len(x), 1))]), np.vstack([w_x, w_h, b])


def rnn_forward(x, h, w_x, w_h, b):
    """State after one step."""
    inputs, weights = stacked(x, h, w_x, w_h, b)
    return np.tanh(inputs @ weights)


def rnn_backward(upstream, x, h, w_x, w_h, b):
    """Gradients with respect to x, h, w_x, w_h and b."""
    inputs, weights = stacked(x, h, w_x, w_h, b)
    d_sum = upstream / np.cosh(np.clip(inputs @ weights, -300, 300)) ** 2
    n = x.shape[1]
    d_inputs, d_weights = d_sum @ weights.T, inputs.T @ d_sum
    return d_inputs[:, :n], d_inputs[:, n:-1], d_weights[:n], d_weights[n:-1], d_weights[-1]
