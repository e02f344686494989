import numpy as np


def rnn_forward(x, h, w_x, w_h, b):
    """State after one step."""
    h_next = np.empty(h.shape)
    for n in range(len(x)):
        h_next[n] = np.tanh(w_x.T.dot(x[n]) + w_h.T.dot(h[n]) + b)
    return h_next


def rnn_backward(upstream, x, h, w_x, w_h, b):
    """Gradients with respect to x, h, w_x, w_h and b."""
    d_x, d_h, d_w_x, d_w_h, d_b = (np.zeros(a.shape) for a in (x, h, w_x, w_h, b))
    h_next = rnn_forward(x, h, w_x, w_h, b)
    for n in range(len(x)):
        d_sum = upstream[n] * (1 - h_next[n]) * (1 + h_next[n])
        d_x[n] = w_x.dot(d_sum)
        d_h[n] = w_h.dot(d_sum)
        d_w_x += np.outer(x[n], d_sum)
        d_w_h += np.outer(h[n], d_sum)
        d_b += d_sum
    return d_x, d_h, d_w_x, d_w_h, d_b
