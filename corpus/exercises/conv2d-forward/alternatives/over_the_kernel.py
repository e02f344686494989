import numpy as np


def conv2d(x, w, b, stride, padding):
    """Adds up one shifted image for each place of the kernel."""
    n, channels, height, width = x.shape
    filters, _, kh, kw = w.shape
    padded = np.zeros((n, channels, height + 2 * padding, width + 2 * padding))
    padded[:, :, padding : padding + height, padding : padding + width] = x
    rows = (height + 2 * padding - kh) // stride + 1
    columns = (width + 2 * padding - kw) // stride + 1
    out = np.zeros((n, rows, columns, filters)) + b
    for i in range(kh):
        for j in range(kw):
            part = padded[:, :, i : i + rows * stride : stride, j : j + columns * stride : stride]
            out += np.moveaxis(part, 1, -1) @ w[:, :, i, j].T
    return np.moveaxis(out, -1, 1)
