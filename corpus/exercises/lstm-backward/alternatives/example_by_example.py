import numpy as np


def sigmoid(z):
    """Logistic function by the sign of z."""
    small = np.exp(-np.abs(z))
    return np.where(z >= 0, 1.0, small) / (1 + small)


def lstm_backward(upstream_h, upstream_c, x, h, c, w_x, w_h, b):
    """One example after the other, one gate after the other."""
    hidden = h.shape[1]
    d_x, d_h, d_c, d_w_x, d_w_h, d_b = (np.zeros(a.shape) for a in (x, h, c, w_x, w_h, b))
    for n in range(len(x)):
        sums = (w_x.T @ x[n] + w_h.T @ h[n] + b).reshape(4, hidden)
        i, f, o = sigmoid(sums[0]), sigmoid(sums[1]), sigmoid(sums[3])
        g = np.tanh(sums[2])
        shown = np.tanh(f * c[n] + i * g)
        d_cell = upstream_c[n] + upstream_h[n] * o * (1 + shown) * (1 - shown)
        d_c[n] = f * d_cell
        d_gates = np.array([d_cell * g, d_cell * c[n], d_cell * i, upstream_h[n] * shown])
        slopes = np.array([i * (1 - i), f * (1 - f), 1 - g * g, o * (1 - o)])
        d_sums = (d_gates * slopes).ravel()
        d_x[n], d_h[n] = w_x @ d_sums, w_h @ d_sums
        d_w_x += np.outer(x[n], d_sums)
        d_w_h += np.outer(h[n], d_sums)
        d_b += d_sums
    return d_x, d_h, d_c, d_w_x, d_w_h, d_b
