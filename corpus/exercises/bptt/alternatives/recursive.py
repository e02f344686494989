import numpy as np


def bptt(x, h0, w_x, w_h, b, upstream):
    """Each step calls the next one, and gets back what the rest of the sequence makes of its state."""
    if len(x) == 0:
        return (
            np.zeros(upstream.shape),
            np.zeros(x.shape),
            *(np.zeros(a.shape) for a in (h0, w_x, w_h, b)),
        )
    h = np.tanh(x[0] @ w_x + h0 @ w_h + b)
    states, d_x, d_h, d_w_x, d_w_h, d_b = bptt(x[1:], h, w_x, w_h, b, upstream[1:])
    d_sum = (upstream[0] + d_h) / np.cosh(np.arctanh(h)) ** 2
    return (
        np.concatenate([h[None], states]),
        np.concatenate([(d_sum @ w_x.T)[None], d_x]),
        d_sum @ w_h.T,
        d_w_x + x[0].T @ d_sum,
        d_w_h + h0.T @ d_sum,
        d_b + d_sum.sum(axis=0),
    )
