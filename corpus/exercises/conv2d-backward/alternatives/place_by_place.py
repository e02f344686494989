import numpy as np


def conv2d_backward(upstream, x, w, stride, padding):
    """One output place of one example after the other."""
    n, _, height, width = x.shape
    filters, _, kernel_height, kernel_width = w.shape
    padded = np.pad(x, ((0, 0), (0, 0), (padding, padding), (padding, padding)))
    by_padded, by_w, by_b = np.zeros_like(padded), np.zeros_like(w), np.zeros(filters)
    for example in range(n):
        for r, c in np.ndindex(*upstream.shape[2:]):
            top, left = r * stride, c * stride
            window = np.s_[example, :, top : top + kernel_height, left : left + kernel_width]
            arriving = upstream[example, :, r, c]
            by_w += np.multiply.outer(arriving, padded[window])
            by_padded[window] += np.tensordot(arriving, w, axes=1)
            by_b += arriving
    by_x = by_padded[:, :, padding:, padding:][:, :, :height, :width]
    return by_x.copy(), by_w, by_b
