# Applies the stride to the height only.
import numpy as np


def conv2d(x, w, b, stride, padding):
    """Convolution of images (n, c, h, w) with filters (f, c, kh, kw)."""
    padded = np.pad(x, ((0, 0), (0, 0), (padding, padding), (padding, padding)))
    windows = np.lib.stride_tricks.sliding_window_view(padded, w.shape[2:], axis=(2, 3))
    windows = windows[:, :, ::stride]
    return np.einsum("nchwij,fcij->nfhw", windows, w) + b[:, None, None]
