import numpy as np


def sigmoid(s):
    """Logistic function, safe for any s."""
    return 0.5 * (1 + np.tanh(0.5 * s))


def gru_step(x, h, w_x, w_h, b):
    """State after one step."""
    u_r, u_z, u_n = np.split(w_h, 3, axis=1)
    r, z, n = np.split(x @ w_x + b, 3, axis=1)
    r = sigmoid(r + h @ u_r)
    z = sigmoid(z + h @ u_z)
    n = np.tanh(n + (r * h) @ u_n)
    return z * h + (1 - z) * n
